"""A histogram in the colours of the map."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.classes import class_of, quantile_limits
from dashboards.figures.distribution import BINS, distribution_figure
from dashboards.figures.map import class_colours
from dashboards.figures.template import INK, ME, as_json

VALUES = [0.2, 0.4, 0.4, 1.0, 1.1, 1.9, 2.5, 2.6, 3.9, 7.5]


def drawn(values=VALUES, **options):
    return distribution_figure(
        values,
        limits=quantile_limits(values),
        unit="%",
        decimals=1,
        median=1.5,
        median_label="Median 1.5",
        **options,
    )


@given(st.lists(st.floats(-1e6, 1e6).map(lambda v: round(v, 2)), min_size=1))
def test_every_region_is_counted_once(values):
    bars = drawn(values).data[0]
    assert len(bars.x) == len(bars.y) == BINS
    assert sum(bars.y) == len(values)


def test_bars_have_the_class_colour_of_their_middle():
    bars = drawn().data[0]
    limits = quantile_limits(VALUES)
    colours = class_colours(len(limits))
    assert list(bars.marker.color) == [colours[class_of(x, limits)] for x in bars.x]
    assert bars.customdata[0] == ["0.2 \u2013 0.4"]


def test_the_median_and_my_region_are_marked():
    median, mine = drawn(mine=2.4, mine_label="País Vasco 2.4").layout.shapes
    assert (median.x0, median.line.color) == (1.5, INK)
    assert (mine.x0, mine.line.color) == (2.4, ME)


@pytest.mark.parametrize("value", [0.2, 1.5, 7.5])
def test_the_two_labels_stand_on_outer_sides(value):
    median, mine = drawn(mine=value, mine_label="me").layout.annotations
    assert {median.xanchor, mine.xanchor} == {"left", "right"}
    lower = median if value >= 1.5 else mine
    assert lower.xanchor == "right"


def test_without_a_region_only_the_median_is_marked():
    assert len(drawn().layout.shapes) == 1


def test_no_values_no_bars():
    figure = drawn([])
    assert figure.data == ()
    json.dumps(as_json(figure), allow_nan=False)
