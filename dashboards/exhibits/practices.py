"""Where practices come from."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.counts import CountMap, RegionCount, counts_exhibit
from practices.facets import region_rows
from practices.listing import PRACTICES
from practices.models import GoodPractice
from sources.facets import encode


def practices_exhibit(query: Mapping[str, Any]) -> Exhibit:
    """Number of practices by region, of those that the query finds."""
    found = PRACTICES.narrowed(GoodPractice.objects.public(), query)
    filters = {name: query.get(name) for name in PRACTICES.own if name != "sort"}
    counts = [_count(row, filters) for row in _by_region(found)]
    return counts_exhibit(
        CountMap(
            kind="practices",
            query={**filters, "layout": query.get("layout")},
            question=_("Where do the practices come from?"),
            subtitle=_("Number of good practices, by region"),
            summary=_("Map of %(total)d good practices from %(regions)d regions.")
            % {"total": found.count(), "regions": len(counts)},
            counted=_("Good practices"),
            note=_("A practice that names several regions counts in each of them."),
        ),
        counts,
    )


def _by_region(found: Any) -> Any:
    return (
        region_rows()
        .filter(goodpractice__in=found.order_by().values("pk"))
        .order_by("region__code")
        .values("region__code", "region__name", "region__country")
        .annotate(number=Count("goodpractice", distinct=True))
    )


def _count(row: Mapping[str, Any], filters: Mapping[str, Any]) -> RegionCount:
    code, number = row["region__code"], row["number"]
    words = ngettext("%(number)d practice", "%(number)d practices", number)
    query = encode({**filters, "region": [code]})
    return RegionCount(
        code,
        row["region__name"],
        row["region__country"],
        number,
        words % {"number": number},
        f"{reverse('practices:index')}?{query}",
    )
