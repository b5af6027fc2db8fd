"""Celery tasks of this app: the work is done by the services."""

from celery import shared_task

from watches import services


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def tell(frequency: str) -> None:
    """Digests of what is watched daily or weekly."""
    services.tell(frequency)
