"""Events of the figures: which run brought new values, and how much it revised."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.analysis.rounding import format_number
from indicators.history import RunRevision, revision_history
from indicators.models import Indicator, Vintage
from indicators.reading import Reading
from regions.models import Region
from watches.digests import Event, Topic
from watches.records import MOST, Span


def figures_of_indicator(indicator: Indicator, span: Span) -> Iterator[Event]:
    """One event for each run that changed the indicator."""
    history = revision_history(indicator, reading=Reading(settings.NUTS_VERSION))
    for item in history:
        if span.since < item.moment <= span.until:
            yield Event(
                item.moment,
                Topic.FIGURES,
                indicator.name,
                _revised(item, indicator),
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


def _revised(item: RunRevision, indicator: Indicator) -> str:
    """ "run 12: 27 values added, 3 revised by 0.4 % of GDP on average"."""
    change = item.revision
    parts = [
        ngettext("%(n)d value added", "%(n)d values added", change.added)
        % {"n": change.added}
    ]
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
    if change.removed:
        words = ngettext("%(n)d value removed", "%(n)d values removed", change.removed)
        parts.append(words % {"n": change.removed})
    return _("run %(run)d: %(what)s") % {"run": item.run.pk, "what": ", ".join(parts)}


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
