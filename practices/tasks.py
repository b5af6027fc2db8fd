"""Celery tasks of this app: the work is done by the services."""

from celery import shared_task

from practices import services


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
