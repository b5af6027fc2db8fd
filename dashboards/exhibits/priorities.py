"""Where the priorities are: their number by region, narrowed as the list is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.counts import CountMap, RegionCount, counts_exhibit
from sources.facets import encode
from strategies.listing import PRIORITIES
from strategies.models import Priority

SCHEME = (
    "A strategy counts at the territory that declares it, not in its parts. Only "
    "strategies held here: a hatched region may well have one."
)


def priorities_exhibit(query: Mapping[str, Any]) -> Exhibit:
    """Number of priorities by region, of those that the query finds."""
    found = PRIORITIES.narrowed(Priority.objects.public(), query)
    filters = {name: query.get(name) for name in PRIORITIES.own if name != "sort"}
    counts = [_count(row, filters) for row in _by_region(found)]
    return counts_exhibit(
        CountMap(
            kind="priorities",
            query={**filters, "layout": query.get("layout")},
            question=_("Which regions have such priorities?"),
            subtitle=_("Number of priorities of the strategies held here, by region"),
            summary=_("Map of %(total)d priorities in %(regions)d territories.")
            % {
                "total": sum(item.count for item in counts),
                "regions": len(counts),
            },
            counted=_("Priorities"),
            note=_(SCHEME),
        ),
        counts,
    )


def _by_region(found: Any) -> Any:
    return (
        found.filter(strategy__region__isnull=False)
        .order_by("strategy__region__code")
        .values(
            "strategy__region__code",
            "strategy__region__name",
            "strategy__region__country",
        )
        .annotate(number=Count("pk", distinct=True))
    )


def _count(row: Mapping[str, Any], filters: Mapping[str, Any]) -> RegionCount:
    code, number = row["strategy__region__code"], row["number"]
    words = ngettext("%(number)d priority", "%(number)d priorities", number)
    query = encode({**filters, "region": [code]})
    return RegionCount(
        code,
        row["strategy__region__name"],
        row["strategy__region__country"],
        number,
        words % {"number": number},
        f"{reverse('strategies:priorities')}?{query}",
    )
