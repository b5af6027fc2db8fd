"""The portal's look, and figures as plain JSON."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboards.figures.template import (
    CATEGORIES,
    GREY,
    INK,
    INK_2,
    INK_3,
    LINE_STRONG,
    ME,
    PAPER,
    as_json,
    blank_figure,
)


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    dark, light = sorted([luminance(first), luminance(second)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [INK, INK_2, INK_3, ME])
def test_text_colours_read_on_white(colour):
    assert contrast(colour, PAPER) >= 4.5


@pytest.mark.parametrize("colour", [*CATEGORIES, LINE_STRONG, GREY])
def test_lines_stand_out_from_white(colour):
    assert contrast(colour, PAPER) >= 3


def test_a_figure_becomes_strict_json_of_plain_values():
    figure = go.Figure(go.Scatter(x=np.array([1, 2]), y=np.array([np.nan, 2.5])))
    figure.data[0].customdata = np.array([[1, 2], [3, 4], [5, 6]])
    figure.add_bar(y=[None, float("nan"), np.float64(1)], customdata=[("a",)])
    plain = as_json(figure)
    text = json.dumps(plain, allow_nan=False)
    assert json.loads(text)["data"][0]["y"] == [None, 2.5]
    assert plain["data"][0]["x"] == [1, 2]
    assert plain["data"][0]["customdata"] == [[1, 2], [3, 4], [5, 6]]
    assert plain["data"][1]["y"] == [None, None, 1.0]
    assert "bdata" not in text


def test_nothing_in_a_figure_can_be_dragged_or_zoomed():
    layout = as_json(blank_figure(height=100, margin={"l": 0}))["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
    assert layout["meta"] == {"narrow": {}}


def test_a_figure_may_change_the_look():
    figure = blank_figure(
        height=100, margin={"l": 7}, narrow={"margin.l": 2}, bargap=0.5
    )
    assert figure.layout.margin.l == 7
    assert figure.layout.bargap == 0.5
    assert figure.layout.meta == {"narrow": {"margin.l": 2}}
