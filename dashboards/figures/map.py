"""One map component for tiles, circles and boundaries: filled shapes on a plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

import plotly.graph_objects as go

from dashboards.figures.layouts import Point, Ring
from dashboards.figures.template import (
    INK_2,
    LINE_STRONG,
    ME,
    PAPER,
    SEQUENTIAL,
    blank_figure,
)

# With fewer than five classes the outer colours stay and the middle ones go.
_SPREAD = {1: (3,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
PALE_CLASSES = 2
# A shape under this share of the frame (Malta: 2 px) is found 4 px around it, too,
# unless another is nearer than that: Brussels must not hide what surrounds it.
TINY = 0.01
APART = 0.005


@dataclass(frozen=True, slots=True)
class Shape:
    """A region to draw: closed rings, its class (None: no value) and its words."""

    code: str
    rings: tuple[Ring, ...]
    centre: Point
    class_index: int | None
    hover: str
    url: str
    label: str = ""
    is_converted: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A short text on the map, such as a country's code."""

    text: str
    at: Point


def class_colours(classes: int) -> list[str]:
    """One colour per class, light to dark."""
    return [SEQUENTIAL[i] for i in _SPREAD[classes]] if classes else []


def map_figure(
    shapes: Sequence[Shape],
    *,
    classes: int,
    labels: Sequence[Label] = (),
    mine: str = "",
    height: int = 480,
) -> go.Figure:
    """Shapes filled by class; no value is hatched, my region has an orange ring.

    One trace a shape, so that the pointer finds the shape it is over and not the
    nearest centre. x and y have one scale; the frame fits all shapes. Texts inside
    shapes carry ``meta.wide_only``: a narrow container has no room for them.
    """
    figure = blank_figure(
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        narrow={"height": int(height * 0.68)},
    )
    colours = class_colours(classes)
    lonely = _tiny_and_lonely(shapes)
    # My region comes last so that no neighbour covers its ring.
    for shape in sorted(shapes, key=lambda shape: shape.code == mine):
        trace = _trace(shape, colours, is_mine=shape.code == mine)
        trace.hoveron = "points+fills" if shape.code in lonely else "fills"
        figure.add_trace(trace)
    _add_texts(figure, shapes, labels)
    frame = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(**frame, constrain="domain")
    figure.update_yaxes(**frame, scaleanchor="x", scaleratio=1, constrain="domain")
    figure.update_layout(hovermode="closest", hoverdistance=4)
    return figure


def _span(rings: Sequence[Ring]) -> float:
    """The longer side of the rectangle around the rings; 0 without any."""
    xs = [point[0] for ring in rings for point in ring]
    ys = [point[1] for ring in rings for point in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys)) if xs else 0.0


def _tiny_and_lonely(shapes: Sequence[Shape]) -> set[str]:
    """Codes of shapes too small to point at that have no other close by."""
    frame = _span([ring for shape in shapes for ring in shape.rings])
    found = set()
    for shape in shapes:
        span = _span(shape.rings)
        others = (other for other in shapes if other.code != shape.code)
        if span < TINY * frame and all(
            dist(shape.centre, point) > APART * frame + span / 2
            for other in others
            for ring in other.rings
            for point in ring
        ):
            found.add(shape.code)
    return found


def _trace(shape: Shape, colours: Sequence[str], *, is_mine: bool) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in shape.rings:
        xs += [*(point[0] for point in ring), None]
        ys += [*(point[1] for point in ring), None]
    pale = shape.class_index is None or shape.class_index < PALE_CLASSES
    trace = go.Scatter(
        x=xs[:-1],
        y=ys[:-1],
        mode="lines",
        fill="toself",
        line={
            "width": 3 if is_mine else 0.7,
            "color": ME if is_mine else LINE_STRONG if pale else PAPER,
        },
        text=shape.hover,
        hoverinfo="text",
        name=shape.code,
        meta={"url": shape.url, "code": shape.code},
    )
    if shape.class_index is None:
        trace.fillcolor = PAPER
        trace.fillpattern = {
            "shape": "/",
            "size": 5,
            "solidity": 0.25,
            "fgcolor": LINE_STRONG,
            "bgcolor": PAPER,
        }
    else:
        trace.fillcolor = colours[shape.class_index]
        if shape.is_converted and not is_mine:
            trace.line = {"width": 1.6, "color": INK_2, "dash": "2px 2px"}
    return trace


def _add_texts(
    figure: go.Figure, shapes: Sequence[Shape], labels: Sequence[Label]
) -> None:
    """Texts inside shapes in a colour that reads on them, country labels around."""
    for dark, colour in ((True, PAPER), (False, INK_2)):
        inside = [
            shape
            for shape in shapes
            if shape.label
            and (shape.class_index is not None and shape.class_index >= 3) == dark
        ]
        if inside:
            texts = _texts(
                [shape.label for shape in inside],
                [shape.centre for shape in inside],
                colour,
                size=9,
            )
            texts.meta = {"wide_only": True}
            figure.add_trace(texts)
    if labels:
        figure.add_trace(
            _texts(
                [label.text for label in labels],
                [label.at for label in labels],
                INK_2,
                size=11,
            )
        )


def _texts(
    texts: Sequence[str], points: Sequence[Point], colour: str, *, size: int
) -> go.Scatter:
    return go.Scatter(
        x=[point[0] for point in points],
        y=[point[1] for point in points],
        mode="text",
        text=list(texts),
        textfont={"size": size, "color": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )
