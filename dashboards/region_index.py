"""What the page of all regions shows: funnel, map, sortable table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards import forms, geometry
from dashboards.exhibits.base import all_indicators, overview_of
from dashboards.exhibits.lookup import indicator_of, with_covered_year
from dashboards.exhibits.maps import map_exhibit
from dashboards.exhibits.standings import YearView, year_view
from dashboards.overview import Standing
from dashboards.series_choice import series_choice
from indicators.forms import address_params, reading_of
from indicators.models import Indicator
from regions.atlas import Atlas, Territory
from sources.queryforms import InvalidQuery, ParameterError

DEFAULT_ORDER = {"value": "desc", "name": "asc", "code": "asc"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column one can sort by: its state for screen readers, and its address."""

    label: str
    unit: str
    aria_sort: str
    url: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A country of the funnel with its NUTS 1 parts and their NUTS 2 regions."""

    country: Territory
    parts: list[tuple[Territory, list[Territory]]]


def region_index(query: Mapping[str, Any]) -> dict[str, Any]:
    """Context of ``/regions/``."""
    overview = overview_of(indicator_of(query), reading=reading_of(query))
    query, absent_year = with_covered_year(query, overview)
    view = year_view(query, overview=overview)
    atlas = view.overview.atlas
    country = checked_country(query["country"], atlas)
    rows = [row for row in view.rows if not country or row.country == country]
    order = query["order"] or default_order(query["sort"], view)
    return {
        "query": query,
        "view": view,
        "absent_year": absent_year,
        "indicators": all_indicators(),
        "exhibit": map_exhibit(query, overview=view.overview),
        "rows": sorted_rows(rows, query["sort"], order),
        "headings": headings(query, order, view.indicator),
        "countries": sorted(atlas.at_level(0), key=lambda item: item.label),
        "branch": branch(country, atlas) if country else None,
        "layouts": layouts(atlas.version),
        "versions": forms.VERSIONS,
        "largest": max((row.value or 0 for row in rows), default=0),
        "choice": series_choice([view.overview.frame], view.overview.reading),
    }


def checked_country(code: str, atlas: Atlas) -> str:
    """The country asked for, "" for all of them; refuses a code that is none."""
    known = tuple(item.code for item in atlas.at_level(0))
    if code and code not in known:
        detail = _("There is no country %(code)s in NUTS %(version)d.")
        said = {"code": code, "version": atlas.version}
        raise InvalidQuery([ParameterError("country", detail % said, known)])
    return code


def default_order(sort: str, view: YearView) -> str:
    """Best first: the lowest unemployment, the highest R&D."""
    if sort == "value" and view.overview.direction == "lower":
        return "asc"
    return DEFAULT_ORDER[sort]


def sorted_rows(rows: list[Standing], sort: str, order: str) -> list[Standing]:
    """Regions without a value stay last in either order."""
    if sort != "value":
        return sorted(
            rows, key=lambda row: getattr(row, sort).casefold(), reverse=order == "desc"
        )
    known = [row for row in rows if row.value is not None]
    known.sort(key=lambda row: row.value or 0, reverse=order == "desc")
    return [*known, *(row for row in rows if row.value is None)]


def headings(
    query: Mapping[str, Any], order: str, indicator: Indicator
) -> list[Heading]:
    """Links that sort; the one in force turns round."""
    names = {
        "name": (_("Region"), ""),
        "code": (_("Code"), ""),
        "value": (indicator.name, f"{indicator.unit}"),
    }
    states = {"asc": "ascending", "desc": "descending"}
    found = []
    for key, (label, unit) in names.items():
        current = query["sort"] == key
        turned = {"asc": "desc", "desc": "asc"}[order]
        params = address_params(query)
        params |= {"sort": key, "order": turned if current else DEFAULT_ORDER[key]}
        url = f"{reverse('regions:index')}?{urlencode(params)}#table"
        found.append(Heading(label, unit, states[order] if current else "none", url))
    return found


def branch(country: str, atlas: Atlas) -> Branch:
    return Branch(
        atlas[country],
        [(part, atlas.children(part.code)) for part in atlas.children(country)],
    )


def layouts(version: int) -> list[tuple[str, Any]]:
    """The layouts that can be drawn now."""
    drawable = geometry.has_boundaries(version)
    return [
        item for item in forms.LAYOUTS if drawable or item[0] != geometry.BOUNDARIES
    ]
