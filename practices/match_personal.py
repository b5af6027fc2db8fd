"""What is held about a person for matches, and what becomes of it when they leave."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.personal import Holding, Rows, register
from practices.models import Introduction, MatchMessage, MatchRequest, MatchStep
from practices.services.introductions import UNDER_WAY, end, end_all

STAYS = gettext_lazy("stays, as the word of a former member")


def register_all() -> None:
    for holding in HOLDINGS:
        register(holding)


def _rows(found: Any, fields: tuple[str, ...]) -> Rows:
    return [dict(row) for row in found.values(*fields)]


def _requests(user: User) -> Rows:
    fields = ("region__code", "domain__name", "challenge", "state", "asked_at")
    return _rows(MatchRequest.objects.of(user), fields)


def _introductions(user: User) -> Rows:
    """Those they asked for and those they answered."""
    fields = ("message", "state", "asked_at", "answered_at", "remark")
    asked = Introduction.objects.filter(proposal__request__user=user)
    return _rows(asked | Introduction.objects.filter(answered_by=user), fields)


def _messages(user: User) -> Rows:
    return _rows(MatchMessage.objects.filter(author=user), ("text", "written_at"))


def _reports(user: User) -> Rows:
    found = Introduction.objects.filter(reported_by=user)
    return _rows(found, ("report", "reported_at"))


def _steps(user: User) -> Rows:
    fields = ("act", "part", "comment", "at")
    return _rows(MatchStep.objects.filter(who=user), fields)


def _end_requests(user: User) -> None:
    """Their sides are told before the rows go with the account."""
    for request in MatchRequest.objects.of(user):
        end_all(request, by=user)


def _end_threads(user: User) -> None:
    """The asker is told that nobody answers any more."""
    rows = Introduction.objects.filter(answered_by=user, state__in=UNDER_WAY)
    for row in rows.select_related("proposal__request"):
        end(row, by=user, comment=_("The other side has left the portal."))


HOLDINGS = [
    Holding(
        "match_requests",
        gettext_lazy("Match requests"),
        gettext_lazy("are deleted, with what was written about them"),
        _requests,
        _end_requests,
    ),
    Holding(
        "match_introductions",
        gettext_lazy("Introductions"),
        gettext_lazy("end; those you answered stay, as the word of a former member"),
        _introductions,
        _end_threads,
    ),
    Holding(
        "match_messages", gettext_lazy("Messages of introductions"), STAYS, _messages
    ),
    Holding("match_reports", gettext_lazy("What you reported"), STAYS, _reports),
    Holding("match_steps", gettext_lazy("What you did with matches"), STAYS, _steps),
]
