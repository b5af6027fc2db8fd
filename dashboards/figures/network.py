"""Links between regions on a plane: faint shapes, arcs, and dots on top. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from dashboards.figures.layouts import Point, Ring
from dashboards.figures.template import (
    ACCENT,
    INK,
    INK_3,
    LINE_STRONG,
    ME,
    PAPER,
    SEQUENTIAL,
    blank_figure,
)

LAND = "#E9EDF1"
# The lightest colours would not be seen as thin lines.
COLOURS = SEQUENTIAL[2:]
WIDTHS = (1.0, 2.2, 4.0)
OPACITIES = (0.4, 0.65, 0.9)
STEPS = 8  # straight pieces of an arc
BEND = 0.14  # how far an arc leaves the straight line, as a share of its length
# Room for a name, as shares of the width and height of all dots.
ROOM = (0.35, 0.07)
SMALLEST, LARGEST = 6.0, 20.0  # px


@dataclass(frozen=True, slots=True)
class Node:
    """A region: ``size`` 0 to 1, ``far`` for one that is not a partner yet."""

    at: Point
    size: float
    hover: str
    url: str
    label: str = ""
    is_mine: bool = False
    is_far: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """A link between two places; ``class_index`` 0 to 2 says how strong it is."""

    a: Point
    b: Point
    class_index: int
    is_dashed: bool = False


def link_colours(classes: int) -> tuple[str, ...]:
    """One colour per class of strength, the strongest the darkest."""
    return COLOURS[-classes:] if classes else ()


def network_figure(
    land: Sequence[Ring],
    arcs: Sequence[Arc],
    nodes: Sequence[Node],
    *,
    classes: int,
    height: int = 560,
) -> go.Figure:
    """A handful of traces however many links there are; the strongest lie on top."""
    figure = blank_figure(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        narrow={"height": int(height * 0.62)},
    )
    figure.add_trace(_land(land))
    kinds = sorted(arcs, key=lambda arc: (not arc.is_dashed, arc.class_index))
    for (is_drawn, index), found in groupby(
        kinds, key=lambda arc: (not arc.is_dashed, arc.class_index)
    ):
        figure.add_trace(
            _arcs(list(found), index, classes=classes, dashed=not is_drawn)
        )
    figure.add_trace(_dots(nodes))
    figure.add_trace(_names(_apart(nodes)))
    frame = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(**frame, constrain="domain")
    figure.update_yaxes(**frame, scaleanchor="x", scaleratio=1, constrain="domain")
    figure.update_layout(hovermode="closest", hoverdistance=8)
    return figure


def bent(a: Point, b: Point) -> list[Point]:
    """Points of an arc from ``a`` to ``b``: bent, links can be told apart."""
    middle_x = (a[0] + b[0]) / 2 - (b[1] - a[1]) * BEND
    middle_y = (a[1] + b[1]) / 2 + (b[0] - a[0]) * BEND
    points = []
    for step in range(STEPS + 1):
        t = step / STEPS
        u = 1 - t
        points.append(
            (
                round(u * u * a[0] + 2 * u * t * middle_x + t * t * b[0], 2),
                round(u * u * a[1] + 2 * u * t * middle_y + t * t * b[1], 2),
            )
        )
    return points


def _land(rings: Sequence[Ring]) -> go.Scatter:
    xs, ys = _joined(rings)
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=LAND,
        line={"width": 0.7, "color": PAPER},
        hoverinfo="skip",
        name="land",
    )


def _arcs(
    arcs: Sequence[Arc], class_index: int, *, classes: int, dashed: bool
) -> go.Scatter:
    xs, ys = _joined([bent(arc.a, arc.b) for arc in arcs])
    colour = LINE_STRONG if dashed else link_colours(classes)[class_index]
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={
            "color": colour,
            "width": 1 if dashed else WIDTHS[-classes:][class_index],
            "dash": "3px 3px" if dashed else "solid",
        },
        opacity=0.7 if dashed else OPACITIES[-classes:][class_index],
        hoverinfo="skip",
        name="links",
    )


def _dots(nodes: Sequence[Node]) -> go.Scatter:
    # My region comes last so that no other dot covers it.
    ordered = sorted(nodes, key=lambda node: (node.is_mine, node.is_far))
    return go.Scatter(
        x=[node.at[0] for node in ordered],
        y=[node.at[1] for node in ordered],
        mode="markers",
        marker={
            "size": [
                SMALLEST + (LARGEST - SMALLEST) * node.size**0.5 for node in ordered
            ],
            "color": [
                ME if node.is_mine else PAPER if node.is_far else ACCENT
                for node in ordered
            ],
            "line": {
                "width": 1.4,
                "color": [INK_3 if node.is_far else PAPER for node in ordered],
            },
            "opacity": 1,
        },
        text=[node.hover for node in ordered],
        hoverinfo="text",
        customdata=[[node.url] for node in ordered],
        name="regions",
    )


def _apart(nodes: Sequence[Node]) -> list[Node]:
    """The nodes whose names do not run into one another; mine first, then as given."""
    xs = [node.at[0] for node in nodes] or [0.0]
    ys = [node.at[1] for node in nodes] or [0.0]
    wide, high = (max(xs) - min(xs)) * ROOM[0], (max(ys) - min(ys)) * ROOM[1]
    kept: list[Node] = []
    for node in sorted(nodes, key=lambda node: not node.is_mine):
        is_free = all(
            abs(node.at[0] - other.at[0]) > wide or abs(node.at[1] - other.at[1]) > high
            for other in kept
        )
        if node.label and is_free:
            kept.append(node)
    return kept


def _names(nodes: Sequence[Node]) -> go.Scatter:
    return go.Scatter(
        x=[node.at[0] for node in nodes],
        y=[node.at[1] for node in nodes],
        mode="text",
        text=[node.label for node in nodes],
        textposition="top center",
        textfont={"size": 12, "color": INK},
        hoverinfo="skip",
        cliponaxis=False,
        meta={"wide_only": True},
        name="names",
    )


def _joined(
    lines: Sequence[Sequence[Point]],
) -> tuple[list[float | None], list[float | None]]:
    """All lines in one, with a gap after each."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for line in lines:
        xs += [*(point[0] for point in line), None]
        ys += [*(point[1] for point in line), None]
    return xs[:-1], ys[:-1]
