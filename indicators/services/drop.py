"""The sanity rule of complete loads: many values less need a person's yes."""

from itertools import islice

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from indicators.fields import ItemCount, ValueCount
from indicators.models import Dataflow, ReferenceArea, Vintage
from sources.exceptions import ConfirmationNeeded
from sources.models import IngestRun

NAMED = 10  # regions in the message
PIECE = 2_000  # series read at once


def refuse_drop(dataflow: Dataflow, run: IngestRun) -> None:
    """Raise ConfirmationNeeded if the run takes away too many of the values held.

    Asked inside the run's transaction, after its changes. A value is taken away where
    its series has none for that period any more: what comes anew elsewhere does not
    make up for it, as in an older edition with other units and earlier years.
    """
    if run.is_confirmed or not (run.retired or run.revised):
        return
    closed = Vintage.objects.filter(closed_by=run)
    lost = _retired(closed, run) + _shrunk(closed, run)
    held = _values(closed)
    # All that was held is at least what was closed; mostly that spares the big sum.
    if lost <= settings.MAX_VALUE_DROP * held:
        return
    now = _values(Vintage.objects.current().filter(series__slice__dataflow=dataflow))
    before = now + held - _values(Vintage.objects.filter(opened_by=run))
    if lost > settings.MAX_VALUE_DROP * before:
        raise ConfirmationNeeded(_question(dataflow, run, before, lost))


def _values(vintages: QuerySet[Vintage]) -> int:
    found = vintages.aggregate(sum=Sum(ValueCount("values")))["sum"]
    return int(found or 0)


def _successors(run: IngestRun) -> QuerySet[Vintage]:
    return Vintage.objects.filter(opened_by=run, series=OuterRef("series"))


def _retired(closed: QuerySet[Vintage], run: IngestRun) -> int:
    """Values of series that the run left without any."""
    return _values(closed.filter(~Exists(_successors(run))))


def _shrunk(closed: QuerySet[Vintage], run: IngestRun) -> int:
    """Values of periods that series which go on do not have any more.

    A successor without a gap that reaches as far at both ends has lost nothing; the
    others are read one by one.
    """
    stop = F("start") + ItemCount("values")
    successors = _successors(run).annotate(
        stop=stop, full=F("start") + ValueCount("values")
    )
    whole = successors.filter(
        start__lte=OuterRef("start"), stop__gte=OuterRef("stop"), full=F("stop")
    )
    doubtful = closed.annotate(stop=stop).filter(Exists(successors), ~Exists(whole))
    lost = 0
    rows = doubtful.values_list("series", "start", "values").iterator(PIECE)
    while piece := list(islice(rows, PIECE)):
        after = {
            series: _periods(start, values)
            for series, start, values in Vintage.objects.filter(
                opened_by=run, series__in=[series for series, _, _ in piece]
            ).values_list("series", "start", "values")
        }
        lost += sum(
            len(_periods(start, values) - after[series])
            for series, start, values in piece
        )
    return lost


def _periods(start: int, values: list[float | None]) -> set[int]:
    """Ordinals of the periods with a value."""
    return {
        period for period, value in enumerate(values, start=start) if value is not None
    }


def _question(dataflow: Dataflow, run: IngestRun, before: int, lost: int) -> str:
    gone = _gone(dataflow, run)
    named = ", ".join(gone[:NAMED])
    if len(gone) > NAMED:
        named += f" and {len(gone) - NAMED} more"
    lacking = f" No longer in it: {named}." if gone else ""
    return (
        f"{run.file_name} would take away {lost:,} of the {before:,} values of "
        f"{dataflow}, {lost / before:.0%}.{lacking} The data held now stay live. "
        "If that is right, confirm the run."
    )


def _gone(dataflow: Dataflow, run: IngestRun) -> list[str]:
    """Areas of which nothing would be left: code, and name where it is a region."""
    vintages = Vintage.objects.filter(series__area=OuterRef("pk"))
    areas = (
        ReferenceArea.objects.filter(dataflow=dataflow)
        .filter(Exists(vintages.filter(closed_by=run)))
        .filter(~Exists(vintages.current()))
        .select_related("region")
        .order_by("code")
    )
    return [
        f"{area.code} ({area.region.name})" if area.region else area.code
        for area in areas
    ]
