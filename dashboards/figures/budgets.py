"""Budgets of programmes: a dot each, by period, on a scale of powers of ten. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.figures.template import ACCENT, INK, PAPER, blank_figure

# Dots of one period stand side by side in this order, so that few hide another.
LANES = (0.0, -0.14, 0.14, -0.28, 0.28)
NAMED = 3  # programmes named beside their dot, in each period


@dataclass(frozen=True, slots=True)
class Budget:
    """A programme with its budget in EUR billion, more than 0."""

    name: str
    period: int  # place of the period on the axis
    amount: float
    hover: str
    url: str


def budget_figure(
    budgets: Sequence[Budget], periods: Sequence[str], *, unit: str
) -> go.Figure:
    """``periods`` label the axis from left to right."""
    figure = blank_figure(
        height=420, margin={"l": 64, "r": 24, "t": 16, "b": 40}, narrow={"height": 380}
    )
    placed = _placed(budgets)
    figure.add_trace(
        go.Scatter(
            x=[x for x, _item in placed],
            y=[item.amount for _x, item in placed],
            mode="markers",
            marker={
                "size": 11,
                "color": ACCENT,
                "opacity": 0.85,
                "line": {"width": 1, "color": PAPER},
            },
            text=[item.hover for _x, item in placed],
            hoverinfo="text",
            customdata=[[item.url] for _x, item in placed],
        )
    )
    figure.add_trace(_names(placed))
    figure.update_xaxes(
        tickvals=list(range(len(periods))),
        ticktext=list(periods),
        range=[-0.5, len(periods) - 0.5],
    )
    figure.update_yaxes(
        type="log", title={"text": unit, "font": {"size": 13}}, dtick=1,
        tickformat=",~g",
    )  # fmt: skip
    return figure


def _placed(budgets: Sequence[Budget]) -> list[tuple[float, Budget]]:
    """Neighbours on the scale go to different lanes of their period."""
    ordered = sorted(budgets, key=lambda item: (item.period, item.amount, item.name))
    counts: dict[int, int] = {}
    placed = []
    for item in ordered:
        place = counts.get(item.period, 0)
        counts[item.period] = place + 1
        placed.append((item.period + LANES[place % len(LANES)], item))
    return placed


def _names(placed: Sequence[tuple[float, Budget]]) -> go.Scatter:
    largest: dict[int, list[tuple[float, Budget]]] = {}
    for x, item in sorted(placed, key=lambda pair: -pair[1].amount):
        largest.setdefault(item.period, []).append((x, item))
    named = [pair for pairs in largest.values() for pair in pairs[:NAMED]]
    return go.Scatter(
        x=[x for x, _item in named],
        y=[item.amount for _x, item in named],
        mode="text",
        text=[f" {item.name}" for _x, item in named],
        textposition="middle right",
        textfont={"size": 12, "color": INK},
        hoverinfo="skip",
        cliponaxis=False,
        meta={"wide_only": True},
    )
