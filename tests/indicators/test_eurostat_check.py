"""Eurostat is asked before anything is fetched: the catalogue, then the ETag."""

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from indicators.models import Dataflow
from indicators.parsers.catalogue import last_updates
from indicators.parsers.errors import ParseError
from indicators.services.eurostat import check_eurostat
from sources.exceptions import TransientError
from sources.models import IngestRun
from sources.registry import FetchRequest, Verdict, get_fetcher
from sources.services import run_now
from tests.factories.regions import RegionFactory
from tests.indicators.conftest import table
from tests.sources.eurostat import serving, status

pytestmark = pytest.mark.django_db

REQUEST = FetchRequest(code="small")


@pytest.fixture
def eurostat(settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    RegionFactory(code="ES21")
    with serving() as server:
        settings.EUROSTAT_HOST = server.host
        server.has_etags = True
        server.datasets["SMALL"] = gzip.compress(table({"PC,ES21": "1|2|3"}).encode())
        yield server


@pytest.fixture
def held(eurostat) -> IngestRun:
    """The dataset as fetched today."""
    run = run_now(get_fetcher("eurostat"), REQUEST)
    eurostat.asked.clear()
    return run


def day(days_ago: int) -> str:
    return f"{timezone.now() - timedelta(days=days_ago):%d.%m.%Y}"


def test_the_validators_of_what_was_fetched_are_kept(held):
    assert held.snapshot.etag.startswith('"')
    assert Dataflow.objects.get(code="small").checked_at is not None


def test_what_was_never_fetched_is_not_known(eurostat):
    assert check_eurostat(REQUEST).verdict is Verdict.UNKNOWN
    assert eurostat.asked_for_data() == 0


def test_an_older_day_in_the_catalogue_decides_without_asking_for_data(eurostat, held):
    eurostat.updates = {"small": day(3)}
    before = timezone.now()
    answer = check_eurostat(REQUEST)
    assert answer.verdict is Verdict.UNCHANGED
    assert answer.updated.date() == before.date() - timedelta(days=3)
    assert eurostat.asked_for_data() == 0
    assert Dataflow.objects.get(code="small").checked_at >= before


def test_a_newer_day_in_the_catalogue_is_a_change(eurostat, held):
    IngestRun.objects.filter(pk=held.pk).update(
        started_at=datetime(2024, 5, 1, tzinfo=UTC)
    )
    eurostat.updates = {"small": "02.05.2024"}
    assert check_eurostat(REQUEST).verdict is Verdict.CHANGED


@pytest.mark.parametrize("known", [True, False])
def test_the_same_day_or_no_day_is_decided_by_the_etag(eurostat, held, known):
    """A release of the afternoon must not hide behind the fetch of the morning."""
    started = IngestRun.objects.get(pk=held.pk).started_at
    if known:
        eurostat.updates = {"small": f"{started:%d.%m.%Y}"}
    assert check_eurostat(REQUEST).verdict is Verdict.UNCHANGED
    eurostat.datasets["SMALL"] = gzip.compress(table({"PC,ES21": "1|2|4"}).encode())
    assert check_eurostat(REQUEST).verdict is Verdict.CHANGED
    assert eurostat.asked_for_data() == 2


def test_without_any_validator_nothing_is_known(eurostat, held):
    held.snapshot.etag = ""
    held.snapshot.save()
    assert check_eurostat(REQUEST).verdict is Verdict.UNKNOWN


def test_a_local_file_says_nothing_of_what_eurostat_has(eurostat, held):
    held.snapshot.url = ""
    held.snapshot.save()
    assert check_eurostat(REQUEST).verdict is Verdict.UNKNOWN


def test_one_look_at_the_catalogue_serves_all(eurostat, held):
    eurostat.updates = {"small": day(3)}
    for _ in range(5):
        check_eurostat(REQUEST)
    assert len(eurostat.asked) == 1


def test_a_publisher_out_of_order_is_a_fault_that_may_pass(eurostat, held):
    cache.clear()
    eurostat.upcoming = [status(503)] * 5  # the catalogue is asked once
    with pytest.raises(TransientError, match=r"answered 503 \(4 attempts\)"):
        check_eurostat(REQUEST)


HEADER = '"title"\t"code"\t"type"\t"last update of data"\t"values"\n'


def test_the_catalogue_is_read_without_its_folders():
    text = HEADER + (
        '"Database by themes"\t"data"\t"folder"\t" "\t \n'
        '"    Population"\t"DEMO_pjan"\t"dataset"\t"14.08.2026"\t9\n'
        '"    Odd"\t"odd"\t"dataset"\t"31.02.2026"\t9\n'
        '"    Short"\t"short"\n'
    )
    assert last_updates(text) == {"demo_pjan": date(2026, 8, 14)}


@pytest.mark.parametrize("text", ["", "<html></html>", '"title"\t"code"\n'])
def test_what_is_no_catalogue_is_refused(text):
    with pytest.raises(ParseError, match="no table of contents"):
        last_updates(text)
