"""Watching things: what one is told, once, and how it ends."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Notice
from practices.models import PublishedVersion
from practices.stages import Stage
from sources.curation import Publication
from tests import factories
from tests.factories.practices import whole_practice
from watches import services
from watches.events import events_of
from watches.models import Watch
from watches.stopping import read_token
from watches.subjects import UnknownSubjectError, subject_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def published(practice, number=1, **given):
    return PublishedVersion.objects.create(
        practice=practice, number=number, content={}, digest="x", **given
    )


@pytest.fixture
def practice():
    found = whole_practice(Stage.PUBLISHED, title="Vouchers for small firms")
    published(found)
    return found


@pytest.fixture
def reader():
    return factories.UserFactory()


def watched(user, kind, key, frequency="daily"):
    watch = services.watch(user, subject_of(kind, key), frequency)
    Watch.objects.filter(pk=watch.pk).update(told_until=timezone.now() - 2 * DAY)
    return watch


def happened(kind, key):
    now = timezone.now() + timedelta(seconds=1)
    return events_of(subject_of(kind, key), now - DAY, now)


@pytest.mark.parametrize("kind", ["region", "theme", "practice", "search"])
def test_a_new_practice_is_told_by_each_way_to_it(practice, kind):
    domain = practice.domains.get()
    key = {
        "region": practice.regions.get().code,
        "theme": f"{domain.kind}:{domain.code}",
        "practice": practice.slug,
        "search": "practices?q=vouchers",
    }[kind]
    assert ("Vouchers for small firms", "published") in [
        (event.title, event.what) for event in happened(kind, key)
    ]


def test_another_search_is_told_nothing(practice):
    assert happened("search", "practices?q=harbour") == []


def test_drafts_are_never_told():
    region = factories.RegionFactory()
    strategy = factories.StrategyFactory(region=region)
    factories.PriorityFactory(strategy=strategy, name="Seen")
    factories.PriorityFactory(strategy=strategy, name="Hidden", state=Publication.DRAFT)
    told = [event.title for event in happened("region", region.code)]
    assert len(told) == 1
    assert "Seen" in told[0]


def test_a_loaded_series_is_told_to_who_watches_the_region():
    region = factories.RegionFactory()
    area = factories.ReferenceAreaFactory(region=region)
    series = factories.SeriesFactory(
        area=area, slice=factories.SliceFactory(dataflow=area.dataflow)
    )
    vintage = factories.VintageFactory(series=series, valid_from=timezone.now())
    (event,) = happened("region", region.code)
    assert event.topic == "figures"
    assert event.what == f"run {vintage.opened_by_id}: 1 new series"


def test_statements_do_not_grow_with_what_happened(
    practice, django_assert_max_num_queries
):
    region = practice.regions.get()
    subject = subject_of("region", region.code)
    now = timezone.now() + timedelta(seconds=1)
    for number in range(2, 8):
        published(practice, number)
    with django_assert_max_num_queries(12):
        assert len(events_of(subject, now - DAY, now)) >= 7


def test_a_digest_comes_once_a_period_with_reason_and_stop_link(
    practice, reader, django_capture_on_commit_callbacks
):
    watch = watched(reader, "practice", practice.slug)
    assert services.tell("daily") == 1
    assert services.tell("daily") == 0
    notice = Notice.objects.get(user=reader)
    assert "Vouchers for small firms: published" in notice.body
    assert "You are told because you watch: Vouchers for small firms" in notice.body
    # Each address holds its own time, so the one that was sent is read, not made anew.
    (token,) = re.findall(r"/watch/stop/([^/\s]+)/", notice.body)
    assert read_token(token) == watch.pk


def test_nothing_new_makes_no_mail(practice, reader):
    services.watch(reader, subject_of("practice", practice.slug), "daily")
    tomorrow = timezone.now() + DAY
    assert services.tell("daily", now=tomorrow) == 0
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_a_weekly_watch_is_not_told_daily(practice, reader):
    watched(reader, "practice", practice.slug, "weekly")
    assert services.tell("daily") == 0


def test_a_practice_taken_back_is_told_no_more(practice, reader):
    watched(reader, "practice", practice.slug)
    practice.state = Publication.ARCHIVED
    practice.save()
    assert services.tell("daily") == 0


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("region", "XX99"),
        ("theme", "economic"),
        ("practice", "none"),
        ("search", "accounts?q=x"),
        ("search", "practices?secret=1"),
        ("search", "practices?q=" + "x" * 700),
        ("search", "programmes?region=ES21"),
        ("file", "x"),
        ("region", "ES\x00"),
    ],
)
def test_what_is_not_there_cannot_be_watched(kind, key):
    with pytest.raises(UnknownSubjectError):
        subject_of(kind, key)


def test_the_way_a_list_is_shown_is_no_part_of_the_watch():
    plain = subject_of("search", "projects?q=water")
    assert subject_of("search", "projects?view=map&q=water&sort=").key == plain.key
    assert plain.address == "/projects/?q=water"
