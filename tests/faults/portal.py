"""What the tests of faults do to a portal, and how they look at it."""

import gzip
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from django.db import Error, connection

from indicators.models import Vintage
from sources.models import IngestRun
from sources.services import queue_run, sweep
from tests.faults.servers import Postgres, Redis
from tests.indicators.conftest import table
from tests.sources import workers
from tests.sources.eurostat import Answer, Eurostat, Handler

OLD = {"PC,ES21": "1|2|3 b", "PC,ES22": "4|:|6", "PC,ES23": "5|6|7", "PC,ES24": "8|9|8"}
NEW = {**OLD, "PC,ES21": "1|2|9"}
OLD_SHOWN = [[1.0, 2.0, 3.0], [4.0, None, 6.0], [5.0, 6.0, 7.0], [8.0, 9.0, 8.0]]
NEW_SHOWN = [[1.0, 2.0, 9.0], *OLD_SHOWN[1:]]
QUICK = {
    "FETCH_ATTEMPTS": "2", "FETCH_BACKOFF": "0", "FETCH_DEADLINE": "1.5",
    "FETCH_TIMEOUT": "20", "RUN_ATTEMPTS": "3", "INGEST_MAIL": "operator@example.org",
}  # fmt: skip
GZIP = b"\x1f\x8b"
_numbers = count(1)


def packed(rows: dict[str, str]) -> bytes:
    return gzip.compress(table(rows).encode(), mtime=0)


class Gate:
    """Where an answer stops until it is opened."""

    def __init__(self) -> None:
        self.is_reached, self._is_open = threading.Event(), threading.Event()

    def pass_through(self) -> None:
        self.is_reached.set()
        self._is_open.wait(workers.WITHIN)

    def open(self) -> None:
        self._is_open.set()


class Source:
    """A publisher that answers as told, else as Eurostat does."""

    def __init__(self, server: Eurostat) -> None:
        self.server = server
        server.has_etags = True
        self._usual = server.answer

    def new_dataset(self, rows: dict[str, str] = OLD) -> str:
        """A code that no other test uses."""
        code = f"faults_{next(_numbers)}"
        self.serve(code, rows)
        return code

    def serve(self, code: str, rows: dict[str, str]) -> None:
        self.server.datasets[code.upper()] = packed(rows)

    def behave(self) -> None:
        self.server.answer = self._usual

    def misbehave(self, answer: Answer) -> None:
        """Answer so whenever data are asked for."""
        self.server.answer = answer

    def hold(self, *, before: bool) -> Gate:
        """Stop before each answer, or in the middle of the data."""
        gate = Gate()

        def answer(handler: Handler) -> None:
            if before:
                gate.pass_through()
            if before or handler.headers.get("If-None-Match"):
                self._usual(handler)
                return
            send = handler.wfile.write

            def halting(part: bytes) -> None:
                if not part.startswith(GZIP):  # the headers
                    send(part)
                    return
                send(part[:40])
                gate.pass_through()
                send(part[40:])

            handler.wfile.write = halting
            self._usual(handler)

        def bearing(handler: Handler) -> None:
            try:
                answer(handler)
            except OSError:
                handler.close_connection = True  # whoever asked is gone

        self.server.answer = bearing
        return gate


class Crew:
    """One worker at a time; a killed one is replaced."""

    def __init__(self, log: Path, host: str) -> None:
        self.log = log
        self.worker = 0  # the process that leads the worker's own group
        with log.open("ab") as file:
            self._nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery"],
                cwd=workers.ROOT,
                env=workers.environment(**QUICK, EUROSTAT_HOST=host),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )

    @property
    def is_at_work(self) -> bool:
        return bool(self.worker) and Path(f"/proc/{self.worker}").exists()

    def start(self) -> None:
        if self.is_at_work:
            return
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        self.worker = int(self._nursery.stdout.readline())

    def kill(self) -> None:
        """``kill -9``, of the worker and of all that it has forked."""
        if self.is_at_work:
            os.killpg(self.worker, signal.SIGKILL)
            workers.eventually(lambda: not self.is_at_work, "the end of the worker")

    def dismiss(self) -> None:
        self.kill()
        self._nursery.kill()
        self._nursery.wait(30)


@dataclass
class Portal:
    database: Postgres
    queue: Redis
    source: Source
    crew: Crew

    def ask(self, code: str) -> IngestRun:
        return queue_run("eurostat", code, asked_by="the schedule")

    def loaded(self, rows: dict[str, str] = OLD) -> str:
        """The code of a dataset that is held."""
        code = self.source.new_dataset(rows)
        run = self.ask(code)
        self.reaches(run, "loaded")
        return code

    def reaches(self, run: IngestRun, *states: str, sweeping: bool = False) -> None:
        """Wait for the state; ``sweeping`` as beat would, but without its minute."""

        def is_there() -> bool:
            if sweeping:
                sweep()
            return state(run) in states

        workers.eventually(patient(is_there), f"run {run.pk}: {' or '.join(states)}")

    @contextmanager
    def held_in(self, stage: str) -> Iterator[Callable[[], bool]]:
        """Runs stop in that stage while the block lasts."""
        locks = {
            "comparing": ("regions_region", "ACCESS EXCLUSIVE"),
            "reading": ("indicators_vintage", "SHARE"),
            "switching": ("indicators_dataflowstate", "SHARE"),
        }
        if stage in locks:
            with self.database.locked(*locks[stage]):
                yield lambda: True
            return
        gate = self.source.hold(before=stage == "asking")
        try:
            yield gate.is_reached.is_set
        finally:
            self.source.behave()
            gate.open()


def patient(condition: Callable[[], object]) -> Callable[[], object]:
    """False while the database is away."""

    def ask() -> object:
        try:
            return condition()
        except Error:
            connection.close()
            return False

    return ask


def row(run: IngestRun) -> IngestRun:
    return IngestRun.objects.get(pk=run.pk)


def state(run: IngestRun) -> str:
    return IngestRun.objects.values_list("state", flat=True).get(pk=run.pk)


def story(run: IngestRun) -> str:
    return "\n".join(run.events.values_list("text", flat=True))


def vintages(code: str):
    return Vintage.objects.filter(series__slice__dataflow__code=code)


def shown(code: str) -> list[list[float | None]]:
    """What readers see of a dataset, by region."""
    rows = vintages(code).current().order_by("series__area__code")
    return [list(vintage.values) for vintage in rows]
