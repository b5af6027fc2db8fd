"""Location quotients as bars with a line at 1, the same share as elsewhere. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.figures.ranking import Bar, ranking_figure
from dashboards.figures.template import INK, SEQUENTIAL
from indicators.analysis.rounding import format_number

NAME_ROOM = (250, 150)  # px, wide and narrow: divisions have longer names than regions


@dataclass(frozen=True, slots=True)
class Quotient:
    """A division's location quotient and how many people it rests on."""

    code: str
    name: str
    lq: float
    employed: float


def specialisation_figure(
    quotients: Sequence[Quotient], *, persons: str = ""
) -> go.Figure:
    """Highest quotient first; the dark line marks 1."""
    bars = [
        Bar(
            item.code,
            item.name,
            item.lq,
            f"{format_number(item.employed, 0)} {persons}".strip(),
            "",
        )
        for item in quotients
    ]
    figure = ranking_figure(
        bars,
        unit="",
        decimals=2,
        colours=[SEQUENTIAL[3]] * len(bars),
        name_room=NAME_ROOM,
    )
    figure.add_vline(x=1, line={"color": INK, "width": 1.5})
    return figure
