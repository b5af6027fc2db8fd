"""Lines over time: gaps stay open, a break in series opens one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import plotly.graph_objects as go

from dashboards.figures.template import (
    ACCENT,
    CATEGORIES,
    INK_2,
    MARKS_ONLY,
    ME,
    PAPER,
    blank_figure,
)
from indicators.analysis.rounding import format_number

# A last value so flagged may still change: its marker is hollow.
UNCERTAIN = frozenset("pefu")
_STYLES = {"me": (ME, 3.25), "country": (INK_2, 2.25), "eu": (ACCENT, 2.25)}
CONVERTED_DASH = "6px 4px"
MAX_LABEL = 20
LABEL_HEIGHT = 30
TOP_MARGIN, BOTTOM_MARGIN = 16, 32


@dataclass(frozen=True, slots=True)
class Point:
    """One observation; ``flag_words`` say the flags in the reader's language.

    ``is_converted``: computed from regions of another NUTS version.
    ``is_new_territory``: of another territory than the value before.
    """

    period: str
    value: float | None
    status: str
    flag_words: str
    is_converted: bool = False
    is_new_territory: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; ``role`` is me, country, eu or region (one of several)."""

    code: str
    name: str
    role: str
    points: tuple[Point, ...]


def trend_figure(
    lines: Sequence[Line], *, unit: str, decimals: int, height: int = 320
) -> go.Figure:
    """One line each with its name at the right end; the y axis includes zero."""
    first, last = _period_range(lines)
    step = _tick_step(last - first)
    figure = blank_figure(
        height=height,
        margin={"l": 52, "r": 150, "t": TOP_MARGIN, "b": BOTTOM_MARGIN},
        narrow={"margin.r": 118, "margin.l": 42, "xaxis.dtick": 2 * step},
    )
    colours = iter(CATEGORIES)
    drawn = [
        (line, *(_STYLES.get(line.role) or (next(colours), 2.5))) for line in lines
    ]
    for line, colour, width in reversed(drawn):
        _add_line(figure, line, colour, width, unit=unit, decimals=decimals)
    low, top = _value_range(lines)
    scale = (height - TOP_MARGIN - BOTTOM_MARGIN) / (top - low)
    ends = [(line, colour) for line, colour, _width in drawn]
    _add_end_labels(figure, ends, decimals, scale=scale, low=low, top=top)
    figure.update_yaxes(range=[low, top], separatethousands=True)
    figure.update_xaxes(
        type="linear",
        range=[first - 0.25, last + 0.25],
        dtick=step,
        tickangle=0,
        tick0=last,
        tickformat="d",
    )
    return figure


def _value_range(lines: Sequence[Line]) -> tuple[float, float]:
    """From zero (or the lowest negative value) to a little above the highest."""
    values = [p.value for line in lines for p in line.points if p.value is not None]
    low, top = min([0.0, *values]), max([0.0, *values])
    return (low * 1.08, top * 1.08) if top > low else (0.0, 1.0)


def _period_range(lines: Sequence[Line]) -> tuple[int, int]:
    """First and last year with a value in any line."""
    years = [
        int(p.period) for line in lines for p in line.points if p.value is not None
    ]
    return (min(years), max(years)) if years else (0, 1)


def segments(points: Sequence[Point]) -> list[list[Point]]:
    """Runs of consecutive values; a missing one or a break starts another.

    A break is one the publisher flags (b), or one where the territory changes.
    """
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
            continue
        if ("b" in point.status or point.is_new_territory) and runs[-1]:
            runs.append([])
        runs[-1].append(point)
    return [run for run in runs if run]


def strokes(run: Sequence[Point]) -> list[tuple[bool, list[Point]]]:
    """A run in parts of one style; True is dashed: from or to a converted value.

    A value between two styles is in both parts, so that no gap opens.
    """
    if len(run) == 1:
        return [(run[0].is_converted, list(run))]
    styled = groupby(pairwise(run), lambda pair: any(p.is_converted for p in pair))
    parts = [(is_dashed, list(pairs)) for is_dashed, pairs in styled]
    return [
        (is_dashed, [pairs[0][0], *(later for _earlier, later in pairs)])
        for is_dashed, pairs in parts
    ]


def _add_line(
    figure: go.Figure,
    line: Line,
    colour: str,
    width: float,
    *,
    unit: str,
    decimals: int,
) -> None:
    """A solid trace, and where values were converted a dashed one with open marks."""
    runs = segments(line.points)
    alone = {id(run[0]) for run in runs if len(run) == 1}
    styled = [part for run in runs for part in strokes(run)]
    for is_dashed in (False, True):
        parts = [points for style, points in styled if style == is_dashed]
        if not parts:
            continue
        flat = [point for part in parts for point in [*part, None]]
        mine = [p if p and p.is_converted == is_dashed else None for p in flat]
        last = runs[-1][-1]
        marks = [_mark(p, is_last=p is last, is_alone=id(p) in alone) for p in mine]
        figure.add_scatter(
            x=[int(p.period) if p else None for p in flat],
            y=[p.value if p else None for p in flat],
            text=[_hover(line, p, unit, decimals) if p else "" for p in flat],
            mode="lines+markers",
            line={"color": colour, "width": width}
            | ({"dash": CONVERTED_DASH} if is_dashed else {}),
            marker={
                "size": [size for size, _is_hollow in marks],
                "opacity": 1,
                "color": [PAPER if is_hollow else colour for _size, is_hollow in marks],
                "line": {"color": colour, "width": 2},
            },
            connectgaps=False,
            hovertemplate="%{text}<extra></extra>",
            name=line.name,
            cliponaxis=False,
        )


def _mark(point: Point | None, *, is_last: bool, is_alone: bool) -> tuple[int, bool]:
    """Size of a value's marker, and whether it is hollow."""
    if point is None:
        return 0, False
    if point.is_converted:
        return (8 if is_last else 5), True
    if is_last:
        return 8, bool(UNCERTAIN & set(point.status))
    return (6 if is_alone else 0), False


def _hover(line: Line, point: Point, unit: str, decimals: int) -> str:
    value = format_number(point.value or 0.0, decimals)
    text = f"<b>{line.name}</b><br>{value} {unit}, {point.period}"
    return f"{text}<br>{point.flag_words}" if point.flag_words else text


def _add_end_labels(
    figure: go.Figure,
    lines: Sequence[tuple[Line, str]],
    decimals: int,
    *,
    scale: float,
    low: float,
    top: float,
) -> None:
    """Names and last values at the lines' ends, moved apart where they would meet.

    ``scale`` is pixels per unit of the y axis, ``low`` and ``top`` its ends.
    """
    ends = [
        (line, colour, runs[-1][-1])
        for line, colour in lines
        if (runs := segments(line.points))
    ]
    ends.sort(key=lambda end: -(end[2].value or 0))
    half = LABEL_HEIGHT / 2
    places = apart(
        [(point.value or 0.0) * scale for _line, _colour, point in ends],
        low=low * scale + half,
        high=top * scale + TOP_MARGIN - half,
    )
    for (line, colour, point), place in zip(ends, places, strict=True):
        value = point.value or 0.0
        figure.add_annotation(
            x=int(point.period),
            y=value,
            text=(
                f"<b>{_short(line.name)}</b><br>"
                f"{format_number(value, decimals)} ({point.period})"
            ),
            font={"color": INK_2 if colour in MARKS_ONLY else colour, "size": 12},
            showarrow=False,
            xanchor="left",
            align="left",
            xshift=9,
            yshift=place - value * scale,
        )


def apart(wanted: Sequence[float], *, low: float, high: float) -> list[float]:
    """Heights of labels near those wanted, LABEL_HEIGHT apart, from low to high.

    Pixels, upwards, highest first, as given. More labels than fit stand closer.
    """
    gap = min(LABEL_HEIGHT, (high - low) / max(len(wanted) - 1, 1))
    places: list[float] = []
    for i, place in enumerate(wanted):
        ceiling = places[-1] - gap if i else high
        # Room is kept for the labels below, so that the last one stays inside.
        floor = low + gap * (len(wanted) - 1 - i)
        places.append(max(min(place, ceiling), floor))
    return places


def _short(name: str) -> str:
    return name if len(name) <= MAX_LABEL else f"{name[: MAX_LABEL - 1]}…"


def _tick_step(span: int) -> int:
    return 1 if span <= 6 else 2 if span <= 14 else 5
