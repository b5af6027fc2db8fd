"""What there is to do and what was done, in few statements: for metrics and doctor."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.db.models import Count, Min, Sum
from django.utils import timezone

from indicators.dataflows import known_freshness
from indicators.models import Dataflow
from sources.models import IngestRun

OUTCOMES = ("read", "new", "revised", "unchanged", "retired", "rejected")


@dataclass(frozen=True)
class Workload:
    """Counts of runs by state and of rows by outcome; ages in seconds."""

    runs: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    oldest_queued_seconds: float = 0.0
    checked_seconds: dict[str, float] = field(default_factory=dict)
    stale: dict[str, bool] = field(default_factory=dict)
    database_bytes: int = 0


def read_workload() -> Workload:
    """A fixed number of statements, whatever there is in the database."""
    now = timezone.now()
    runs = dict.fromkeys(IngestRun.State.values, 0)
    runs |= dict(
        IngestRun.objects.order_by().values_list("state").annotate(n=Count("pk"))
    )
    sums = IngestRun.objects.aggregate(**{name: Sum(name) for name in OUTCOMES})
    queued = IngestRun.objects.filter(state=IngestRun.State.QUEUED).aggregate(
        first=Min("started_at")
    )["first"]
    freshness = known_freshness()
    flows = Dataflow.objects.exclude(fetcher="").filter(checked_at__isnull=False)
    return Workload(
        runs=runs,
        rows={name: sums[name] or 0 for name in OUTCOMES},
        oldest_queued_seconds=(now - queued).total_seconds() if queued else 0.0,
        checked_seconds={
            flow.target: (now - flow.checked_at).total_seconds()
            for flow in flows.only("agency", "code", "checked_at")
            if flow.checked_at
        },
        stale={
            flow.target: freshness[flow.pk].is_stale
            for flow in Dataflow.objects.only("agency", "code")
            if flow.pk in freshness
        },
        database_bytes=database_bytes(),
    )


def database_bytes() -> int:
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        return path.stat().st_size if path.is_file() else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
