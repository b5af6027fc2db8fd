"""Writing together."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from practices import services
from practices.errors import NotAllowed
from practices.models import Authorship, GoodPractice, Invitation
from practices.stages import Stage
from tests import factories
from tests.factories.practices import AuthorshipFactory, lead_of, whole_practice

pytestmark = pytest.mark.django_db


def test_an_invitation_is_good_once(people):
    practice = whole_practice()
    invitation, token = services.invite(
        practice, " Ann@Example.org", by=lead_of(practice)
    )
    assert token not in str(Invitation.objects.values())
    assert services.find_invitation(token) == invitation
    services.accept_invitation(token, by=people.reader)
    assert practice.authorships.get(user=people.reader).role == "co_author"
    with pytest.raises(NotAllowed):
        services.accept_invitation(token, by=people.curator)


def test_invitations_run_out_and_are_replaced(people):
    practice = whole_practice()
    lead = lead_of(practice)
    _, first = services.invite(practice, "ann@example.org", by=lead)
    _, second = services.invite(practice, "ann@example.org", by=lead)
    assert services.find_invitation(first) is None
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotAllowed):
        services.accept_invitation(second, by=people.reader)


def test_who_may_be_invited_by_whom(people):
    practice = whole_practice()
    lead = lead_of(practice)
    for email in ("no address", lead.email):
        with pytest.raises(ValidationError):
            services.invite(practice, email, by=lead)
    with pytest.raises(NotAllowed):
        services.invite(practice, "ann@example.org", by=people.curator)


def test_the_longest_co_author_leads_on():
    practice = whole_practice(Stage.PUBLISHED)
    lead = lead_of(practice)
    with pytest.raises(NotAllowed, match="only author"):
        services.leave(practice, by=lead)
    co = Authorship.Role.CO_AUTHOR
    second = AuthorshipFactory(practice=practice, role=co).user
    AuthorshipFactory(practice=practice, role=co)
    services.leave(practice, by=lead)
    assert lead_of(practice) == second


def test_a_curator_finds_an_orphan_a_lead(people):
    practice = factories.GoodPracticeFactory()
    with pytest.raises(NotAllowed):
        services.appoint_lead(practice, people.reader, by=people.reader)
    services.appoint_lead(practice, people.reader, by=people.curator)
    services.appoint_lead(practice, people.expert, by=people.reader)
    assert lead_of(practice) == people.expert
    assert practice.authorships.count() == 2


def test_leaving_the_portal_takes_drafts_of_ones_own_along(people):
    draft, shared = whole_practice(), whole_practice()
    submitted = whole_practice(Stage.COMPLETENESS)
    for practice in (draft, shared, submitted):
        practice.authorships.update(user=people.reader)
    other = AuthorshipFactory(practice=shared, role=Authorship.Role.CO_AUTHOR).user
    services.forget_author(people.reader)
    people.reader.delete()
    held = set(GoodPractice.objects.values_list("pk", flat=True))
    assert held == {shared.pk, submitted.pk}
    assert lead_of(shared) == other
