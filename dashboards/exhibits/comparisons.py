"""A few regions side by side in one year."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.addresses import region_address
from dashboards.conversion_words import weight_of
from dashboards.exhibits.base import Exhibit, figure_url, source_lines
from dashboards.exhibits.lookup import checked_regions
from dashboards.exhibits.standings import (
    YearView,
    converted_note,
    standing_table,
    words,
    year_view,
)
from dashboards.figures.ranking import Bar, comparison_figure
from dashboards.overview import Overview, Standing


def comparison_exhibit(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> Exhibit:
    """Bars for up to six regions, in the order asked for."""
    one = {**query, "region": ""}
    view = year_view(one, overview=overview)
    codes = checked_regions(query["region"], view.overview)
    rows = [view.overview.standing_of(code, view.period) for code in codes]
    indicator = view.indicator
    asked = view.query | {"region": codes}
    return Exhibit(
        kind="comparison",
        query=asked,
        question=indicator.question,
        subtitle=f"{indicator.name}, {indicator.unit}, {view.period}",
        summary=" ".join(_sentence(row, view) for row in rows),
        table=standing_table(view, address=figure_url("comparison", asked), rows=rows),
        figure=lambda: _figure(view, rows),
        sources=source_lines(indicator),
        indicator=indicator,
        weight=weight_of(view.overview.frame),
        note=" ".join(
            filter(None, (_note(rows), converted_note(view, rows, _("Hatched:"))))
        ),
    )


def _sentence(row: Standing, view: YearView) -> str:
    value = (
        wording.value_text(row.value, view.indicator)
        if row.value is not None
        else wording.absent_words(row.confidential)
    )
    return f"{row.name}: {value}."


def _note(rows: list[Standing]) -> str:
    absent = [row.name for row in rows if row.value is None]
    if not absent:
        return ""
    return _("No figure for %(regions)s in this year.") % {"regions": ", ".join(absent)}


def _figure(view: YearView, rows: list[Standing]) -> go.Figure:
    bars = [
        Bar(
            code=row.code,
            name=row.name,
            value=row.value,
            note=words(row, view.indicator),
            url=region_address(row.code, view.overview.reading),
            is_converted=row.is_converted,
        )
        for row in rows
        if row.value is not None
    ]
    return comparison_figure(
        bars, unit=view.indicator.unit_short, decimals=view.indicator.decimals
    )
