"""Progress of a running run: kept on its row, with its lease, by its own thread."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from sources import stopping
from sources.exceptions import LeaseLost, RunCancelled, RunStopped
from sources.models import IngestRun
from sources.progress import Progress, silent
from sources.services.lease import can_be_seen_by_others, renew
from sources.services.story import tell

logger = logging.getLogger(__name__)


class RunProgress(Progress):
    """Tells the row of a run where its work stands, and the work when it must stop.

    The work itself only sets numbers and looks at one attribute: no statement is sent
    in its transaction. A thread with its own connection writes them every
    RUN_HEARTBEAT seconds, renews the lease and asks for a cancellation. A beat that
    cannot be written (the database restarts, SQLite is locked by a load) is no reason
    to stop: the next one, or the check before the commit, decides.
    """

    def __init__(self, run: IngestRun, *, listener: Progress = silent) -> None:
        self.run = run
        self.listener = listener
        self._done = self._rows = 0
        self._sentences: list[str] = []
        self._stop: Exception | None = None
        self._ended = threading.Event()
        self._news = threading.Event()
        self._thread = threading.Thread(
            target=self._beat_until_ended, name=f"run-{run.pk}", daemon=True
        )

    def __call__(self, message: str) -> None:
        self._sentences.append(message)
        self.listener(message)
        self._news.set()
        self._obey()

    def stage(self, name: str, total: int = 0) -> None:
        self.run.stage, self.run.total = name[:40], max(0, int(total))
        self.run.stage_started_at = timezone.now()
        self._done = self._rows = 0
        self.listener.stage(name, total)
        self._news.set()
        self._obey()

    def advance(self, done: int, rows: int = 0) -> None:
        self._done, self._rows = done, rows
        if self._stop is not None:
            raise self._stop

    def start(self) -> None:
        if can_be_seen_by_others():
            self._thread.start()

    def end(self) -> None:
        """Stop the thread; it may be waiting for a lock, so not for ever."""
        self._ended.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(settings.RUN_HEARTBEAT + 5)

    def _obey(self) -> None:
        if stopping.is_asked():
            self._stop = RunStopped("The worker was asked to end.")
        if self._stop is not None:
            raise self._stop

    def _beat_until_ended(self) -> None:
        try:
            while not self._ended.is_set():
                self._beat()
                self._news.wait(settings.RUN_HEARTBEAT)
                self._news.clear()
        finally:
            connection.close()

    def _beat(self) -> None:
        if stopping.is_asked():
            self._stop = RunStopped("The worker was asked to end.")
        try:
            renew(self.run, **self._standing())
            while self._sentences:
                tell(self.run, self._sentences.pop(0))
            asked = IngestRun.objects.filter(pk=self.run.pk, is_cancel_asked=True)
            if asked.exists():
                self._stop = RunCancelled("The run was cancelled.")
        except LeaseLost as error:
            self._stop = error
            self._ended.set()
        except Error as error:
            logger.info("run %s: a beat was not written: %s", self.run.pk, error)
            connection.close()

    def _standing(self) -> dict[str, Any]:
        run = self.run
        return {
            "stage": run.stage,
            "stage_started_at": run.stage_started_at,
            "total": run.total,
            "done": self._done,
            **({"read": self._rows} if self._rows else {}),
        }
