"""Real Celery workers on the database and queue of the tests."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 90.0  # seconds; a busy machine is slow


def database_url() -> str:
    """The address of the database this test writes to."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def environment(**extra: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "s3portal.settings",
        "DATABASE_URL": database_url(),
        "EUROSTAT_HOST": settings.EUROSTAT_HOST,
        "RUN_HEARTBEAT": "0.1",
        "RUN_BACKOFF": "0",
        "RUN_MESSAGE_LIFE": "1",
        **extra,
    }


@contextmanager
def worker(log: Path, **extra: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with one process for tasks, killed at the end if it still lives."""
    command = "celery --quiet -A s3portal worker -c 1 --without-gossip -l INFO"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", *command.split()],
            cwd=ROOT,
            env=environment(**extra),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As ``kill -9`` of the worker and all it has forked."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def eventually(condition: Callable[[], object], what: str) -> None:
    """Wait for a condition; a failure names what never came."""
    until = time.monotonic() + WITHIN
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"never: {what}")
        time.sleep(0.1)
