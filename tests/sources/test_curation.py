"""Publication, natural order of states, and the story of a check."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.models import Partner, Project
from sources.checks import CheckError, confirm, publish_due, reject
from sources.curation import Publication
from sources.evidence import FieldCheck
from sources.slugs import unique_slug
from strategies.models import Priority
from tests import factories

pytestmark = pytest.mark.django_db


def draft_check(record, reason="Read the page."):
    return factories.FieldCheckFactory(
        record=record, field="", value=None, reason=reason
    )


@pytest.mark.parametrize("state", Publication)
def test_only_what_is_published_is_public(state):
    day = timezone.now() if state == "scheduled" else None
    project = factories.ProjectFactory(state=state, publish_at=day)
    assert Project.objects.public().exists() is (state == "published")
    assert project.is_public is (state == "published")
    assert Project.objects.waiting().exists() is (state in ("draft", "in_review"))


def test_a_part_is_public_only_with_its_record():
    partner = factories.PartnerFactory()
    assert list(Partner.objects.public()) == [partner]
    Project.objects.update(state=Publication.DRAFT)
    assert not Partner.objects.public().exists()


def test_a_scheduled_record_needs_its_day():
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProjectFactory(state=Publication.SCHEDULED)


def test_what_is_due_is_published_once():
    now = timezone.now()
    for days in (-1, 1):
        factories.ProjectFactory(
            state=Publication.SCHEDULED, publish_at=now + timedelta(days=days)
        )
    assert publish_due() == 1
    assert publish_due() == 0
    (published,) = Project.objects.public()
    assert published.publish_at < now
    assert published.history.first().history_change_reason == "scheduled publication"


def test_a_confirmed_value_gets_into_its_column():
    check = factories.FieldCheckFactory()
    confirm(check, by="curator@example.org")
    project = Project.objects.get()
    assert (project.name, project.uncertain_fields) == ("Name in waiting", [])
    assert not FieldCheck.objects.open().exists()
    assert check.decided_by == "curator@example.org"
    assert "curator@example.org" in project.history.first().history_change_reason


def test_a_rejected_value_stays_out():
    check = factories.FieldCheckFactory()
    reject(check, by="curator@example.org")
    project = Project.objects.get()
    assert (project.name, project.uncertain_fields) == ("", [])
    assert FieldCheck.objects.get().state == FieldCheck.State.REJECTED


def test_a_check_is_decided_once():
    check = factories.FieldCheckFactory()
    confirm(check, by="one")
    with pytest.raises(CheckError, match="by one"):
        reject(check, by="another")


@pytest.mark.parametrize(
    ("field", "value", "column", "held"),
    [
        ("start", "2008-11", "start_text", "2008-11"),
        ("end", "2011", "end_text", "2011"),
        ("total_budget", "12.50", "total_budget", Decimal("12.5")),
        ("is_mini_programme", True, "is_mini_programme", True),
    ],
)
def test_values_are_adopted_in_the_form_of_their_source(field, value, column, held):
    record = factories.ProjectFactory(
        start=None, end=None, total_budget=None, erdf_budget=None
    )
    check = factories.FieldCheckFactory(record=record, field=field, value=value)
    confirm(check, by="one")
    assert getattr(Project.objects.get(), column) == held


def test_a_theme_is_adopted_by_its_name():
    theme = factories.ProgrammeThemeFactory(name="Information society")
    record = factories.ProjectFactory(programme=theme.priority.programme)
    check = factories.FieldCheckFactory(
        record=record, field="ivc_theme", value="Information society"
    )
    confirm(check, by="one")
    assert Project.objects.get().ivc_theme == theme


def test_a_confirmed_draft_takes_its_parts_along():
    """Not the one that somebody is asked to check by itself."""
    strategy = factories.StrategyFactory(state=Publication.DRAFT, is_verified=False)
    along, doubted = factories.PriorityFactory.create_batch(
        2, strategy=strategy, state=Publication.DRAFT
    )
    draft_check(doubted)
    confirm(draft_check(strategy), by="one")
    strategy.refresh_from_db()
    assert strategy.is_public
    assert strategy.is_verified
    assert list(Priority.objects.public()) == [along]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.IN_REVIEW])
def test_a_confirmed_practice_still_goes_through_its_review(state):
    practice = factories.GoodPracticeFactory(state=state, is_verified=False)
    stage = practice.stage
    confirm(draft_check(practice), by="one")
    practice.refresh_from_db()
    assert practice.is_verified
    assert (practice.state, practice.stage) == (state, stage)


def test_a_practice_in_doubt_stays_at_its_stage():
    practice = factories.GoodPracticeFactory(state=Publication.DRAFT, is_verified=False)
    stage = practice.stage
    reject(draft_check(practice), by="one")
    practice.refresh_from_db()
    assert (practice.state, practice.stage) == (Publication.DRAFT, stage)
    assert not practice.is_verified


def test_a_rejected_draft_is_archived():
    project = factories.ProjectFactory(state=Publication.DRAFT)
    reject(draft_check(project), by="one")
    assert Project.objects.get().state == Publication.ARCHIVED


def test_one_open_check_a_field():
    check = factories.FieldCheckFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.FieldCheckFactory(record=check.record)


def test_checks_of_a_record_are_its_own():
    check = factories.FieldCheckFactory()
    factories.FieldCheckFactory(record=factories.OrganisationFactory(), field="town")
    assert list(FieldCheck.objects.of(check.record)) == [check]
    assert list(check.record.checks.all()) == [check]


def test_dates_stand_in_order():
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProjectFactory(
            start=timezone.localdate(),
            end=timezone.localdate() - timedelta(days=1),
        )


def test_slugs_stay_and_are_told_apart():
    one = factories.ProjectFactory(acronym="KNOW-HUB")
    other = factories.ProjectFactory(acronym="KNOW HUB")
    assert (one.slug, other.slug) == ("know-hub", "know-hub-2")
    one.acronym = "KNOWHUB"
    one.save()
    assert Project.objects.get(pk=one.pk).slug == "know-hub"
    assert unique_slug(Project, "+") == "item"
