"""How much each release has revised an indicator: one bar per run. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.figures.template import ACCENT, ME, blank_figure


@dataclass(frozen=True, slots=True)
class Step:
    """A run: what to call it, and the sizes of its revisions in the indicator's unit.

    None where it changed no value.
    """

    label: str
    mean: float | None
    largest: float | None
    note: str


def revisions_figure(
    steps: Sequence[Step], *, unit: str, mean_label: str, largest_label: str
) -> go.Figure:
    """Bars are mean sizes, diamonds the largest ones; runs from left to right."""
    figure = blank_figure(
        height=300, margin={"l": 64, "r": 24, "t": 40, "b": 60}, bargap=0.4
    )
    labels = [step.label for step in steps]
    notes = [[step.note] for step in steps]
    hover = "%{customdata[0]}<extra></extra>"
    figure.add_bar(
        x=labels, y=[step.mean for step in steps], name=mean_label,
        marker={"color": ACCENT}, customdata=notes, hovertemplate=hover,
    )  # fmt: skip
    figure.add_scatter(
        x=labels, y=[step.largest for step in steps], name=largest_label,
        mode="markers", customdata=notes, hovertemplate=hover,
        marker={"color": ME, "symbol": "diamond", "size": 10},
    )  # fmt: skip
    figure.update_xaxes(type="category")
    figure.update_yaxes(rangemode="tozero", title={"text": unit, "font": {"size": 13}})
    figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
    )
    return figure
