"""The right to work on a run: one worker's at a time, renewed, checked before commit.

``worker`` holds the token of whoever has it. Every write of that worker names it, so
that one which was given up for lost, and comes back, changes nothing.
"""

import os
import platform
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from sources.exceptions import LeaseLost, RunCancelled, RunUnderway
from sources.models import IngestRun
from sources.services.story import storable, tell

State = IngestRun.State
# What the end of a run writes; the lease's own columns are not among them.
OUTCOME = (
    "state", "message", "rejections", "rejected", "file_name", "snapshot",
    "source_updated", "read", "new", "revised", "unchanged", "retired", "observations",
)  # fmt: skip


def new_token() -> str:
    """Host, process and a random part: who works, and never the same twice."""
    return f"{platform.node()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def is_process_gone(token: str) -> bool:
    """True where the token is of this machine and its process has ended."""
    host, _, rest = token.partition(":")
    pid = rest.partition(":")[0]
    if host != platform.node()[:60] or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def claim(run_id: int) -> IngestRun | None:
    """Take a queued run that is due; None where it is not to be had.

    Ended, waiting for its next attempt, taken by another, or another run of the same
    target is under way: for the caller it is all the same, so a message delivered
    twice does no harm.
    """
    now = timezone.now()
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    token = new_token()
    try:
        with transaction.atomic():
            taken = IngestRun.objects.filter(due, pk=run_id, state=State.QUEUED).update(
                # What an earlier attempt ended with is in the story; this one begins.
                message="", rejections=[], rejected=0,
                **_fresh_lease(token),
            )  # fmt: skip
    except IntegrityError:  # another run of the target is under way
        return None
    if not taken:
        return None
    run = IngestRun.objects.select_related("snapshot").get(pk=run_id)
    if run.attempt == 1:
        IngestRun.objects.held_by(run).update(started_at=now)
        run.started_at = now
    tell(run, f"Attempt {run.attempt} begins on {worker_name(token)}.")
    return run


def start_run(target: str, *, file_name: str = "", **fields: Any) -> IngestRun:
    """A run that is under way at once, for work done in this process.

    Raises RunUnderway where another run of the target is; nothing is written then.
    """
    try:
        with transaction.atomic():
            return IngestRun.objects.create(
                target=target[:200],
                file_name=storable(file_name)[:255],
                **_fresh_lease(new_token()),
                **fields,
            )
    except IntegrityError as error:
        raise RunUnderway(_underway(target)) from error


def worker_name(token: str) -> str:
    """Host and process of a token, for people."""
    return token.rpartition(":")[0] or token


def renew(run: IngestRun, **fields: Any) -> None:
    """Prolong the lease and write ``fields``; LeaseLost if it is not ours any more."""
    until = timezone.now() + timedelta(seconds=settings.RUN_LEASE)
    if not IngestRun.objects.held_by(run).update(lease_until=until, **fields):
        raise LeaseLost(_lost(run))


def settle(run: IngestRun) -> None:
    """Write the end of a run that went well.

    Called in the transaction that writes the data, both are committed or neither is:
    a worker given up for lost cannot make its data visible. Raises LeaseLost if the run
    is not ours any more, and RunCancelled where somebody asked for that in time.
    """
    if run.state == State.RUNNING:
        run.state = State.LOADED
    ended = end_fields(run)
    run.message, run.file_name = storable(run.message), storable(run.file_name)[:255]
    outcome = {name: getattr(run, name) for name in OUTCOME}
    ours = IngestRun.objects.held_by(run)
    if not ours.filter(is_cancel_asked=False).update(**outcome, **ended):
        raise RunCancelled("Cancelled.") if ours.exists() else LeaseLost(_lost(run))
    run.finished_at = ended["finished_at"]
    tell(run, f"Ended: {run.get_state_display()}.")


def end_fields(run: IngestRun) -> dict[str, Any]:
    """What is true of every run that has ended."""
    # Clocks of two machines differ: no run ends before it began.
    moment = max(timezone.now(), run.started_at)
    return {"finished_at": moment, "lease_until": None, "not_before": None}


def take_over(run: IngestRun) -> bool:
    """Take a run from a worker given up for lost, unless it renewed its lease."""
    fields = {
        "worker": new_token(),
        "lease_until": timezone.now() + timedelta(seconds=settings.RUN_LEASE),
    }
    same_lease = IngestRun.objects.held_by(run).filter(lease_until=run.lease_until)
    if not same_lease.update(**fields):
        return False
    for name, value in fields.items():
        setattr(run, name, value)
    return True


def can_be_seen_by_others() -> bool:
    """False inside a caller's transaction, where a run has no lease to keep."""
    return not connection.in_atomic_block


def _fresh_lease(token: str) -> dict[str, Any]:
    now = timezone.now()
    return {
        "state": State.RUNNING,
        "worker": token,
        "lease_until": now + timedelta(seconds=settings.RUN_LEASE),
        "stage": "",
        "stage_started_at": now,
        "done": 0,
        "total": 0,
        "read": 0,
    }


def _lost(run: IngestRun) -> str:
    return (
        f"Run {run.pk} was given up for lost and is another worker's by now. What was "
        "done here does not count."
    )


def _underway(target: str) -> str:
    run = IngestRun.objects.filter(target=target[:200], state=State.RUNNING).first()
    if run is None:
        return f"Another run of {target} has just ended. Try again."
    stage = f", stage '{run.stage}'" if run.stage else ""
    return (
        f"Run {run.pk} of {target} is under way since {run.started_at:%H:%M} UTC"
        f"{stage}. Wait for its end, or cancel it: manage.py cancel_run {run.pk}"
    )
