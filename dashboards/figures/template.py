"""The look of every figure: set once, so that figures add data only.

Colours are the tokens of static/css/portal.css; contrast is at least 3:1 on white.
"""

from base64 import b64decode
from math import isfinite
from typing import Any

import numpy as np
import plotly.graph_objects as go

INK, INK_2, INK_3 = "#16212C", "#46535F", "#5C6975"
LINE, LINE_STRONG, PAPER = "#D8DEE4", "#7C8A97", "#FFFFFF"
ACCENT, ME, GREY = "#17457F", "#BF4A0A", "#8A95A0"
# Regions side by side, in this order. ME is not among them: orange is my region alone.
CATEGORIES = ("#17457F", "#267360", "#3D1F47", "#B88D00", "#C15CB0", GREY)
# Under 4.5:1 on white: marks may have these colours, texts may not.
MARKS_ONLY = frozenset({"#B88D00", "#C15CB0", GREY})
SEQUENTIAL = ("#DDE9F4", "#A9CBE5", "#6BA0CC", "#2F6FAE", "#0F3A73")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"


def blank_figure(
    *,
    height: int,
    margin: dict[str, int],
    narrow: dict[str, Any] | None = None,
    **layout: Any,
) -> go.Figure:
    """An empty figure in the portal's look.

    ``narrow`` are layout changes for containers below 34 rem, as dotted keys.
    """
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 14, "color": INK_3},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        height=height,
        margin=margin,
        showlegend=False,
        separators=".,",
        dragmode=False,
        hovermode="closest",
        hoverlabel={
            "bgcolor": PAPER,
            "bordercolor": LINE_STRONG,
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        meta={"narrow": narrow or {}},
    )
    figure.update_xaxes(
        showgrid=False,
        zeroline=False,
        linecolor=INK_2,
        ticks="outside",
        ticklen=4,
        tickcolor=INK_2,
        fixedrange=True,
    )
    figure.update_yaxes(
        gridcolor=LINE, zerolinecolor=INK_2, zerolinewidth=1, nticks=6, fixedrange=True
    )
    figure.update_layout(**layout)
    return figure


def as_json(figure: go.Figure) -> dict[str, Any]:
    """Plain lists and numbers, NaN as None, fit for any JSON renderer.

    Plotly packs arrays in base64, which only plotly.js can read: they are unpacked.
    """
    return _plain(figure.to_plotly_json())  # type: ignore[no-any-return]  # a dict in, a dict out


def _plain(value: Any) -> Any:
    if isinstance(value, dict) and "bdata" in value:
        return _plain(_unpacked(value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _unpacked(packed: dict[str, str]) -> list[Any]:
    """The numbers of an array; several dimensions are given as "2, 3"."""
    array = np.frombuffer(b64decode(packed["bdata"]), dtype=packed["dtype"])
    shape = [int(size) for size in packed.get("shape", str(array.size)).split(",")]
    return array.reshape(shape).tolist()  # type: ignore[no-any-return]  # of numbers
