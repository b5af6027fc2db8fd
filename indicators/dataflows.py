"""What the portal knows of its dataflows' freshness; the rules are in freshness.py."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from indicators.freshness import Facts, Freshness, assess
from indicators.freshness_words import explanation
from indicators.models import Dataflow, Indicator
from sources.models import IngestRun

CACHE_SECONDS = 60
CACHE_KEY = "dataflow-freshness"

GOOD = (IngestRun.State.LOADED, IngestRun.State.UNCHANGED)
# How many attempts failed since the last good one, and when the first of them began.
Failures = tuple[int, datetime]


def dataflow_freshness() -> dict[int, Freshness]:
    """The freshness of every dataflow by its id; two queries."""
    now = timezone.now()
    failures = _failures()
    return {
        flow.pk: assess(_facts(flow, failures.get(flow.target)), now=now)
        for flow in Dataflow.objects.all()
    }


def known_freshness() -> dict[int, Freshness]:
    """The same, at most a minute old: for marks beside figures and for monitors."""
    known: dict[int, Freshness] | None = cache.get(CACHE_KEY)
    if known is None:
        known = dataflow_freshness()
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known


def freshness_of(dataflow: Dataflow) -> Freshness:
    """Of one dataflow; one made within the last minute is looked at by itself."""
    known = known_freshness().get(dataflow.pk)
    return known or assess(_facts(dataflow, None), now=timezone.now())


def indicator_freshness(indicator: Indicator) -> list[Freshness]:
    """Of the dataflow an indicator is cut from, or of both parts of a ratio."""
    parts = (
        (indicator.numerator, indicator.denominator)
        if indicator.is_derived
        else (indicator,)
    )
    known = known_freshness()
    flows = dict.fromkeys(part.dataflow_id for part in parts if part)
    return [known[pk] for pk in flows if pk in known]


def stale_reason(indicator: Indicator, *, as_of: datetime | None = None) -> str:
    """Why an indicator's figures are stale; "" when they are not.

    And for what was held at a moment of the past, of which today's state says nothing.
    """
    if as_of is not None:
        return ""
    stale = [item for item in indicator_freshness(indicator) if item.is_stale]
    return " ".join(dict.fromkeys(explanation(item) for item in stale))


def stale_dataflows() -> QuerySet[Dataflow]:
    """The dataflows that are stale now, for whoever counts or lists them."""
    stale = [pk for pk, item in known_freshness().items() if item.is_stale]
    return Dataflow.objects.filter(pk__in=stale)


def _failures() -> dict[str, Failures]:
    """By target. Only attempts to fetch count: a wrong local file is no source's."""
    later_good = IngestRun.objects.filter(
        target=OuterRef("target"),
        state__in=GOOD,
        started_at__gte=OuterRef("started_at"),
    )
    rows = (
        IngestRun.objects.filter(~Exists(later_good), state=IngestRun.State.FAILED)
        .exclude(fetcher__in=("", "upload"))
        .values("target")
        .annotate(n=Count("pk"), since=Min("started_at"))
        .values_list("target", "n", "since")
    )
    return {target: (n, since) for target, n, since in rows}


def _facts(flow: Dataflow, failures: Failures | None) -> Facts:
    count, since = failures or (0, None)
    return Facts(
        source_updated=flow.source_updated,
        fetched_at=flow.fetched_at,
        checked_at=flow.checked_at,
        release_every=flow.release_every,
        edition=flow.edition,
        last_period=flow.last_period,
        is_discontinued=flow.is_discontinued,
        check_every=settings.CHECK_EVERY or None if flow.fetcher else None,
        failures=count,
        failing_since=since,
    )
