"""The sanity rule of complete loads: many values less need a person's yes."""

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Sum

from indicators.fields import ValueCount
from indicators.models import Dataflow, ReferenceArea, Vintage
from sources.exceptions import ConfirmationNeeded
from sources.models import IngestRun

NAMED = 10  # regions in the message


def refuse_drop(dataflow: Dataflow, run: IngestRun) -> None:
    """Raise ConfirmationNeeded if the run takes away too many of the values held.

    Asked inside the run's transaction, after its changes.
    """
    if run.is_confirmed or not (run.retired or run.revised):
        return
    closed = _values(Vintage.objects.filter(closed_by=run))
    lost = closed - _values(Vintage.objects.filter(opened_by=run))
    # All that was held is at least what was closed; mostly that spares the big sum.
    if lost <= settings.MAX_VALUE_DROP * closed:
        return
    now = _values(Vintage.objects.current().filter(series__slice__dataflow=dataflow))
    before = now + lost
    if lost > settings.MAX_VALUE_DROP * before:
        raise ConfirmationNeeded(_question(dataflow, run, before, now))


def _values(vintages: QuerySet[Vintage]) -> int:
    found = vintages.aggregate(sum=Sum(ValueCount("values")))["sum"]
    return int(found or 0)


def _question(dataflow: Dataflow, run: IngestRun, before: int, now: int) -> str:
    gone = _gone(dataflow, run)
    named = ", ".join(gone[:NAMED])
    if len(gone) > NAMED:
        named += f" and {len(gone) - NAMED} more"
    lacking = f" No longer in it: {named}." if gone else ""
    return (
        f"{run.file_name} would leave {now:,} of the {before:,} values of {dataflow}, "
        f"{(before - now) / before:.0%} less.{lacking} The data held now stay live. "
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
