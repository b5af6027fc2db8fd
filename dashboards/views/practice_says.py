"""Signed-in readers speak to the authors of a practice through the portal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.people import person, personal
from dashboards.practice_say_forms import (
    AdoptionForm,
    InterestForm,
    QuestionForm,
    SayForm,
)
from practices.errors import PracticeError
from practices.models import GoodPractice
from practices.services import ask_question, interest, record_adoption
from practices.voices import regions_to_speak_for
from sources.visitors import within_limit

MOST_AN_HOUR = 10
HOUR = 3600


@dataclass(frozen=True)
class Saying:
    """One thing to say: its form, the service that passes it on, and its words."""

    form: type[SayForm]
    service: Callable[..., Any]
    title: Any
    about: Any
    button: Any
    thanks: Any


INTEREST = Saying(
    InterestForm,
    interest,
    gettext_lazy("I am interested"),
    gettext_lazy(
        "The authors are told that somebody from your region is interested, and can "
        "answer through the portal. Your e-mail address is not shown to them."
    ),
    gettext_lazy("Tell the authors"),
    gettext_lazy("The authors have been told."),
)
QUESTION = Saying(
    QuestionForm,
    ask_question,
    gettext_lazy("Ask a question"),
    gettext_lazy(
        "The question goes to the authors through the portal; you are told when they "
        "answer. Your e-mail address is not shown to them."
    ),
    gettext_lazy("Ask"),
    gettext_lazy("Your question is with the authors. You will be told of the answer."),
)
ADOPTION = Saying(
    AdoptionForm,
    record_adoption,
    gettext_lazy("We adapted this practice"),
    gettext_lazy(
        "Tell when your region took it over and what you changed. It is shown once an "
        "author confirms it."
    ),
    gettext_lazy("Tell of the adoption"),
    gettext_lazy("Thank you. It is shown here once an author confirms it."),
)
HELD = gettext_lazy(
    "Thank you. As this is the first thing you write here, a curator looks at it "
    "before it goes to the authors."
)


@personal("GET", "POST")
def show_interest(request: HttpRequest, slug: str) -> HttpResponse:
    return _say(request, slug, INTEREST)


@personal("GET", "POST")
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    return _say(request, slug, QUESTION)


@personal("GET", "POST")
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """For people who may speak for a region; others are told who they are."""
    practice = _practice(slug)
    if not regions_to_speak_for(person(request)).exists():
        context = {"practice": practice, "saying": ADOPTION}
        return render(request, "practices/practice_say.html", context)
    return _say(request, slug, ADOPTION)


def _say(request: HttpRequest, slug: str, saying: Saying) -> HttpResponse:
    """The form; what is sent in order is passed on, and the practice shown again."""
    practice = _practice(slug)
    form = saying.form(request.POST or None, user=person(request))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if form.is_of_a_program:
                return redirect(practice)
            if not within_limit(request, "practices", most=MOST_AN_HOUR, seconds=HOUR):
                text = _("Too much came from your address. Try again in an hour.")
                form.add_error(None, text)
                status = 429
            elif _passed_on(request, practice, saying, form):
                return redirect(practice)
    context = {"practice": practice, "saying": saying, "form": form}
    return render(request, "practices/practice_say.html", context, status=status)


def _passed_on(
    request: HttpRequest, practice: GoodPractice, saying: Saying, form: SayForm
) -> bool:
    """Whether the service took it; else the form says why not."""
    try:
        heard = saying.service(practice, by=person(request), **form.said)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    except PracticeError as error:
        form.add_error(None, str(error))
        return False
    is_held = getattr(heard, "is_held", False)
    messages.success(request, HELD if is_held else saying.thanks)
    return True


def _practice(slug: str) -> GoodPractice:
    found = GoodPractice.objects.public().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no good practice %(slug)s.") % {"slug": slug})
    return found
