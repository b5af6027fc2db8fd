"""Asking Eurostat whether a dataset has changed, before it is fetched."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from indicators.models import Dataflow
from indicators.parsers.catalogue import last_updates
from indicators.parsers.errors import ParseError
from sources.exceptions import IngestError
from sources.http import fetch_text, has_changed
from sources.models import IngestRun
from sources.registry import Check, FetchRequest, Verdict

AGENCY = "ESTAT"
# One look at the catalogue serves all dataflows of a night; a failure is remembered
# for a shorter time, so that fifty dataflows do not each wait for it.
KEPT_FOR, FAILURE_KEPT_FOR = 600, 60


def data_url(code: str) -> str:
    """Where the whole dataset is to be had as gzipped TSV."""
    path = f"/api/dissemination/sdmx/2.1/data/{code.upper()}"
    return f"{settings.EUROSTAT_HOST}{path}?format=TSV&compressed=true"


def check_eurostat(request: FetchRequest) -> Check:
    """What the catalogue says and, where that does not decide, the dataset's ETag.

    Raises TransientError where the publisher cannot be reached.
    """
    code = request.code.lower()
    held = _last_fetched(f"{AGENCY}:{code}")
    day = _catalogue().get(code)
    updated = datetime.combine(day, time(), UTC) if day else None
    answer = _by_catalogue(held, day, updated) or _by_request(request, held, updated)
    Dataflow.objects.filter(agency=AGENCY, code=code).update(checked_at=timezone.now())
    return answer


def _last_fetched(target: str) -> IngestRun | None:
    """The newest run that fetched the publisher's bytes and ended well.

    Not one that was rolled back: its release is not held any more, and the load asks
    a person before it comes again.
    """
    fetched = IngestRun.objects.good().filter(
        target=target, snapshot__isnull=False, reversed_by__isnull=True
    )
    return (
        fetched.exclude(snapshot__url="")
        .select_related("snapshot")
        .order_by("-pk")
        .first()
    )


def _by_catalogue(
    held: IngestRun | None, day: date | None, updated: datetime | None
) -> Check | None:
    """A decision, where the days of release and fetch leave no doubt."""
    if held is None:
        return Check(Verdict.UNKNOWN, "Never fetched from Eurostat before.", updated)
    if day is None:
        return None
    if held.started_at.date() > day:
        # The catalogue tells the day, not the hour: it was over when this was fetched.
        return Check(
            Verdict.UNCHANGED,
            f"Eurostat's catalogue: last update on {day:%d %B %Y}, which is held.",
            updated,
        )
    if held.started_at.date() < day:
        text = f"Eurostat's catalogue: updated on {day:%d %B %Y}."
        return Check(Verdict.CHANGED, text, updated)
    return None


def _by_request(
    request: FetchRequest, held: IngestRun | None, updated: datetime | None
) -> Check:
    if held is None or held.snapshot is None:
        return Check(Verdict.UNKNOWN, "Never fetched from Eurostat before.", updated)
    kept = held.snapshot
    changed = has_changed(
        data_url(request.code),
        etag=kept.etag,
        last_modified=kept.last_modified,
        progress=request.progress,
    )
    if changed is None:
        return Check(Verdict.UNKNOWN, "Eurostat gives no ETag to ask with.", updated)
    if changed:
        return Check(Verdict.CHANGED, "Eurostat serves another file now.", updated)
    return Check(Verdict.UNCHANGED, "Eurostat serves the file that is held.", updated)


def _catalogue() -> dict[str, date]:
    """Code to day of the last update; empty where there is no reading it now."""
    url = f"{settings.EUROSTAT_HOST}/api/dissemination/catalogue/toc/txt?lang=en"
    key = f"eurostat-catalogue:{settings.EUROSTAT_HOST}"
    known: dict[str, date] | None = cache.get(key)
    if known is not None:
        return known
    try:
        known, kept_for = last_updates(fetch_text(url)), KEPT_FOR
    except (IngestError, ParseError):
        known, kept_for = {}, FAILURE_KEPT_FOR
    cache.set(key, known, kept_for)
    return known
