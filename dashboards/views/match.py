"""Two questions and what the portal proposes; one's own requests."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.views.people import person, personal
from dashboards.match_acts import Deed, Problem, Sent, act, number
from dashboards.match_forms import LEVEL, MatchForm
from dashboards.match_page import proposed, story, tried
from practices.actors import is_curator
from practices.match_parts import introductions_before
from practices.models import MatchRequest
from practices.services.introductions import ask_introduction
from practices.services.matching import ask_match, close_match, keep_match
from regions.models import Region
from sources.visitors import within_limit

MOST_TRIED = 30
MOST_ASKED = 10
HOUR = 3600
KEPT = "match"  # what was typed, in the session of who goes to sign in
LENGTH = 4  # of a code of level 2


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Anybody may try; what is sent by who is signed in is kept."""
    user = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        form = MatchForm(initial=_initial(request, user), user=user)
        return _index(request, form)
    form = MatchForm(request.POST, user=user)
    if not form.is_valid():
        return _index(request, form, 400)
    if form.is_of_a_program:
        return redirect("match:index")
    if request.POST.get("then") != "send":
        return _tried(request, form)
    if user is None:
        request.session[KEPT] = {
            name: form.data.get(name, "") for name in ("challenge", "domain", "region")
        }
        return redirect_to_login(reverse("match:index"))
    return _sent(request, form, user)


@personal("GET", "POST")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own request; nobody else's is there."""
    found = MatchRequest.objects.of(person(request)).select_related(
        "region", "domain", "organisation"
    )
    match = found.filter(pk=pk).first()
    if match is None:
        raise Http404(_("There is no match request of yours with this number."))
    problem = None
    if request.method == "POST":
        problem = act(request, DEEDS, match)
        if problem is None:
            return redirect(match)
        match.refresh_from_db()
    context = {"match": match, **proposed(match), "story": story(match)}
    return answered(request, "match/detail.html", context, problem)


@personal("GET")
def mine(request: HttpRequest) -> HttpResponse:
    """One's requests, and introductions one is asked for."""
    user = person(request)
    requests = MatchRequest.objects.of(user).select_related("region", "domain")
    context = {
        "requests": requests,
        "introductions": introductions_before(user),
        "is_curator": is_curator(user),
    }
    return render(request, "match/mine.html", context)


def answered(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    problem: Problem | None,
) -> HttpResponse:
    """The page, with what stood in the way and all that was typed."""
    told = {"problem": problem, "typed": problem.typed if problem else {}}
    status = problem.status if problem else 200
    return render(request, template, {**context, **told}, status=status)


def _index(
    request: HttpRequest, form: MatchForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "is_curator": is_curator(request.user), **more}
    return render(request, "match/index.html", context, status=status)


def _tried(request: HttpRequest, form: MatchForm) -> HttpResponse:
    if not within_limit(request, "matches-tried", most=MOST_TRIED, seconds=HOUR):
        return _index(request, _too_much(form), 429)
    found: dict[str, Any] = tried(**form.asked)
    return _index(request, form, is_tried=True, tried_for=form.asked, **found)


def _sent(request: HttpRequest, form: MatchForm, user: User) -> HttpResponse:
    if not within_limit(request, "matches-asked", most=MOST_ASKED, seconds=HOUR):
        return _index(request, _too_much(form), 429)
    body = form.cleaned_data.get("organisation")
    try:
        match = ask_match(by=user, organisation=body, **form.asked)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _index(request, form, 400)
    request.session.pop(KEPT, None)
    text = _("Thank you. A curator looks at it next; you will be told.")
    messages.success(request, text)
    return redirect(match)


def _too_much(form: MatchForm) -> MatchForm:
    text = _("Too much came from your address. Try again in an hour.")
    form.add_error(None, text)
    return form


def _initial(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """From the link that led here, what was typed before signing in, the profile."""
    asked = {name: request.GET.get(name, "") for name in ("region", "domain")}
    own = _comparable(user.region) if user and user.region else ""
    kept = request.session.get(KEPT, {}) if user else {}
    given = {name: value for name, value in asked.items() if value}
    return {"region": own, **kept, **given}


def _comparable(region: Region) -> str:
    """The region of level 2 it is, or lies in."""
    return region.code[:LENGTH] if region.level >= LEVEL else ""


def _introduce(match: MatchRequest, user: Any, sent: Sent) -> None:
    proposal = match.proposals.filter(pk=number(sent, "proposal")).first()
    if proposal is None:
        raise ValidationError(_("Choose a proposal."))
    ask_introduction(proposal, by=user, message=sent.get("message", ""))


DEEDS = {
    "introduce": Deed(
        _introduce,
        gettext_lazy("The other side is asked. You will be told of the answer."),
    ),
    "keep": Deed(
        lambda match, user, sent: keep_match(match, by=user),
        gettext_lazy("Good. The request stays open."),
    ),
    "close": Deed(
        lambda match, user, sent: close_match(
            match, by=user, comment=sent.get("comment", "")
        ),
        gettext_lazy("The request is closed."),
    ),
}
