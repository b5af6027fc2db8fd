"""Writing the end of a run that did not go well, whatever happened to the database."""

import random
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from sources.backoff import pause
from sources.endings import Ending, State, ending_of
from sources.exceptions import LeaseLost
from sources.models import IngestRun
from sources.services.lease import end_fields
from sources.services.mail import is_news, send_due_mail
from sources.services.story import storable, tell

KEPT_REJECTIONS = 1000
# Seconds to wait for a database that restarts; later the lease tells the story.
PATIENCE = 20.0


def conclude(run: IngestRun, error: BaseException, *, is_queued: bool) -> None:
    """Write what the error makes of the run: tried again, held, failed, cancelled.

    Nothing where the run is another worker's by now, or ended in spite of the error:
    a commit may have succeeded although its answer was lost.
    """
    if isinstance(error, LeaseLost):
        return
    ending = ending_of(error, run, is_queued=is_queued, attempts=settings.RUN_ATTEMPTS)
    if not write_ending(run, ending):
        return
    if ending.fault:
        send_due_mail()


def write_ending(run: IngestRun, ending: Ending) -> bool:
    """True if the run was still the worker's, and its row now says how it ended."""
    if connection.in_atomic_block:  # a caller's transaction: no second try in there
        return _write(run, ending)
    return bool(_write_patiently(run, ending))


@retry(
    retry=retry_if_exception_type((OperationalError, InterfaceError)),
    stop=stop_after_delay(PATIENCE),
    wait=wait_fixed(1),
    reraise=True,
)
def _write_patiently(run: IngestRun, ending: Ending) -> bool:
    connection.close_if_unusable_or_obsolete()
    return _write(run, ending)


def _write(run: IngestRun, ending: Ending) -> bool:
    fields = _fields(run, ending)
    with transaction.atomic():
        if not IngestRun.objects.held_by(run).update(**fields):
            return False
        tell(run, _sentence(run, ending, fields))
        if ending.state == State.HELD:
            _supersede_held(run)
    for name, value in fields.items():
        setattr(run, name, value)
    return True


def _fields(run: IngestRun, ending: Ending) -> dict[str, Any]:
    message = storable(ending.message)
    fields: dict[str, Any] = {
        "state": ending.state,
        "message": message,
        "file_name": storable(run.file_name)[:255],
        "snapshot": run.snapshot,
        "fetcher": run.fetcher,
        "rejected": max(run.rejected, len(ending.rejections)),
        "rejections": [storable(line) for line in ending.rejections[:KEPT_REJECTIONS]],
        **dict.fromkeys(("new", "revised", "unchanged", "retired"), 0),
    }
    if ending.state == State.QUEUED:
        return fields | requeued_fields(run, counts_as_attempt=ending.counts_as_attempt)
    due = bool(ending.fault and settings.INGEST_MAIL) and is_news(run, ending.fault)
    return fields | end_fields(run) | {"fault": ending.fault, "is_mail_due": due}


def requeued_fields(run: IngestRun, *, counts_as_attempt: bool) -> dict[str, Any]:
    """What a run is that waits for a worker again, after a pause if it failed."""
    fields: dict[str, Any] = {
        "state": State.QUEUED,
        "worker": "",
        "lease_until": None,
        "dispatched_at": None,
        "not_before": None,
    }
    if counts_as_attempt:
        wait = pause(run.attempt, base=settings.RUN_BACKOFF, chance=random.random())  # noqa: S311  # spreads load, guards nothing
        fields |= {"attempt": run.attempt + 1, "not_before": timezone.now() + wait}
    return fields


def _sentence(run: IngestRun, ending: Ending, fields: dict[str, Any]) -> str:
    text = fields["message"]
    if moment := fields["not_before"]:
        return f"Attempt {run.attempt} failed: {text} Next one after {moment:%H:%M:%S}."
    return f"{ending.state.label.capitalize()}: {text}"


def _supersede_held(run: IngestRun) -> None:
    """Only the newest question about a target waits; uploads are each their own."""
    older = IngestRun.objects.filter(
        target=run.target, fetcher=run.fetcher, state=State.HELD
    )
    older.exclude(pk=run.pk).update(
        state=State.CANCELLED, message=f"Superseded by run {run.pk}.", is_mail_due=False
    )
