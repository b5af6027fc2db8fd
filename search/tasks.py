"""Celery tasks of this app."""

from celery import shared_task

from search import services


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def rebuild() -> None:
    """Bring the search into step with all records, every hour."""
    services.rebuild()
