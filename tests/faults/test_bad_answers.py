"""What a publisher may answer instead of its data: the values held stay as they are."""

import gzip
import hashlib
from collections.abc import Iterator

import pytest

from indicators.models import Vintage
from indicators.services.ingest import fetch_eurostat
from regions.models import Region
from sources.exceptions import IngestError
from sources.models import IngestRun, Snapshot
from sources.registry import FetchRequest
from tests.factories.regions import RegionFactory
from tests.indicators.conftest import table
from tests.sources import eurostat as answers
from tests.sources.eurostat import Eurostat, serving

pytestmark = pytest.mark.django_db(transaction=True)

OLD = gzip.compress(table({"PC,ES21": "1|2|3 b", "PC,ES": "4|:|6"}).encode())
NEW = gzip.compress(table({"PC,ES21": "1|2|9", "PC,ES": "4|:|6"}).encode())
HEADER = gzip.compress(b"geo;year;value\nES21;2020;1\n")
ELSEWHERE = "http://elsewhere.invalid/data"


@pytest.fixture
def source(settings) -> Iterator[Eurostat]:
    RegionFactory(code="ES21")
    settings.FETCH_ATTEMPTS, settings.FETCH_BACKOFF = 2, 0
    with serving() as server:
        settings.EUROSTAT_HOST = server.host
        server.datasets["SMALL"] = OLD
        yield server


def load() -> IngestRun:
    return fetch_eurostat(FetchRequest(code="small"))


def shown() -> list[list[float | None]]:
    current = Vintage.objects.current().order_by("series__area__code")
    return [list(row.values) for row in current]


def is_whole(snapshot: Snapshot) -> bool:
    digest = hashlib.sha256(snapshot.path.read_bytes()).hexdigest()
    return snapshot.path.name == digest


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (answers.status(500), "answered 500"),
        (answers.status(429, Retry_After="0"), "answered 429"),
        (answers.status(413), "answered 413"),
        (answers.cut_off(NEW), "no complete answer"),
        (answers.web_page, "web page"),
        (answers.redirect(ELSEWHERE), "another host"),
        (
            lambda handler: answers.send(handler, 200, HEADER, "text/plain"),
            "small.tsv.gz",
        ),
    ],
    ids=["500", "429", "413", "cut off", "web page", "redirect", "header"],
)
def test_a_bad_answer_changes_nothing_and_the_next_run_is_right(source, answer, reason):
    load()
    held, regions = shown(), Region.objects.count()
    serve, source.answer = source.answer, answer
    with pytest.raises(IngestError, match=reason):
        load()
    assert shown() == held == [[4.0, None, 6.0], [1.0, 2.0, 3.0]]
    assert Region.objects.count() == regions
    failed = IngestRun.objects.latest("pk")
    assert failed.state == IngestRun.State.FAILED
    assert reason in failed.message
    source.answer = serve
    source.datasets["SMALL"] = NEW
    assert load().state == IngestRun.State.LOADED
    assert shown() == [[4.0, None, 6.0], [1.0, 2.0, 9.0]]
    assert all(is_whole(snapshot) for snapshot in Snapshot.objects.all())
