"""Celery tasks of this app."""

from celery import shared_task
from django.conf import settings

from desk.services import duplicates, links


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def find_duplicates() -> None:
    """Compare all organisations, every night."""
    duplicates.find_duplicates()


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # as above
def check_links() -> None:
    """Ask a part of the addresses, every night, unless it is switched off."""
    if settings.LINK_CHECK:
        links.check_links()
