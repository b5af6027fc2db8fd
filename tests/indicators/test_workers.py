"""Runs in real worker processes: killed, asked to end, cancelled, and gone on with."""

import gzip
import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indicators.models import Dataflow, Vintage
from sources.models import IngestRun
from sources.services import cancel_run, queue_run, sweep
from tests.factories.regions import RegionFactory
from tests.indicators.conftest import table
from tests.sources.eurostat import Eurostat, Handler, serving
from tests.sources.workers import eventually, kill, worker

# A busy machine may starve a worker once; what fails twice is a fault.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=1)]

ROWS = {"PC,ES21": "1|2|3 b", "PC,ES": "4|:|6"}


class Gate:
    """An answer that sends half of a file, and the rest once the gate is open."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.is_reached, self.is_open = threading.Event(), threading.Event()

    def __call__(self, handler: Handler) -> None:
        half = len(self.body) // 2
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body[:half])
        handler.wfile.flush()
        self.is_reached.set()
        self.is_open.wait(90)
        try:
            handler.wfile.write(self.body[half:])
        except OSError:
            handler.close_connection = True  # whoever asked is gone


@pytest.fixture
def eurostat(settings) -> Iterator[Eurostat]:
    RegionFactory(code="ES21")
    with serving() as server:
        settings.EUROSTAT_HOST = server.host
        server.datasets["SMALL"] = gzip.compress(table(ROWS).encode())
        yield server


@pytest.fixture
def gate(eurostat) -> Iterator[Gate]:
    """The first download stops half-way."""
    found = Gate(eurostat.datasets["SMALL"])
    eurostat.upcoming = [lambda handler: handler.send_error(404), found]
    yield found
    found.is_open.set()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "worker.log"
    yield path
    if path.exists():
        print(path.read_text()[-4000:])  # noqa: T201  # pytest shows it on a failure


def state(run: IngestRun) -> str:
    return IngestRun.objects.values_list("state", flat=True).get(pk=run.pk)


def story(run: IngestRun) -> str:
    return "\n".join(run.events.values_list("text", flat=True))


def shown() -> list[list[float | None]]:
    current = Vintage.objects.current().order_by("series__area__code")
    return [list(row.values) for row in current]


def test_a_scheduled_dataset_is_loaded_and_then_found_unchanged(eurostat, log):
    eurostat.has_etags = True
    with worker(log):
        first = queue_run("eurostat", "small", asked_by="the schedule")
        eventually(lambda: state(first) == "loaded", "a loaded run")
        second = queue_run("eurostat", "small", asked_by="the schedule")
        eventually(lambda: state(second) == "unchanged", "an unchanged run")
    assert shown() == [[4.0, None, 6.0], [1.0, 2.0, 3.0]]
    assert Dataflow.objects.get(code="small").checked_at is not None
    assert IngestRun.objects.get(pk=second.pk).snapshot is None


def test_a_killed_worker_leaves_nothing_half_done_and_another_goes_on(
    eurostat, gate, log, settings
):
    settings.RUN_BACKOFF = 0
    run = queue_run("eurostat", "small")
    with worker(log) as first:
        assert gate.is_reached.wait(90)
        eventually(
            lambda: IngestRun.objects.get(pk=run.pk).stage == "fetching", "the stage"
        )
        kill(first)
    assert state(run) == "running"  # nobody was left to say otherwise
    assert not Vintage.objects.exists()
    IngestRun.objects.filter(pk=run.pk).update(lease_until=None)  # time goes by
    sweep()
    assert state(run) == "queued"
    with worker(log):
        eventually(lambda: state(run) == "loaded", "the run gone on with")
    assert IngestRun.objects.get(pk=run.pk).attempt == 2
    assert re.search(r"was lost in the stage '\w+'. Nothing was loaded\.", story(run))
    assert shown() == [[4.0, None, 6.0], [1.0, 2.0, 3.0]]


def test_a_worker_that_is_asked_to_end_gives_its_run_back(eurostat, gate, log):
    run = queue_run("eurostat", "small")
    with worker(log) as first:
        assert gate.is_reached.wait(90)
        first.send_signal(signal.SIGTERM)
        # The work stops where it next tells of its progress.
        eventually(lambda: "shutdown" in log.read_text(), "the warm shutdown")
        gate.is_open.set()
        eventually(lambda: first.poll() is not None, "the end of the worker")
    row = IngestRun.objects.get(pk=run.pk)
    assert (row.state, row.attempt, row.worker) == ("queued", 1, "")
    # Where it stood then is the machine's affair.
    assert re.search(r"The worker was stopped in the stage '\w+'", story(run))
    assert not Vintage.objects.exists()
    with worker(log):
        eventually(lambda: state(run) == "loaded", "the run gone on with")


def test_a_run_is_cancelled_while_its_worker_downloads(eurostat, gate, log):
    run = queue_run("eurostat", "small")
    with worker(log):
        assert gate.is_reached.wait(90)
        cancel_run(run, asked_by="Ada")
        gate.is_open.set()
        eventually(lambda: state(run) == "cancelled", "a cancelled run")
    assert not Vintage.objects.exists()
