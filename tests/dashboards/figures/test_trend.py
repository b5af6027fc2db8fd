"""Lines over time: gaps where nothing is published or the series breaks."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.template import ACCENT, CATEGORIES, INK_2, ME, PAPER, as_json
from dashboards.figures.trend import (
    LABEL_HEIGHT,
    TOP_MARGIN,
    Line,
    Point,
    apart,
    segments,
    strokes,
    trend_figure,
)


def points(*values, status=None, start=2018):
    flags = status or {}
    return tuple(
        Point(str(start + i), value, flags.get(i, ""), flags.get(i, "").upper())
        for i, value in enumerate(values)
    )


def line(*values, code="ES21", role="me", name="", **rest):
    return Line(code, name or f"Region {code}", role, points(*values, **rest))


def drawn(*lines):
    return trend_figure(lines, unit="%", decimals=2)


def trace(figure, name):
    return next(item for item in figure.data if item.name == name)


def test_a_missing_year_leaves_a_gap():
    found = trace(drawn(line(1.0, None, 2.0, 3.0)), "Region ES21")
    assert list(found.x) == [2018, None, 2020, 2021, None]
    assert list(found.y) == [1.0, None, 2.0, 3.0, None]
    assert found.connectgaps is False


def test_a_break_in_series_leaves_a_gap_and_loses_no_value():
    found = trace(drawn(line(1.0, 2.0, 3.0, status={1: "bp"})), "Region ES21")
    assert list(found.x) == [2018, None, 2019, 2020, None]
    assert list(found.y) == [1.0, None, 2.0, 3.0, None]


def test_a_break_at_the_start_or_at_a_gap_makes_no_empty_run():
    series = points(1.0, None, 2.0, 3.0, status={0: "b", 2: "b"})
    assert [[p.period for p in run] for run in segments(series)] == [
        ["2018"],
        ["2020", "2021"],
    ]


@pytest.mark.parametrize("flag", ["p", "e", "f", "u", "bp"])
def test_a_last_value_that_may_change_is_hollow(flag):
    found = trace(drawn(line(1.0, 2.0, 3.0, status={2: flag})), "Region ES21")
    last = list(found.y).index(3.0)
    assert found.marker.color[last] == PAPER
    assert found.marker.size[last] > 0
    assert found.marker.line.color == ME
    assert {c for i, c in enumerate(found.marker.color) if i != last} == {ME}


@pytest.mark.parametrize("flag", ["", "b", "d", "r"])
def test_a_last_value_that_stands_is_filled(flag):
    found = trace(drawn(line(1.0, 2.0, status={1: flag})), "Region ES21")
    assert set(found.marker.color) == {ME}


def test_a_value_alone_between_gaps_gets_a_marker():
    found = trace(drawn(line(1.0, None, 2.0, None, 3.0, 4.0)), "Region ES21")
    sizes = dict(zip(found.y, found.marker.size, strict=True))
    assert sizes[1.0] > 0
    assert sizes[2.0] > 0
    assert sizes[3.0] == 0


def test_roles_have_their_colours_and_mine_is_on_top():
    figure = drawn(
        line(1.0, 2.0),
        line(1.5, 2.5, code="ES", role="country"),
        line(1.2, 2.2, code="EU27_2020", role="eu"),
    )
    colours = {item.name: item.line.color for item in figure.data}
    assert colours == {
        "Region ES21": ME, "Region ES": INK_2, "Region EU27_2020": ACCENT,
    }  # fmt: skip
    assert figure.data[-1].name == "Region ES21"


def test_compared_regions_have_six_different_colours():
    lines = [line(1.0, i, code=f"R{i}", role="region") for i in range(6)]
    figure = drawn(*lines)
    assert [trace(figure, item.name).line.color for item in lines] == list(CATEGORIES)


def test_the_hover_text_says_value_unit_year_and_flag():
    found = trace(drawn(line(1.234, status={0: "e"})), "Region ES21")
    assert found.text[0] == "<b>Region ES21</b><br>1.23 %, 2018<br>E"


@pytest.mark.parametrize(
    ("values", "low", "high"), [((1.0, 4.0), 0, 4.0), ((-2.0, 4.0), -2.0, 4.0)]
)
def test_the_axis_holds_zero_and_all_values(values, low, high):
    bottom, top = drawn(line(*values)).layout.yaxis.range
    assert bottom <= low
    assert top >= high


def test_the_axis_covers_the_years_with_values():
    figure = drawn(line(None, 1.0, 2.0, None), line(3.0, code="ES", role="country"))
    first, last = figure.layout.xaxis.range
    assert 2017 < first < 2018
    assert 2020 < last < 2021


def test_labels_at_the_ends_never_overlap():
    lines = [line(1.0, 2.0 + i / 100, code=f"R{i}", role="region") for i in range(6)]
    figure = drawn(*lines)
    low, top = figure.layout.yaxis.range
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    heights = sorted(
        note.y * plot / (top - low) + note.yshift for note in figure.layout.annotations
    )
    assert len(heights) == 6
    assert all(b - a >= LABEL_HEIGHT - 1e-6 for a, b in pairwise(heights))


@pytest.mark.parametrize(
    "ends", [(100.0, 1.0, 1.1, 1.2, 1.3, 1.4), (0.0,), (-5.0, -5.01, 4.0), (9.0, 9.0)]
)
def test_labels_stay_between_the_years_and_the_upper_edge(ends):
    lines = [line(end, end, code=f"R{i}", role="region") for i, end in enumerate(ends)]
    figure = drawn(*lines)
    low, top = figure.layout.yaxis.range
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    for note in figure.layout.annotations:
        centre = (note.y - low) * plot / (top - low) + note.yshift
        assert centre - LABEL_HEIGHT / 2 >= -1e-6
        assert centre + LABEL_HEIGHT / 2 <= plot + TOP_MARGIN + 1e-6


@given(st.lists(st.floats(-500, 500), max_size=14))
def test_labels_keep_their_order_and_distance(wanted):
    wanted.sort(reverse=True)
    places = apart(wanted, low=0.0, high=270.0)
    gap = min(LABEL_HEIGHT, 270.0 / max(len(wanted) - 1, 1))
    assert all(-1e-6 <= place <= 270.0 + 1e-6 for place in places)
    assert all(a - b >= gap - 1e-6 for a, b in pairwise(places))


def test_labels_with_room_stay_where_they_belong():
    assert apart([200.0, 120.0, 40.0], low=0.0, high=270.0) == [200.0, 120.0, 40.0]


def test_a_line_without_values_is_left_out():
    figure = drawn(line(None, None), line(1.0, code="ES", role="country"))
    assert [item.name for item in figure.data] == ["Region ES"]
    assert len(figure.layout.annotations) == 1


@pytest.mark.parametrize("lines", [(), (line(None, None),), (line(0.0, 0.0),)])
def test_nothing_to_draw_is_still_a_figure(lines):
    json.dumps(as_json(drawn(*lines)), allow_nan=False)


def converted(*values, marked=(), new=()):
    """A line whose values at these places were converted, or are of new territory."""
    return Line(
        "HU11",
        "Budapest",
        "me",
        tuple(
            Point(str(2018 + i), value, "", "", i in marked, i in new)
            for i, value in enumerate(values)
        ),
    )


def test_another_territory_breaks_the_line_as_a_flag_does():
    found = trace(drawn(converted(1.0, 2.0, 3.0, new={2})), "Budapest")
    assert list(found.x) == [2018, 2019, None, 2020, None]


def test_converted_values_are_dashed_with_open_marks():
    solid, dashed = drawn(converted(1.0, 2.0, 3.0, 4.0, marked={0, 1})).data
    assert (solid.line.dash, list(solid.x)) == (None, [2020, 2021, None])
    assert list(dashed.x) == [2018, 2019, 2020, None]
    assert dashed.line.dash
    # The value as reported at the end of the dashes has its mark in the solid trace.
    assert [size > 0 for size in dashed.marker.size] == [True, True, False, False]
    assert list(dashed.marker.color)[:2] == [PAPER, PAPER]
    assert (solid.marker.size[1], solid.marker.color[1]) == (8, ME)


def test_a_converted_value_alone_is_an_open_mark():
    (found,) = drawn(converted(1.0, marked={0})).data
    assert (list(found.x), found.marker.color[0]) == ([2018, None], PAPER)


def test_a_line_without_converted_values_is_one_trace():
    (found,) = drawn(converted(1.0, 2.0, 3.0)).data
    assert found.line.dash is None


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_strokes_cover_every_step_once_in_its_style(marks):
    run = [
        Point(str(2000 + i), 1.0, "", "", is_conv) for i, is_conv in enumerate(marks)
    ]
    parts = strokes(run)
    steps = [
        (style, one.period, other.period)
        for style, points in parts
        for one, other in pairwise(points)
    ]
    assert steps == [
        (one.is_converted or other.is_converted, one.period, other.period)
        for one, other in pairwise(run)
    ]
    assert {p.period for _style, points in parts for p in points} == {
        p.period for p in run
    }
