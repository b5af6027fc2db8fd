"""What must be right before a process of the portal starts.

A wrong setting or a missing service ends the process with one sentence and code 2.
A service that does not answer yet gets ``STARTUP_TIMEOUT`` seconds.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.conf import settings
from django.db import connection

from s3portal import faults

MISCONFIGURED = 2  # exit code
PAUSE = 0.5  # seconds


def end(text: str) -> NoReturn:
    sys.stderr.write(f"{text}\n")
    raise SystemExit(MISCONFIGURED)


@contextmanager
def plain_faults() -> Iterator[None]:
    """End with a sentence on a fault of configuration; others keep their traceback."""
    try:
        yield
    except Exception as error:
        text = faults.sentence(error)
        if text is None:
            raise
        end(text)


def load_settings() -> None:
    """Read the settings now, so that a fault shows here and not in a traceback."""
    with plain_faults():
        _apps = settings.INSTALLED_APPS


def require_services() -> None:
    """Wait for database and Redis as long as allowed, then go on or end."""
    from s3portal import health  # needs the settings

    began = time.monotonic()
    for name in ("database", "broker"):
        while not (check := health.check(name)).ok:
            waited = time.monotonic() - began
            if (
                not faults.is_passing(check.message)
                or waited > settings.STARTUP_TIMEOUT
            ):
                end(check.message)
            time.sleep(PAUSE)
    # Processes that fork must not share this connection.
    connection.close()
