"""Which links are known to be broken: one cached answer for all pages."""

from datetime import date

from django.core.cache import cache

from desk.models import LinkCheck

CACHE_KEY = "desk.broken"
KEPT = 600


def broken_links() -> dict[str, date]:
    """Address -> the day on which it last did not answer."""
    found: dict[str, date] | None = cache.get(CACHE_KEY)
    if found is None:
        rows = LinkCheck.objects.broken().values_list("url", "last_failed")
        found = {url: day for url, day in rows if day}
        cache.set(CACHE_KEY, found, KEPT)
    return found
