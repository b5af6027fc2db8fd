"""Lines over time: gaps stay open, a break in series opens one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

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
MAX_LABEL = 20
LABEL_HEIGHT = 30
TOP_MARGIN, BOTTOM_MARGIN = 16, 32


@dataclass(frozen=True, slots=True)
class Point:
    """One observation; ``flag_words`` say the flags in the reader's language."""

    period: str
    value: float | None
    status: str
    flag_words: str


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
    """Runs of consecutive values; a missing one or a break (flag b) starts another."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
            continue
        if "b" in point.status and runs[-1]:
            runs.append([])
        runs[-1].append(point)
    return [run for run in runs if run]


def _add_line(
    figure: go.Figure,
    line: Line,
    colour: str,
    width: float,
    *,
    unit: str,
    decimals: int,
) -> None:
    runs = segments(line.points)
    if not runs:
        return
    xs: list[int | None] = []
    ys: list[float | None] = []
    words: list[str] = []
    for run in runs:
        xs += [*(int(point.period) for point in run), None]
        ys += [*(point.value for point in run), None]
        words += [*(_hover(line, point, unit, decimals) for point in run), ""]
    alone = {id(run[0]) for run in runs if len(run) == 1}
    last = runs[-1][-1]
    flat = [point for run in runs for point in [*run, None]]
    sizes = [
        0 if point is None else 8 if point is last else 6 if id(point) in alone else 0
        for point in flat
    ]
    hollow = bool(UNCERTAIN & set(last.status))
    figure.add_scatter(
        x=xs,
        y=ys,
        text=words,
        mode="lines+markers",
        line={"color": colour, "width": width},
        marker={
            "size": sizes,
            "opacity": 1,
            "color": [PAPER if hollow and p is last else colour for p in flat],
            "line": {"color": colour, "width": 2},
        },
        connectgaps=False,
        hovertemplate="%{text}<extra></extra>",
        name=line.name,
        cliponaxis=False,
    )


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
