"""Celery tasks of this app: the work is done by the services."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from practices import services
from practices.services.match_upkeep import look_after_matches


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def publish_due() -> None:
    """Publish what is scheduled, and number what was published past the services."""
    services.publish_ripe()
    services.keep_versions()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def look_after() -> None:
    """Once a day: who is late, what wants confirming, what nobody confirmed."""
    services.request_due_reconfirmations()
    services.remind()
    services.lapse_overdue()
    look_after_matches()
    services.sweep_files()


@shared_task(  # type: ignore[untyped-decorator]  # as above
    ignore_result=True,
    autoretry_for=(OSError, OperationalError, InterfaceError),  # or no scanner answers
    retry_backoff=30,
    retry_backoff_max=1800,
    max_retries=5,
)
def scan_attachment(pk: int) -> None:
    """Ask the scanner about one upload."""
    services.scan_attachment(pk)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def scan_waiting() -> None:
    """Ask about uploads nobody asked about yet."""
    services.queue_waiting()
