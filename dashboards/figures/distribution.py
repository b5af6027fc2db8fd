"""How values spread over regions: a histogram in the map's own colours. Pure."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from dashboards.figures.classes import class_of
from dashboards.figures.map import class_colours
from dashboards.figures.template import INK, LINE_STRONG, ME, blank_figure

BINS = 30


def distribution_figure(
    values: Sequence[float],
    *,
    limits: Sequence[float],
    unit: str,
    decimals: int,
    median: float,
    median_label: str,
    mine: float | None = None,
    mine_label: str = "",
    count_label: str = "",
) -> go.Figure:
    """Bars count regions per step; each takes the class colour of its middle.

    No values, no bars.
    """
    figure = blank_figure(
        height=300, margin={"l": 44, "r": 24, "t": 48, "b": 44}, bargap=0.04
    )
    if not values:
        return figure
    counts, edges = np.histogram(np.asarray(values, dtype=float), bins=BINS)
    middles = (edges[:-1] + edges[1:]) / 2
    colours = class_colours(len(limits))
    figure.add_bar(
        x=middles.tolist(),
        y=counts.tolist(),
        marker={
            "color": [colours[class_of(float(middle), limits)] for middle in middles],
            "line": {"width": 0.6, "color": LINE_STRONG},
        },
        customdata=[
            [f"{low:,.{decimals}f} \u2013 {high:,.{decimals}f}"]
            for low, high in pairwise(edges)
        ],
        hovertemplate=(
            f"%{{customdata[0]}} {unit}<br>%{{y}} {count_label}<extra></extra>"
        ),
    )
    # Labels stand on the outer sides of the two lines, so that they never cross.
    is_above = mine is not None and mine >= median
    side = "right" if is_above else "left"
    _mark(figure, median, median_label, INK, dash="dot", level=1.0, side=side)
    if mine is not None:
        side = "left" if is_above else "right"
        _mark(figure, mine, mine_label, ME, dash="solid", level=1.1, side=side)
    figure.update_xaxes(
        title={"text": unit, "font": {"size": 13}}, separatethousands=True
    )
    figure.update_yaxes(rangemode="tozero")
    return figure


def _mark(
    figure: go.Figure,
    x: float,
    text: str,
    colour: str,
    *,
    dash: str,
    level: float,
    side: str,
) -> None:
    figure.add_shape(
        type="line", x0=x, x1=x, y0=0, y1=level, yref="paper",
        line={"color": colour, "width": 2, "dash": dash},
    )  # fmt: skip
    figure.add_annotation(
        x=x, y=level, yref="paper", text=text, showarrow=False, xanchor=side,
        yanchor="middle", xshift=5 if side == "left" else -5,
        font={"size": 13, "color": colour},
    )  # fmt: skip
