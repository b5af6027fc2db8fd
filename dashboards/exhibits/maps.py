"""All level-2 regions on a map, in classes; the same values as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import hypot
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from dashboards import geometry, wording
from dashboards.addresses import region_address
from dashboards.conversion_words import weight_of
from dashboards.exhibits.base import Exhibit, figure_url, source_lines
from dashboards.exhibits.standings import (
    YearView,
    converted_note,
    extremes,
    standing_table,
    words,
    year_view,
)
from dashboards.figures.classes import class_of
from dashboards.figures.map import Label, Shape, class_colours, map_figure
from dashboards.overview import Overview, Standing
from regions.gisco import NOTICE
from sources.queryforms import InvalidQuery, ParameterError

# How far above a shape its label stands, and how much room it needs, in map units.
LABEL_PLACES = {geometry.DORLING: (11.0, 8.0), geometry.TILE: (0.5, 0.3)}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A class of the map; ``index`` picks the colour (None: no value)."""

    css: str
    text: str


def map_exhibit(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> Exhibit:
    """Five classes of EU regions; regions outside the EU take the same classes."""
    view = year_view(query, overview=overview)
    layout = checked_layout(query.get("layout") or "", view.overview.atlas.version)
    classes = query.get("classes") or "quantile"
    limits = view.limits(classes)
    indicator = view.indicator
    asked = view.query | {"layout": layout, "classes": classes}
    return Exhibit(
        kind="map",
        query=asked,
        question=indicator.question,
        subtitle=_("%(name)s, %(unit)s, %(year)s. %(covered)s.")
        % {
            "name": indicator.name,
            "unit": indicator.unit,
            "year": view.period,
            "covered": view.covered,
        },
        summary=_("Map of %(name)s in %(year)s by region. %(extremes)s")
        % {"name": indicator.name, "year": view.period, "extremes": extremes(view)},
        table=standing_table(view, address=figure_url("map", asked)),
        figure=lambda: _figure(view, layout, limits),
        sources=source_lines(indicator),
        indicator=indicator,
        weight=weight_of(view.overview.frame),
        note=" ".join(filter(None, (_note(layout), _converted(view)))),
        legend=_legend(view, limits),
    )


def checked_layout(asked: str, version: int) -> str:
    """The layout asked for, or the usual one; refuses what cannot be drawn yet."""
    if asked == geometry.BOUNDARIES and not geometry.has_boundaries(version):
        raise InvalidQuery(
            [
                ParameterError(
                    "layout",
                    _("No boundaries are loaded: run manage.py fetch gisco-nuts."),
                    (geometry.DORLING, geometry.TILE),
                )
            ]
        )
    return asked or geometry.default_layout(version)


def _figure(view: YearView, layout: str, limits: list[float]) -> go.Figure:
    outlines = geometry.outlines(view.overview.atlas.version, layout)
    rows = [row for row in view.rows if row.code in outlines]
    if layout != geometry.BOUNDARIES:
        shown = view.overview.reporting_countries
        rows = [row for row in rows if row.country in shown]
    shapes = {row.code: outlines[row.code] for row in rows}
    return map_figure(
        [_shape(row, shapes[row.code], view, layout, limits) for row in rows],
        classes=len(limits),
        labels=_labels(view, shapes, layout),
        mine=view.mine,
    )


def _shape(
    row: Standing,
    outline: geometry.Outline,
    view: YearView,
    layout: str,
    limits: list[float],
) -> Shape:
    return Shape(
        code=row.code,
        rings=outline.rings,
        centre=outline.centre,
        class_index=None if row.value is None else class_of(row.value, limits),
        # Plotly reads a little HTML in hover texts; names are data.
        hover=f"<b>{escape(row.name)}</b> {row.code}<br>{words(row, view.indicator)}",
        url=region_address(row.code, view.overview.reading),
        label=row.code[2:] if layout == geometry.TILE else "",
        is_converted=row.is_converted,
    )


def _labels(
    view: YearView, shapes: Mapping[str, geometry.Outline], layout: str
) -> list[Label]:
    """Country codes above the topmost shape of each country, where there is room."""
    if layout == geometry.BOUNDARIES:
        return []
    rise, room = LABEL_PLACES[layout]
    tops: dict[str, tuple[float, float]] = {}
    for code, outline in shapes.items():
        country = view.overview.atlas[code].country
        top = outline.centre[0], max(point[1] for point in outline.rings[0])
        if country not in tops or top[1] > tops[country][1]:
            tops[country] = top
    places = {country: (x, y + rise) for country, (x, y) in tops.items()}
    return [
        Label(country, place)
        for country, place in places.items()
        if not any(_covers(outline, place, room) for outline in shapes.values())
    ]


def _covers(outline: geometry.Outline, place: tuple[float, float], room: float) -> bool:
    """Whether a shape reaches into the room a label needs."""
    x, y = outline.centre
    radius = max(point[0] for point in outline.rings[0]) - x
    return hypot(x - place[0], y - place[1]) < radius + room


def _legend(view: YearView, limits: list[float]) -> list[LegendEntry]:
    values = view.overview.eu_values(view.period)
    if not limits:
        return []
    decimals = view.indicator.decimals
    lower = [float(values.min()), *limits[:-1]]
    palette = class_colours(len(limits))
    names = {colour: f"q{i + 1}" for i, colour in enumerate(class_colours(5))}
    entries = [
        LegendEntry(
            names[palette[i]],
            wording.span(wording.number(low, decimals), wording.number(high, decimals)),
        )
        for i, (low, high) in enumerate(zip(lower, limits, strict=True))
    ]
    return [*entries, LegendEntry("nd", _("No data or confidential"))]


def _converted(view: YearView) -> str:
    return converted_note(view, view.rows, _("Dotted outline:"))


def _note(layout: str) -> str:
    if layout == geometry.BOUNDARIES:
        return _("Outermost regions are in the table. %(notice)s") % {"notice": NOTICE}
    if layout == geometry.TILE:
        return _(
            "One tile per region, placed as near its true neighbours as a grid allows; "
            "read no distance or size from it. Countries without any figure are left "
            "out."
        )
    return _(
        "Circles are sized by population and moved apart so that none hides another; "
        "read no distance from them. Countries for which the source has no figure in "
        "any year are not drawn."
    )
