"""What other regions tell the authors of a practice, and what they answer."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.views.practice_work import own_practice
from practices import services
from practices.actors import is_curator
from practices.errors import PracticeError
from practices.models import Adoption, GoodPractice, Reconfirmation
from sources.numbers import row_number

Sent = Mapping[str, str]


@personal("GET", "POST")
def heard(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions, interests and adoptions; what cannot be done comes back as typed."""
    user = person(request)
    practice, is_author = _practice(user, slug)
    if request.method != "POST":
        return _page(request, practice, is_author)
    sent = request.POST.dict()
    act = _ACTS.get(sent.get("action", ""))
    try:
        if act is None:
            raise ValidationError(_("Choose what is to be done."))
        said = act(practice, user, sent)
    except ValidationError as error:
        return _page(request, practice, is_author, sent, error.messages, 400)
    except PracticeError as error:
        return _page(request, practice, is_author, sent, [str(error)], 409)
    messages.success(request, said)
    return redirect("practices:heard", slug)


@personal("GET", "POST")
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Still running? With what results? Asked every two years, told at any time."""
    user = person(request)
    practice = own_practice(user, slug)
    sent = request.POST.dict()
    error = ""
    if request.method == "POST":
        try:
            _confirmed(practice, user, sent)
        except PracticeError as refusal:
            error = str(refusal)
        except ValidationError as wrong:
            error = wrong.messages[0]
        else:
            messages.success(request, _("Thank you. Readers see that it is confirmed."))
            return redirect("practices:work", slug)
    answered = practice.reconfirmations.exclude(answered_at=None)
    context = {
        "practice": practice,
        "asked": practice.reconfirmations.open().first(),
        "answered": answered.order_by("-answered_at"),
        "sent": sent,
        "error": error,
    }
    status = 400 if error else 200
    return render(request, "practices/people/confirm.html", context, status=status)


def _practice(user: User, slug: str) -> tuple[GoodPractice, bool]:
    """Whether one writes it; what nobody writes is looked after by curators."""
    try:
        return own_practice(user, slug), True
    except Http404:
        orphans = GoodPractice.objects.public().filter(authorships=None)
        found = orphans.filter(slug=slug).first() if is_curator(user) else None
        if found is None:
            raise
        return found, False


def _page(
    request: HttpRequest,
    practice: GoodPractice,
    is_author: bool,
    sent: Sent | None = None,
    errors: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    through = practice.questions.filter(is_held=False).select_related("region")
    adoptions = practice.adoptions.select_related("region", "organisation", "told_by")
    context = {
        "practice": practice,
        "is_author": is_author,
        "open_questions": through.filter(answer=""),
        "answered": through.exclude(answer="").order_by("-answered_at"),
        "interests": practice.interests.filter(is_held=False).select_related("region"),
        "waiting": adoptions.filter(state=Adoption.State.WAITING),
        "decided": adoptions.exclude(state=Adoption.State.WAITING),
        "sent": sent or {},
        "errors": errors or [],
    }
    return render(request, "practices/people/heard.html", context, status=status)


def _answer(practice: GoodPractice, user: User, sent: Sent) -> str:
    question: Any = _of(practice.questions, sent)
    services.answer(
        question,
        sent.get("text", ""),
        by=user,
        is_public=bool(sent.get("public")),
    )
    return _("Answered: whoever asked is told.")


def _publicity(practice: GoodPractice, user: User, sent: Sent) -> str:
    is_public = sent.get("show") == "yes"
    services.set_public_answers(practice, by=user, is_public=is_public)
    if is_public:
        return _("Questions with a public answer are shown under the practice.")
    return _("Questions and answers are not shown any more.")


def _confirm(practice: GoodPractice, user: User, sent: Sent) -> str:
    adoption: Any = _of(practice.adoptions, sent)
    services.confirm_adoption(adoption, by=user, remark=sent.get("text", ""))
    return _("Confirmed: it is shown with the practice and with both regions.")


def _refuse(practice: GoodPractice, user: User, sent: Sent) -> str:
    adoption: Any = _of(practice.adoptions, sent)
    services.refuse_adoption(adoption, by=user, remark=sent.get("text", ""))
    return _("Not confirmed: it is never shown, and who told of it reads your remark.")


def _of(rows: Any, sent: Sent) -> Any:
    row = rows.filter(pk=row_number(sent.get("number", ""))).first()
    if row is None:
        raise ValidationError(_("That is not there any more."))
    return row


def _confirmed(practice: GoodPractice, user: User, sent: Sent) -> None:
    outcomes = {
        Reconfirmation.Outcome.RUNNING.value: True,
        Reconfirmation.Outcome.ENDED.value: False,
    }
    outcome = sent.get("outcome", "")
    if outcome not in outcomes:
        raise ValidationError(_("Say whether it is still running."))
    services.reconfirm(
        practice,
        by=user,
        is_running=outcomes[outcome],
        results=sent.get("results", ""),
    )


_ACTS: dict[str, Callable[[GoodPractice, User, Sent], str]] = {
    "answer": _answer,
    "publicity": _publicity,
    "confirm": _confirm,
    "refuse": _refuse,
}
