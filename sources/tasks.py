"""Celery tasks of this app: an id or a name in, the work done by the services."""

from typing import Any

from celery import shared_task, signals
from django.db import InterfaceError, OperationalError

from sources import checks, services, stopping

SCHEDULE = "the schedule"


@shared_task(  # type: ignore[untyped-decorator]  # Celery has no types
    ignore_result=True,
    # The database is away before the run could be claimed: the message comes again.
    autoretry_for=(OperationalError, InterfaceError),
    retry_backoff=True,
    max_retries=5,
)
def work_on_run(run_id: int) -> None:
    """Work on a queued run, if it is still to be had; its row says how it went."""
    services.execute(run_id)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def fetch(fetcher: str, code: str = "") -> None:
    """Queue a run of a schedule; raises for a fetcher or code that cannot be."""
    services.queue_run(fetcher, code, asked_by=SCHEDULE)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def sweep() -> None:
    """Find what was lost, every minute."""
    services.sweep()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def publish_due() -> None:
    """Publish what was scheduled, every two minutes."""
    checks.publish_due()


@signals.worker_init.connect  # type: ignore[untyped-decorator]  # as above
def begin(**_: Any) -> None:
    stopping.reset()


@signals.worker_ready.connect  # type: ignore[untyped-decorator]  # as above
def look_around(**_: Any) -> None:
    """A worker that starts asks first what was lost before it came."""
    sweep.delay()


@signals.worker_shutting_down.connect  # type: ignore[untyped-decorator]  # as above
def let_go(**_: Any) -> None:
    """Runs under way are given back at once; the next sweep tells another worker."""
    stopping.ask()
