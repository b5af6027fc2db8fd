"""Who leads, and where my region stands."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

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
from dashboards.figures.ranking import Bar, ranking_figure
from dashboards.overview import Overview, Standing

TOP, AROUND, BOTTOM = 10, 2, 3


def ranking_exhibit(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> Exhibit:
    """The first ten, the last three, and my region with its neighbours."""
    view = year_view(query, overview=overview)
    indicator = view.indicator
    shown = excerpt(view)
    return Exhibit(
        kind="ranking",
        query=view.query,
        question=_("Where does my region stand?") if view.mine else _("Who is first?"),
        subtitle=_("%(shown)d of %(all)d EU regions by %(name)s, %(unit)s, %(year)s.")
        % {
            "shown": len(shown),
            "all": len(view.ranked),
            "name": indicator.name,
            "unit": indicator.unit,
            "year": view.period,
        },
        summary=extremes(view),
        table=standing_table(
            view, address=figure_url("ranking", view.query), rows=view.ranked
        ),
        figure=lambda: _figure(view, shown),
        sources=source_lines(indicator),
        indicator=indicator,
        weight=weight_of(view.overview.frame),
        note=converted_note(view, shown, _("Hatched:")),
    )


def excerpt(view: YearView) -> list[Standing]:
    """The rows worth a bar; all of them when they are few."""
    ranked = view.ranked
    if len(ranked) <= TOP + BOTTOM + 2 * AROUND + 1:
        return ranked
    wanted = {*range(TOP), *range(len(ranked) - BOTTOM, len(ranked))}
    place = next((i for i, row in enumerate(ranked) if row.code == view.mine), None)
    if place is not None:
        wanted |= {*range(max(place - AROUND, 0), min(place + AROUND + 1, len(ranked)))}
    return [ranked[i] for i in sorted(wanted)]


def _figure(view: YearView, rows: list[Standing]) -> go.Figure:
    bars = [
        Bar(
            code=row.code,
            name=f"{row.rank}. {row.name}",
            value=row.value or 0.0,
            note=words(row, view.indicator),
            url=region_address(row.code, view.overview.reading),
            is_mine=row.code == view.mine,
            is_converted=row.is_converted,
        )
        for row in rows
    ]
    return ranking_figure(
        bars,
        unit=view.indicator.unit_short,
        decimals=view.indicator.decimals,
        median=view.overview.median(view.period),
        median_label=_("Median"),
    )
