"""Celery tasks of this app: a name in, the work done by the registered fetcher."""

from celery import shared_task

from sources.exceptions import IngestError
from sources.registry import FetchRequest, get_fetcher


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def fetch(name: str, code: str = "") -> None:
    """Fetch and load; a refusal is on the ingest run, where people look for it."""
    fetcher = get_fetcher(name)
    if fetcher is None:
        raise LookupError(f"nothing named {name!r} can be fetched")
    try:
        fetcher.fetch(FetchRequest(code=code))
    except IngestError:
        return
