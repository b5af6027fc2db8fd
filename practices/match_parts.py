"""Which part a person plays towards a match request, and who the other side is."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.curators import curators
from accounts.models import Scope, User
from practices.actors import is_curator
from practices.match_machine import IntroductionState, Part
from practices.models import Authorship, Introduction, MatchProposal, MatchRequest


def parts_of(
    user: Any, request: MatchRequest, introduction: Introduction | None = None
) -> frozenset[Part]:
    """None is the portal itself. The other side is one of an introduction."""
    if user is None:
        return frozenset({Part.SYSTEM})
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found = set()
    if request.user_id == user.pk:
        found.add(Part.ASKER)
    elif introduction is not None and is_other_side(user, introduction):
        found.add(Part.OTHER)
    if is_curator(user):
        found.add(Part.CURATOR)
    return frozenset(found)


def is_other_side(user: User, introduction: Introduction) -> bool:
    """Until it is answered whoever may answer; then the one who did."""
    if introduction.state == IntroductionState.ASKED:
        return user in other_side(introduction.proposal)
    return introduction.answered_by_id == user.pk


def other_side(proposal: MatchProposal) -> list[User]:
    """Authors of the practice, else editors of the region, else curators; never the
    asker. The first of these groups that has anybody.
    """
    asker = proposal.request.user_id
    for people in (_authors(proposal), _editors(proposal), curators()):
        found = [user for user in people if user.pk != asker]
        if found:
            return found
    return []


def introductions_before(user: User) -> list[Introduction]:
    """Those in which they are the other side: to be answered, then under way."""
    rows = Introduction.objects.select_related(
        "proposal__practice",
        "proposal__region",
        "proposal__request__region",
        "proposal__request__domain",
        "proposal__request__organisation",
    )
    waiting = [row for row in rows.waiting() if user in other_side(row.proposal)]
    return [*waiting, *rows.filter(answered_by=user)]


def shown_name(user: User | None) -> str:
    """What the other side reads; never the address, which stands in for a name."""
    if user is None:
        return _("former member")
    return user.name or _("a member of the portal")


def _authors(proposal: MatchProposal) -> Iterable[User]:
    if proposal.practice_id is None:
        return []
    seats = Authorship.objects.filter(practice=proposal.practice_id)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True)


def _editors(proposal: MatchProposal) -> Iterable[User]:
    if proposal.practice:
        codes = list(proposal.practice.regions.values_list("code", flat=True))
    else:
        codes = [proposal.region.code] if proposal.region else []
    around = {code[:length] for code in codes for length in range(2, len(code) + 1)}
    reach = Q(scopes__role=Scope.Role.REGIONAL_EDITOR, scopes__region__code__in=around)
    return User.objects.filter(reach, is_active=True).distinct().order_by("pk")
