"""No run silently gone: lost workers and lost messages are found by the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from sources.endings import Ending, fault_of
from sources.models import IngestRun
from sources.services.conclusion import write_ending
from sources.services.dispatch import dispatch_due
from sources.services.lease import is_process_gone, take_over, worker_name
from sources.services.mail import send_due_mail

State = IngestRun.State
# A load may hold SQLite's only write lock for minutes, and heartbeats wait behind it;
# but there the worker is a process of this machine, and its end can be seen.
SQLITE_LEASES = 10


def sweep(*, silent_for: float | None = None) -> None:
    """Give runs of lost workers to others, send lost messages and e-mails again."""
    for run in _lost_runs():
        ending = _ending_of_lost(run)
        if take_over(run):
            write_ending(run, ending)
    dispatch_due(silent_for=silent_for)
    send_due_mail()


def _lost_runs() -> list[IngestRun]:
    now = timezone.now()
    running = IngestRun.objects.filter(state=State.RUNNING).select_related("snapshot")
    if connection.vendor != "sqlite":
        return list(running.filter(_lapsed(now)))
    grace = timedelta(seconds=settings.RUN_LEASE * SQLITE_LEASES)
    dead = set(running.filter(_lapsed(now - grace)).values_list("pk", flat=True))
    return [run for run in running if run.pk in dead or is_process_gone(run.worker)]


def _lapsed(moment: datetime) -> Q:
    return Q(lease_until__lt=moment) | Q(lease_until__isnull=True)


def _ending_of_lost(run: IngestRun) -> Ending:
    stage = f" in the stage '{run.stage}'" if run.stage else ""
    text = f"The worker {worker_name(run.worker)} was lost{stage}. Nothing was loaded."
    if run.fetcher and run.attempt < settings.RUN_ATTEMPTS:
        return Ending(State.QUEUED, text)
    fault = fault_of(run.target, "lost") if run.fetcher else ""
    return Ending(State.FAILED, text, fault=fault)
