"""Match requests on their way."""

from typing import Any

from accounts.models import Scope
from practices.models import Introduction, MatchProposal, MatchRequest
from practices.services import introductions, matching
from practices.stages import Stage
from tests.factories.catalogue import DomainFactory
from tests.factories.people import UserFactory
from tests.factories.practices import lead_of, whole_practice, with_role
from tests.factories.regions import RegionFactory

CHALLENGE = "Small firms do not take up digital tools, and our vouchers reach too few."


def asked_match(**given: Any) -> MatchRequest:
    """Sent by somebody new; the portal finds a practice in the domain."""
    domain = given.pop("domain", None) or DomainFactory()
    practice = whole_practice(Stage.PUBLISHED)
    practice.domains.set([domain])
    return matching.ask_match(
        by=given.pop("by", None) or UserFactory(name="Ann Asker"),
        region=given.pop("region", None) or RegionFactory(),
        domain=domain,
        challenge=given.pop("challenge", CHALLENGE),
    )


def sent_match(**given: Any) -> MatchRequest:
    """Completed by a curator."""
    match = asked_match(**given)
    matching.complete_match(match, by=with_role(Scope.Role.CURATOR))
    match.refresh_from_db()
    return match


def introduction_of(match: MatchRequest) -> Introduction:
    """Its asker wants to meet the authors of the practice."""
    return introductions.ask_introduction(
        practice_proposal(match), by=match.user, message="How did you begin?"
    )


def agreed_introduction(**given: Any) -> Introduction:
    row = introduction_of(sent_match(**given))
    introductions.agree(row, by=author_of(row))
    return fresh(row)


def fresh(row: Introduction) -> Introduction:
    """As the next request reads it."""
    return Introduction.objects.select_related("proposal__request").get(pk=row.pk)


def practice_proposal(match: MatchRequest) -> MatchProposal:
    return match.proposals.get(practice__isnull=False)


def author_of(row: Introduction) -> Any:
    assert row.proposal.practice is not None
    return lead_of(row.proposal.practice)
