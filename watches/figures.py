"""Events of the figures: which run brought new values, and how much it revised."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.analysis.revisions import Move
from indicators.analysis.rounding import format_number
from indicators.history import RunRevision, frames_through_time, revision_history
from indicators.models import Indicator, Vintage
from indicators.reading import Reading
from regions.models import Region
from watches.digests import Event, Topic
from watches.records import MOST
from watches.spans import Span


def figures_of_indicator(indicator: Indicator, span: Span) -> Iterator[Event]:
    """One event for each run that changed the indicator."""
    reading = Reading(settings.NUTS_VERSION)
    history = revision_history(indicator, reading=reading)
    told = [item for item in history if span.since < item.moment <= span.until]
    periods = _new_periods(indicator, reading) if told else {}
    for item in told:
        if item.revision.added or item.revision.changed or item.revision.removed:
            yield Event(
                item.moment,
                Topic.FIGURES,
                indicator.name,
                _revised(item, indicator, periods.get(item.run.pk, [])),
                reverse("indicators:revisions", args=[indicator.slug]),
                f"indicator:{indicator.slug}:{item.run.pk}",
            )


def figures_of_region(region: Region, span: Span) -> Iterator[Event]:
    """One event for each load that changed series of the region, by dataflow.

    A series counts under any NUTS version in which the region has this code.
    """
    before = Vintage.objects.filter(
        series=OuterRef("series"), valid_to=OuterRef("valid_from")
    )
    loads = (
        Vintage.objects.filter(
            series__area__region__code=region.code, **span.on("valid_from")
        )
        .annotate(is_revised=Exists(before))
        .values(
            "opened_by",
            "valid_from",
            "series__slice__dataflow__code",
            "series__slice__dataflow__name",
        )
        .annotate(
            new=Count("pk", filter=Q(is_revised=False)),
            revised=Count("pk", filter=Q(is_revised=True)),
        )
        .order_by("-valid_from", "series__slice__dataflow__code")
    )
    for load in loads[:MOST]:
        code = load["series__slice__dataflow__code"]
        yield Event(
            load["valid_from"],
            Topic.FIGURES,
            load["series__slice__dataflow__name"] or code,
            _loaded(load["new"], load["revised"], load["opened_by"]),
            region.get_absolute_url(),
            f"region:{region.code}:{code}:{load['opened_by']}",
        )


def _new_periods(indicator: Indicator, reading: Reading) -> dict[int, list[str]]:
    """Run -> periods of which it brought the first values, in order."""
    found: dict[int, list[str]] = {}
    held: set[str] = set()
    for step in frames_through_time(indicator, reading=reading):
        there = {str(name) for name in step.frame.values.dropna(how="all", axis=1)}
        found[step.run_id] = sorted(there - held)
        held |= there
    return found


def _revised(item: RunRevision, indicator: Indicator, periods: list[str]) -> str:
    """ "run 12: first values of 2023, 27 values added, 3 revised by 0.4 % of GDP on
    average, most in EL30 for 2019 (1.2 → 1.6)".
    """
    change = item.revision
    parts = []
    if periods:
        text = periods[0] if len(periods) == 1 else f"{periods[0]} – {periods[-1]}"
        parts.append(_("first values of %(periods)s") % {"periods": text})
    if change.added:
        words = ngettext("%(n)d value added", "%(n)d values added", change.added)
        parts.append(words % {"n": change.added})
    if change.changed:
        mean = format_number(change.mean_absolute or 0.0, indicator.decimals)
        words = ngettext(
            "%(n)d value revised, by %(mean)s %(unit)s",
            "%(n)d values revised, by %(mean)s %(unit)s on average",
            change.changed,
        )
        parts.append(
            words % {"n": change.changed, "mean": mean, "unit": indicator.unit}
        )
        parts += [_moved(move, indicator) for move in change.moves[:1]]
    if change.removed:
        words = ngettext("%(n)d value removed", "%(n)d values removed", change.removed)
        parts.append(words % {"n": change.removed})
    return _("run %(run)d: %(what)s") % {"run": item.run.pk, "what": ", ".join(parts)}


def _moved(move: Move, indicator: Indicator) -> str:
    words = _("most in %(geo)s for %(period)s (%(old)s → %(new)s)")
    return words % {
        "geo": move.geo,
        "period": move.time_period,
        "old": format_number(move.old, indicator.decimals),
        "new": format_number(move.new, indicator.decimals),
    }


def _loaded(new: int, revised: int, run: int) -> str:
    parts = []
    if new:
        parts.append(ngettext("%(n)d new series", "%(n)d new series", new) % {"n": new})
    if revised:
        words = ngettext(
            "%(n)d series with new or revised values",
            "%(n)d series with new or revised values",
            revised,
        )
        parts.append(words % {"n": revised})
    return _("run %(run)d: %(what)s") % {"run": run, "what": ", ".join(parts)}
