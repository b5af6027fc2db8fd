"""Where the organisations are: their number by region, narrowed as the list is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.counts import CountMap, RegionCount, counts_exhibit
from projects.organisations import ORGANISATIONS, public_organisations
from sources.facets import encode


def organisations_exhibit(query: Mapping[str, Any]) -> Exhibit:
    """Number of organisations by region, of those that the query finds."""
    found = ORGANISATIONS.narrowed(public_organisations(), query)
    filters = {name: query.get(name) for name in ORGANISATIONS.own if name != "sort"}
    rows = (
        found.filter(region__isnull=False)
        .order_by("region__code")
        .values("region__code", "region__name", "region__country")
        .annotate(number=Count("pk", distinct=True))
    )
    counts = [_count(row, filters) for row in rows]
    return counts_exhibit(
        CountMap(
            kind="organisations",
            query={**filters, "layout": query.get("layout")},
            question=_("Where are the organisations?"),
            subtitle=_("Number of organisations held here, by region of their seat"),
            summary=_("Map of %(total)d organisations in %(regions)d regions.")
            % {
                "total": sum(item.count for item in counts),
                "regions": len(counts),
            },
            counted=_("Organisations"),
            note=_("An organisation whose region is not known is not counted here."),
        ),
        counts,
    )


def _count(row: Mapping[str, Any], filters: Mapping[str, Any]) -> RegionCount:
    code, number = row["region__code"], row["number"]
    words = ngettext("%(number)d organisation", "%(number)d organisations", number)
    query = encode({**filters, "region": [code]})
    return RegionCount(
        code,
        row["region__name"],
        row["region__country"],
        number,
        words % {"number": number},
        f"{reverse('organisations:index')}?{query}",
    )
