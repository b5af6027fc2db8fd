"""Numbers that change whenever loaded data do; part of every cache key.

Each is the microsecond of a last good end, not the last run: runs end in another order
than they start.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Max, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from indicators.models import Dataflow
from sources.models import IngestRun

# By dataflow id; None stands for the regions and all else that is no dataflow.
Revisions = Mapping[int | None, int]


def data_revision() -> int:
    """That of everything loaded."""
    last = IngestRun.objects.finished_well().aggregate(last=Max("finished_at"))["last"]
    return _number(last)


def revisions() -> Revisions:
    """That of each dataflow, so that loading one leaves what hangs on others; one
    statement.
    """
    named = Dataflow.objects.annotate(named=Concat("agency", Value(":"), "code"))
    owner = named.filter(named=OuterRef("target")).values("pk")[:1]
    rows = (
        IngestRun.objects.finished_well()
        .order_by()
        .values("target")
        .annotate(last=Max("finished_at"), dataflow=Subquery(owner))
        .values_list("dataflow", "last")
    )
    found: dict[int | None, int] = {}
    for dataflow, last in rows:
        found[dataflow] = max(found.get(dataflow, 0), _number(last))
    return found


def revision_of(dataflows: Iterable[int | None], known: Revisions | None = None) -> str:
    """What a key must hold where something hangs on the regions and on dataflows."""
    known = revisions() if known is None else known
    named = sorted({pk for pk in dataflows if pk is not None})
    return "-".join(str(known.get(pk, 0)) for pk in (None, *named))


def _number(end: datetime | None) -> int:
    return int(end.timestamp() * 1_000_000) if end else 0
