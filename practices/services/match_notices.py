"""Who is told what of a match; kinds are registered when the app starts."""

from collections.abc import Iterable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.curators import curators
from accounts.models import User
from accounts.notice_kinds import NoticeKind, register
from accounts.notices import notify
from practices.match_parts import other_side
from practices.models import Introduction, MatchRequest

DESK = NoticeKind(
    "match-desk", _("a match request waits for a curator"), is_for_curators=True
)
MOVED = NoticeKind("match-moved", _("a match request of yours has moved on"))
ASKED = NoticeKind("match-asked", _("somebody asks to be introduced to you"))
THREAD = NoticeKind("match-thread", _("an introduction you take part in"))
KINDS = (DESK, MOVED, ASKED, THREAD)


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)


def tell_curators(request: MatchRequest, what: str, *, key: str = "") -> None:
    """A new request, or a report of what was written."""
    people = [user for user in curators() if user.pk != request.user_id]
    _tell(people, DESK, request, "match:desk-detail", request.pk, what, key)


def tell_asker(
    request: MatchRequest, what: str, *, comment: str = "", key: str = ""
) -> None:
    page = ("match:detail", request.pk)
    _tell([request.user], MOVED, request, *page, what, key, comment=comment)


def tell_other_side(introduction: Introduction, what: str) -> None:
    """Whoever may answer: once when it is asked, once to remind."""
    people = other_side(introduction.proposal)
    page = ("match:introduction", introduction.pk)
    key = f"{what}:{introduction.pk}"
    request = introduction.request
    _tell(people, ASKED, request, *page, what, key, introduction=introduction)


def tell_sides(
    introduction: Introduction,
    what: str,
    *,
    but: User | None,
    comment: str = "",
    key: str = "",
) -> None:
    """The asker and whoever answered; not the one who did it."""
    sides = [introduction.request.user, introduction.answered_by]
    people = [user for user in sides if user is not None and user != but]
    page = ("match:introduction", introduction.pk)
    told: dict[str, Any] = {"introduction": introduction, "comment": comment}
    key = key or f"{what}:{introduction.pk}"
    _tell(people, THREAD, introduction.request, *page, what, key, **told)


def _tell(
    people: Iterable[User],
    kind: NoticeKind,
    request: MatchRequest,
    page: str,
    pk: int,
    what: str,
    key: str,
    **context: Any,
) -> None:
    told = {"match": request, "what": what, **context}
    unique = f"match:{request.pk}:{key or what}"
    notify(people, kind.name, told, link=_address(page, pk), key=unique)


def _address(page: str, pk: int) -> str:
    """A path of the portal; none where it runs without those pages."""
    try:
        return reverse(page, args=[pk])
    except NoReverseMatch:
        return ""
