"""Horizontal bars, best first, my region in orange. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboards.figures.template import (
    CATEGORIES,
    INK,
    ME,
    PAPER,
    SEQUENTIAL,
    blank_figure,
)
from indicators.analysis.rounding import format_number

BAR_HEIGHT = 26
NAME_ROOM = (190, 128)  # px left of the bars, on a wide and on a narrow container
CHARACTER = 7.5  # px, an average letter of the axis, with some reserve
TICK = 8  # px between a name and its bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A named value; ``note`` (rank, flags) goes into the hover text.

    A converted value has a hatched bar.
    """

    code: str
    name: str
    value: float
    note: str
    url: str
    is_mine: bool = False
    is_converted: bool = False


def ranking_figure(
    bars: Sequence[Bar],
    *,
    unit: str,
    decimals: int,
    median: float | None = None,
    median_label: str = "",
    colours: Sequence[str] = (),
    name_room: tuple[int, int] = NAME_ROOM,
) -> go.Figure:
    """Bars from zero in the order given; a line marks the median of all regions."""
    wide, narrow = name_room
    figure = blank_figure(
        height=60 + BAR_HEIGHT * max(len(bars), 1),
        margin={"l": wide, "r": 64, "t": 24, "b": 28},
        narrow={
            "margin.l": narrow,
            "margin.r": 48,
            "yaxis.ticktext": [_short(bar.name, narrow) for bar in bars],
        },
        bargap=0.35,
    )
    plain = list(colours) or [ME if bar.is_mine else SEQUENTIAL[3] for bar in bars]
    figure.add_bar(
        orientation="h",
        y=[bar.code for bar in bars],
        x=[bar.value for bar in bars],
        marker={"color": plain, "line": {"width": 0}} | _hatching(bars),
        text=[format_number(bar.value, decimals) for bar in bars],
        textposition="outside",
        textfont={"color": INK, "size": 13},
        cliponaxis=False,
        customdata=[[bar.name, bar.note, bar.url] for bar in bars],
        hovertemplate=(
            f"<b>%{{customdata[0]}}</b><br>%{{text}} {unit}"
            "<br>%{customdata[1]}<extra></extra>"
        ),
    )
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickmode="array",
        tickvals=[bar.code for bar in bars],
        ticktext=[_short(bar.name, wide) for bar in bars],
        nticks=None,
        type="category",
    )
    figure.update_xaxes(visible=False, rangemode="tozero")
    if median is not None:
        figure.add_vline(
            x=median,
            line={"color": INK, "width": 1.5, "dash": "dot"},
            annotation={
                "text": median_label,
                "font": {"size": 12, "color": INK},
                "yanchor": "bottom",
            },
        )
    return figure


def _hatching(bars: Sequence[Bar]) -> dict[str, Any]:
    """White strokes over the bars of converted values; nothing without any."""
    if not any(bar.is_converted for bar in bars):
        return {}
    shapes = ["/" if bar.is_converted else "" for bar in bars]
    return {"pattern": {"shape": shapes, "fgcolor": PAPER, "size": 6, "solidity": 0.3}}


def _short(name: str, room: int) -> str:
    """The name, cut to what fits into that many pixels."""
    length = int((room - TICK) / CHARACTER)
    return name if len(name) <= length else f"{name[: length - 1].rstrip()}…"


def comparison_figure(bars: Sequence[Bar], *, unit: str, decimals: int) -> go.Figure:
    """A few regions, each in the colour that it has in the trend."""
    return ranking_figure(
        bars, unit=unit, decimals=decimals, colours=CATEGORIES[: len(bars)]
    )
