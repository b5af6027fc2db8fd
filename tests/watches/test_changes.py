"""What a notice says really changed, and what is no change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import PublishedVersion
from practices.stages import Stage
from sources.curation import Publication
from tests import factories
from tests.factories.practices import whole_practice
from watches import services
from watches.crossing import Crossing
from watches.events import events_of
from watches.models import Watch
from watches.subjects import subject_of
from watches.values import written

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def back(record, days=3):
    """As if it had been written so many days ago."""
    moment = timezone.now() - days * DAY
    record.history.update(history_date=moment)
    type(record).objects.filter(pk=record.pk).update(
        created_at=moment, updated_at=moment
    )
    record.refresh_from_db()


@pytest.fixture
def project():
    found = factories.ProjectFactory(
        acronym="WATER",
        name="Water",
        summary="Of water",
        total_budget=Decimal(1000),
        erdf_budget=None,
    )
    back(found)
    return found


def told(key="projects?q=water", crossing=None):
    now = timezone.now() + timedelta(seconds=1)
    subject = subject_of("search", key)
    return events_of(subject, now - DAY, now, crossing or Crossing())


def test_values_are_told_and_long_texts_are_named(project):
    project.total_budget, project.summary = Decimal("2500.50"), "Of clean water"
    project.end = date(2013, 12, 31)
    project.save()
    (event,) = told()
    assert event.what.startswith("changed: ")
    assert "Total budget" in event.what
    assert "1,000 → 2,500.50" in event.what
    assert "31 December 2014 → 31 December 2013" in event.what
    assert "clean" not in event.what
    assert {(f.old, f.new) for f in event.fields} == {
        ("1,000", "2,500.50"), ("31 December 2014", "31 December 2013"), ("", "")
    }  # fmt: skip


def test_what_is_only_touched_is_no_event(project):
    project.is_verified = not project.is_verified
    project.save()
    assert told() == []
    project.total_budget = Decimal(2000)
    project.save()
    project.total_budget = Decimal(1000)
    project.save()
    assert told() == []


def test_the_moment_is_of_what_readers_see(project):
    project.name = "Clean water"
    project.save()
    changed = project.history.first()
    changed.history_date = timezone.now() - timedelta(hours=5)
    changed.save()
    project.is_verified = not project.is_verified
    project.save()
    (event,) = told()
    assert event.moment == changed.history_date


def test_links_are_told_by_name(project):
    theme = factories.ThemeFactory(name="Rivers")
    project.themes.add(theme)
    project.save()
    (event,) = told()
    assert "– → Rivers" in event.what


def test_a_draft_that_is_published_is_newly_published(project):
    project.state = Publication.DRAFT
    project.save()
    back(project)
    project.state, project.name = Publication.PUBLISHED, "Clean water"
    project.save()
    (event,) = told()
    assert (event.what, event.fields) == ("newly published", ())


def test_what_was_made_since_is_new(project):
    factories.ProjectFactory(acronym="NEW", name="New water")
    assert [event.what for event in told()] == ["new in the portal"]


def test_a_hidden_record_is_not_named_as_a_value(project):
    hidden = factories.ProgrammeFactory(name="Secret", state=Publication.DRAFT)
    project.programme = hidden
    project.save()
    (event,) = told()
    assert "Secret" not in event.what


def test_the_statements_do_not_grow(project, django_assert_num_queries):
    project.total_budget = Decimal(1)
    project.save()
    with CaptureQueriesContext(connection) as first:
        assert len(told()) == 1
    for number in range(6):
        other = factories.ProjectFactory(
            acronym=f"W{number}", name="Water again", erdf_budget=None
        )
        back(other)
        other.total_budget = Decimal(number + 1)
        other.save()
    with django_assert_num_queries(len(first)):
        assert len(told()) == 7


def test_a_version_says_which_fields_differ():
    practice = whole_practice(Stage.PUBLISHED, title="Vouchers")
    given = {"practice": practice, "content": {}, "digest": "x"}
    PublishedVersion.objects.create(number=1, **given)
    PublishedVersion.objects.create(
        number=2, note="New costs.", changed=["cost_eur", "evidence"], **given
    )
    newest = told(f"practices?q={practice.title}")[0]
    assert newest.what == (
        "version 2 is published: New costs. Changed: Cost (EUR); Evidence"
    )
    assert newest.address.endswith("/versions/2/")


@pytest.fixture
def theme():
    return factories.ThemeFactory(name="Rivers")


@pytest.fixture
def watch(project, theme):
    """Somebody watches a theme's projects, and was told two days ago."""
    project.themes.add(theme)
    back(project)
    subject = subject_of("search", f"projects?theme={theme.slug}")
    made = services.watch(factories.UserFactory(), subject, "daily")
    assert made.found == [project.pk]
    Watch.objects.update(told_until=timezone.now() - 2 * DAY)
    return made


def body():
    services.tell("daily")
    Watch.objects.update(told_until=timezone.now() - 2 * DAY)
    notice = Watch.objects.get().user.notices.first()
    return notice.body if notice else ""


def test_a_search_says_what_came_in_and_what_dropped_out(watch, project, theme):
    other = factories.ProjectFactory(acronym="DUNE", name="Sand")
    back(other)
    assert body() == ""
    other.themes.add(theme)
    project.themes.clear()
    text = body()
    assert "DUNE: now found by this search" in text
    assert "WATER: no longer found by this search" in text
    watch.refresh_from_db()
    assert watch.found == [other.pk]


def test_a_record_taken_back_is_counted_and_not_named(watch, project):
    type(project).objects.update(state=Publication.ARCHIVED)
    text = body()
    assert "1 record is no longer in the portal" in text
    assert "WATER:" not in text


def test_a_search_that_was_never_held_tells_no_crossing():
    assert Crossing.of(None, [1]) == Crossing()
    assert Crossing.of([1, 2], [2, 3]) == Crossing(frozenset({3}), frozenset({1}))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (Decimal("1234567.00"), "1,234,567"),
        (2019, "2019"),
        ("a\n b", "a b"),
        (0, "0"),
    ],
)
def test_values_as_pages_write_them(value, text):
    assert written(value) == text
