"""How many records regions have, on the portal's one map; the same as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards import geometry
from dashboards.exhibits.base import Exhibit, figure_url
from dashboards.exhibits.maps import LegendEntry, checked_layout
from dashboards.figures.classes import class_of, quantile_limits
from dashboards.figures.map import Shape, class_colours, map_figure
from dashboards.wording import span
from regions.countries import country_name
from sources.tables import Column, Table

COLOUR_NAMES = {colour: f"q{i + 1}" for i, colour in enumerate(class_colours(5))}


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A region with its number of records; ``url`` is where a click leads."""

    code: str
    name: str
    country: str
    count: int
    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CountMap:
    """What a map of numbers is called; ``query`` asks for it again."""

    kind: str
    query: Mapping[str, Any]
    question: str
    subtitle: str
    summary: str
    counted: str
    mine: str = ""
    note: str = ""


def counts_exhibit(about: CountMap, counts: Sequence[RegionCount]) -> Exhibit:
    """Regions in classes by number; those without any are hatched, never coloured.

    Regions that today's level 2 does not have are in the table only.
    """
    version = settings.NUTS_VERSION
    layout = checked_layout(about.query.get("layout") or "", version)
    limits = quantile_limits([item.count for item in counts])
    drawn = geometry.outlines(version, layout)
    elsewhere = sum(item.code not in drawn for item in counts)
    return Exhibit(
        kind=about.kind,
        query=about.query,
        question=about.question,
        subtitle=about.subtitle,
        summary=about.summary,
        table=_table(about, counts),
        figure=lambda: _figure(counts, drawn, limits, mine=about.mine),
        sources=(),
        note=" ".join(filter(None, (about.note, _elsewhere(elsewhere)))),
        legend=_legend(counts, limits),
    )


def _figure(
    counts: Sequence[RegionCount],
    drawn: Mapping[str, geometry.Outline],
    limits: Sequence[float],
    *,
    mine: str,
) -> go.Figure:
    by_code = {item.code: item for item in counts}
    shapes = [
        _shape(code, outline, by_code.get(code), limits)
        for code, outline in drawn.items()
    ]
    return map_figure(shapes, classes=len(limits), mine=mine)


def _shape(
    code: str,
    outline: geometry.Outline,
    item: RegionCount | None,
    limits: Sequence[float],
) -> Shape:
    if item is None:
        hover, place, url = f"{code}<br>{_('none held here')}", None, ""
    else:
        hover = f"<b>{escape(item.name)}</b> {code}<br>{escape(item.words)}"
        place, url = class_of(item.count, list(limits)), item.url
    return Shape(
        code=code,
        rings=outline.rings,
        centre=outline.centre,
        class_index=place,
        hover=hover,
        url=url,
    )


def _legend(
    counts: Sequence[RegionCount], limits: Sequence[float]
) -> list[LegendEntry]:
    if not counts:
        return []
    lows = [min(item.count for item in counts), *(int(top) + 1 for top in limits[:-1])]
    palette = class_colours(len(limits))
    entries = [
        LegendEntry(
            COLOUR_NAMES[palette[i]],
            str(low) if low == top else span(str(low), str(int(top))),
        )
        for i, (low, top) in enumerate(zip(lows, limits, strict=True))
    ]
    return [*entries, LegendEntry("nd", _("None held here"))]


def _elsewhere(number: int) -> str:
    if not number:
        return ""
    words = ngettext(
        "Not drawn, but in the table: %(number)d territory that is no level-2 region "
        "of NUTS %(version)d.",
        "Not drawn, but in the table: %(number)d territories that are no level-2 "
        "regions of NUTS %(version)d.",
        number,
    )
    return words % {"number": number, "version": settings.NUTS_VERSION}


def _table(about: CountMap, counts: Sequence[RegionCount]) -> Table:
    return Table(
        title=about.question,
        columns=[
            Column("geo", _("Code")),
            Column("name", _("Region")),
            Column("country", _("Country")),
            Column("number", about.counted, kind="integer"),
        ],
        rows=[
            {
                "geo": item.code,
                "name": item.name,
                "country": country_name(item.country),
                "number": item.count,
            }
            for item in sorted(counts, key=lambda item: (-item.count, item.code))
        ],
        metadata=[
            (_("Counted"), about.subtitle),
            (_("Address of this view"), figure_url(about.kind, about.query)),
        ],
        filename_parts=[about.kind],
    )
