"""How an indicator has moved: one region against its country and the EU, or several."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.conversion_words import (
    MEANING,
    NEW_TERRITORY,
    cell_text,
    conversion_columns,
    conversion_note,
    conversion_rows,
    weight_of,
)
from dashboards.exhibits.base import (
    Exhibit,
    figure_url,
    metadata,
    overview_of,
    source_lines,
    value_columns,
)
from dashboards.exhibits.lookup import checked_regions, indicator_of
from dashboards.figures.trend import Line, Point, trend_figure
from dashboards.overview import Overview
from indicators.forms import reading_of, reading_params
from indicators.frames import Observation
from sources.tables import Column, Table

EU = "EU27_2020"
# A yearly median of fewer regions says more about who reports than about Europe.
MIN_MEDIAN_REGIONS = 180


def trend_exhibit(
    query: Mapping[str, Any], *, overview: Overview | None = None
) -> Exhibit:
    """Lines over all years; a single region comes with its country and the EU."""
    if overview is None:
        overview = overview_of(indicator_of(query), reading=reading_of(query))
    regions = checked_regions(query["region"], overview)
    lines = _lines(overview, regions)
    indicator = overview.indicator
    asked = {
        "indicator": indicator.slug,
        "region": regions,
        **reading_params(overview.reading),
    }
    periods = overview.frame.periods
    span = wording.span(periods[0], periods[-1]) if periods else _("no data")
    return Exhibit(
        kind="trend",
        query=asked,
        question=_question(overview, regions),
        subtitle=f"{indicator.name}, {indicator.unit}, {span}",
        summary=_summary(overview, regions),
        table=_table(overview, lines, figure_url("trend", asked)),
        figure=lambda: _figure(overview, lines),
        sources=source_lines(indicator),
        indicator=indicator,
        weight=weight_of(overview.frame),
        note=" ".join(filter(None, (_note(lines), _territory_note(overview, lines)))),
    )  # fmt: skip


def _question(overview: Overview, regions: list[str]) -> str:
    if len(regions) > 1:
        return overview.indicator.question
    return _("How has %(indicator)s changed in %(region)s?") % {
        "indicator": _lower_first(overview.indicator.name),
        "region": overview.atlas.name(regions[0]),
    }


def _lower_first(name: str) -> str:
    """ "GDP per head" keeps its capitals; "Unemployment" loses its first one."""
    is_acronym = name[:2].isupper() or name[1:2] == "&"
    return name if is_acronym else name[0].lower() + name[1:]


def _lines(overview: Overview, regions: list[str]) -> list[Line]:
    single = len(regions) == 1
    lines = [_line(overview, code, "me" if single else "region") for code in regions]
    # A size (population, GDP) of the EU would flatten the region's own line to zero.
    if single and overview.direction != "neutral":
        country = overview.atlas[regions[0]].country
        if country != regions[0] and country in overview.frame.values.index:
            lines.append(_line(overview, country, "country"))
        lines.append(_eu_line(overview))
    return [line for line in lines if any(p.value is not None for p in line.points)]


def _line(overview: Overview, code: str, role: str) -> Line:
    return Line(
        code,
        overview.atlas.name(code),
        role,
        tuple(_point(item) for item in overview.frame.observations(code)),
    )


def _eu_line(overview: Overview) -> Line:
    if EU in overview.frame.values.index:
        points = [_point(item) for item in overview.frame.observations(EU)]
        return Line(EU, _("EU-27"), "eu", tuple(points))
    medians = {
        period: overview.median(period) if count >= MIN_MEDIAN_REGIONS else None
        for period, count in overview.coverage.items()
    }
    points = [Point(period, value, "", "") for period, value in medians.items()]
    return Line("EU-median", _("EU median region"), "eu", tuple(points))


def _point(item: Observation) -> Point:
    return Point(
        item.time_period,
        item.obs_value,
        item.obs_status,
        _words(item),
        item.is_converted,
        item.is_new_territory,
    )


def _words(item: Observation) -> str:
    """Flags, and what the portal has to say of the value's territory."""
    said = [
        wording.flag_words(item.obs_status),
        str(MEANING) if item.is_converted else "",
        str(NEW_TERRITORY) if item.is_new_territory else "",
    ]
    return ", ".join(text for text in said if text)


def _figure(overview: Overview, lines: list[Line]) -> go.Figure:
    indicator = overview.indicator
    return trend_figure(
        lines, unit=indicator.unit_short or indicator.unit, decimals=indicator.decimals
    )


def _table(overview: Overview, lines: list[Line], address: str) -> Table:
    indicator = overview.indicator
    confidentiality = {
        (line.code, item.time_period): item.conf_status
        for line in lines
        for item in overview.frame.observations(line.code)
    }
    rows = [
        {
            "geo": line.code,
            "name": line.name,
            "time_period": point.period,
            "obs_value": point.value,
            "obs_status": point.status,
            "conf_status": confidentiality.get((line.code, point.period), ""),
            "conversion": cell_text(overview.frame, line.code, point.period),
        }
        for line in lines
        for point in line.points
    ]
    codes = [line.code for line in lines if line.role in ("me", "region")]
    return Table(
        title=f"{indicator.name}: {', '.join(line.name for line in lines)}",
        columns=[
            Column("geo", _("Code")),
            Column("name", _("Region")),
            Column("time_period", _("Year")),
            *value_columns(indicator),
            *conversion_columns(overview.reading.is_converted),
        ],
        rows=rows,
        metadata=[
            *metadata([indicator], address, overview.reading),
            *conversion_rows(overview),
        ],
        filename_parts=[indicator.slug, *codes],
    )


def _summary(overview: Overview, regions: list[str]) -> str:
    parts = []
    for code in regions:
        known = [
            item
            for item in overview.frame.observations(code)
            if item.obs_value is not None
        ]
        name = overview.atlas.name(code)
        if not known:
            parts.append(_("%(region)s: no data.") % {"region": name})
            continue
        first, last = known[0], known[-1]
        parts.append(
            _("%(region)s: %(first)s in %(start)s, %(last)s in %(end)s.")
            % {
                "region": name,
                "first": wording.value_text(first.obs_value, overview.indicator),
                "start": first.time_period,
                "last": wording.value_text(last.obs_value, overview.indicator),
                "end": last.time_period,
            }
        )
    return " ".join(parts)


def _note(lines: list[Line]) -> str:
    notes = [_("A gap in a line is a year without a figure or a break in the series.")]
    if any(line.code == "EU-median" for line in lines):
        notes.append(
            _("The EU median region is drawn for years with at least %(n)d regions.")
            % {"n": MIN_MEDIAN_REGIONS}
        )
    return " ".join(notes)


def _territory_note(overview: Overview, lines: list[Line]) -> str:
    """Where a line changes territory, or was converted so that it does not."""
    frame = overview.frame
    notes = [
        _("%(region)s is of another territory from %(period)s on.")
        % {"region": line.name, "period": ", ".join(sorted(frame.breaks[line.code]))}
        for line in lines
        if line.code in frame.breaks
    ]
    converted = conversion_note(overview, [line.code for line in lines])
    if converted:
        notes.append(f"{_('Dashed with open circles:')} {converted}")
    return " ".join(notes)
