"""How unequal regions are: a histogram of one indicator in one year."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.conversion_words import weight_of
from dashboards.exhibits.base import Exhibit, figure_url, source_lines
from dashboards.exhibits.standings import YearView, extremes, standing_table, year_view
from dashboards.figures.distribution import distribution_figure
from dashboards.overview import Overview


def distribution_exhibit(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> Exhibit:
    """Number of EU regions per step of the indicator."""
    view = year_view(query, overview=overview)
    indicator = view.indicator
    return Exhibit(
        kind="distribution",
        query=view.query,
        question=_("How unequal is it?"),
        subtitle=_("Number of EU regions by %(name)s, %(unit)s, %(year)s.")
        % {"name": indicator.name, "unit": indicator.unit, "year": view.period},
        summary=f"{_half(view)} {extremes(view)}",
        table=standing_table(
            view, address=figure_url("distribution", view.query), rows=view.ranked
        ),
        figure=lambda: _figure(view),
        sources=source_lines(indicator),
        indicator=indicator,
        weight=weight_of(view.overview.frame),
        note=_half(view),
    )


def _half(view: YearView) -> str:
    median = view.overview.median(view.period)
    if median is None:
        return ""
    return _("Half of the %(n)d regions lie below %(median)s.") % {
        "n": len(view.ranked),
        "median": wording.value_text(median, view.indicator),
    }


def _figure(view: YearView) -> go.Figure:
    mine = view.my_row
    median = view.overview.median(view.period) or 0.0
    value = mine.value if mine else None
    return distribution_figure(
        view.overview.eu_values(view.period).tolist(),
        limits=view.limits("quantile"),
        unit=view.indicator.unit_short or view.indicator.unit,
        decimals=view.indicator.decimals,
        median=median,
        median_label=_("Median %(value)s")
        % {"value": wording.number(median, view.indicator.decimals)},
        mine=value,
        mine_label=f"{mine.name} {wording.number(value, view.indicator.decimals)}"
        if mine and value is not None
        else "",
        count_label=_("regions"),
    )
