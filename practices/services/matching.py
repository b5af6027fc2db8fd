"""Writing match requests: the portal proposes, a curator completes."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from practices.analysis.completeness import words
from practices.analysis.matching import Match
from practices.errors import NotAllowed
from practices.match_machine import Act
from practices.matching import matches_for
from practices.models import (
    GoodPractice,
    Introduction,
    MatchProposal,
    MatchRequest,
)
from practices.services.introductions import end_all
from practices.services.match_moves import request_moving, text
from practices.services.match_notices import tell_asker, tell_curators
from regions.models import Region
from strategies.models import Domain

LEAST_WORDS = 8
MOST_LIVE = 5  # requests of one person at once
MOST_PROPOSED = 5  # regions, and as many practices
SOURCES = MatchProposal.Source


@transaction.atomic
def ask_match(
    *,
    by: User,
    region: Region,
    domain: Domain,
    challenge: str,
    organisation: Organisation | None = None,
) -> MatchRequest:
    """Kept, proposed for by the portal at once, and laid before the curators."""
    said = text(challenge, "challenge")
    if words(said) < LEAST_WORDS:
        told = _("Use at least %d words, so that others understand it.") % LEAST_WORDS
        raise ValidationError({"challenge": [told]})
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # counted one by one
    if MatchRequest.objects.of(by).live().count() >= MOST_LIVE:
        told = _("You have %d requests under way. Close one of them first.") % MOST_LIVE
        raise ValidationError(told)
    request = MatchRequest.objects.create(
        user=by, region=region, domain=domain, challenge=said, organisation=organisation
    )
    propose(request)
    request.refresh_from_db()
    tell_curators(request, "asked")
    return request


def propose(request: MatchRequest) -> int:
    """The portal's proposals; how many. A request without any stays open."""
    found = matches_for(request.region, request.domain, request.challenge)
    first = [
        *({"region": r, "match": m} for r, m in found.regions[:MOST_PROPOSED]),
        *({"practice": p, "match": m} for p, m in found.practices[:MOST_PROPOSED]),
    ]
    if not first:
        return 0
    with request_moving(request, Act.PROPOSE, by=None) as row:
        for given in first:
            match: Any = given.pop("match")
            MatchProposal.objects.create(
                request=row, source=SOURCES.PORTAL, **given, **_kept(match)
            )
    return len(first)


def add_proposal(
    request: MatchRequest,
    *,
    by: User,
    region: Region | None = None,
    practice: GoodPractice | None = None,
    note: str = "",
) -> MatchProposal:
    """A curator's own; it gets the reasons the portal would have given it."""
    if (region is None) == (practice is None):
        raise ValidationError(_("Choose a region or a practice."))
    if practice and not GoodPractice.objects.public().filter(pk=practice.pk).exists():
        raise NotAllowed(_("This practice is not published."))
    if region == request.region and region is not None:
        raise ValidationError({"region": [_("This is the region that asks.")]})
    with request_moving(request, Act.ARRANGE, by=by) as row:
        held = row.proposals.filter(region=region, practice=practice)
        if held.exists():
            field = "region" if region else "practice"
            raise ValidationError({field: [_("It is among the proposals already.")]})
        return MatchProposal.objects.create(
            request=row,
            region=region,
            practice=practice,
            source=SOURCES.CURATOR,
            note=text(note, "note", needed=False),
            **_kept(_match_of(row, region, practice)),
        )


def arrange_proposal(
    proposal: MatchProposal, *, by: User, is_offered: bool, note: str
) -> None:
    """A curator offers or hides it, and says something about it."""
    with request_moving(proposal.request, Act.ARRANGE, by=by):
        row = MatchProposal.objects.get(pk=proposal.pk)
        if not is_offered and Introduction.objects.filter(proposal=row).exists():
            raise NotAllowed(_("An introduction to it was asked for: it stays."))
        row.is_offered, row.note = is_offered, text(note, "note", needed=False)
        row.save()


def complete_match(request: MatchRequest, *, by: User, comment: str = "") -> None:
    """A curator sends the proposals to the asker; again, when there are new ones."""
    with request_moving(request, Act.COMPLETE, by=by, comment=comment) as row:
        if not row.proposals.filter(is_offered=True).exists():
            raise ValidationError(_("Offer one region or practice at least."))
    key = f"completed:{row.story.count()}"
    tell_asker(row, "completed", comment=comment, key=key)


def decline_match(request: MatchRequest, *, by: User, comment: str) -> None:
    """A curator will not take it up, and says why."""
    with request_moving(request, Act.DECLINE, by=by, comment=comment) as row:
        pass
    tell_asker(row, "declined", comment=comment)


def keep_match(request: MatchRequest, *, by: User) -> None:
    """The asker still wants it: silence is counted from now."""
    with request_moving(request, Act.KEEP, by=by):
        pass


def close_match(request: MatchRequest, *, by: User | None, comment: str = "") -> None:
    """Done with; introductions under way end with it, and their sides are told."""
    with request_moving(request, Act.CLOSE, by=by, comment=comment) as row:
        end_all(row, by=by)
    if by != row.user:
        tell_asker(row, "closed", comment=comment)


def _match_of(
    request: MatchRequest, region: Region | None, practice: GoodPractice | None
) -> Match | None:
    found = matches_for(request.region, request.domain, request.challenge)
    pairs: Iterable[tuple[Any, Match]] = found.regions if region else found.practices
    subject = region or practice
    return next((match for item, match in pairs if item == subject), None)


def _kept(match: Match | None) -> dict[str, Any]:
    """Score and reasons as plain values."""
    if match is None:
        return {"score": None, "reasons": []}
    return {"score": match.score, "reasons": match.told()}
