"""How a run ends after an error: a decision, without a database."""

import hashlib
from dataclasses import dataclass

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from sources.exceptions import (
    ConfirmationNeeded,
    IngestError,
    RunCancelled,
    RunStopped,
    TransientError,
)
from sources.models import IngestRun

State = IngestRun.State
# The database restarted or is full, the disk is full, a socket broke.
PASSING = (TransientError, OperationalError, InterfaceError, OSError)


@dataclass(frozen=True, slots=True)
class Ending:
    """The state to end in; QUEUED means that the run is to be tried again.

    ``counts_as_attempt`` is False where nothing was wrong with the run. ``fault``
    digests what people are to be told of; empty where there is nothing to tell.
    """

    state: State
    message: str
    rejections: tuple[str, ...] = ()
    counts_as_attempt: bool = True
    fault: str = ""


def ending_of(
    error: BaseException, run: IngestRun, *, is_queued: bool, attempts: int
) -> Ending:
    """What the error makes of the run.

    ``is_queued`` says that a worker works on it: only then is it tried again, up to
    ``attempts`` times, and only then people are told by mail; otherwise whoever typed
    the command sees the error.
    """
    if isinstance(error, RunCancelled):
        return Ending(State.CANCELLED, f"Cancelled{_where(run)}. Nothing was loaded.")
    if isinstance(error, ConfirmationNeeded):
        fault = fault_of(run.target, str(error))
        return Ending(State.HELD, str(error), fault=fault if is_queued else "")
    if not is_queued:
        return Ending(State.FAILED, _message(error), _rejections(error))
    if isinstance(error, RunStopped) or not isinstance(error, Exception):
        text = f"The worker was stopped{_where(run)}; another goes on."
        return Ending(State.QUEUED, text, counts_as_attempt=False)
    if isinstance(error, PASSING) and run.attempt < attempts:
        return Ending(State.QUEUED, _message(error))
    return Ending(
        State.FAILED, _message(error), _rejections(error), fault=_fault(error, run)
    )


def fault_of(*parts: str) -> str:
    """A digest of what is out of order."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _fault(error: BaseException, run: IngestRun) -> str:
    about = getattr(error, "about", "")
    return fault_of(about) if about else fault_of(run.target, _message(error))


def _message(error: BaseException) -> str:
    if isinstance(error, IngestError):
        return str(error)
    if isinstance(error, SoftTimeLimitExceeded):
        return "Stopped: it took longer than TASK_TIME_LIMIT allows."
    return f"stopped by {type(error).__name__}: {error}"


def _rejections(error: BaseException) -> tuple[str, ...]:
    return tuple(error.rejections) if isinstance(error, IngestError) else ()


def _where(run: IngestRun) -> str:
    return f" in the stage '{run.stage}'" if run.stage else ""
