"""Small drawings stay inside their box and say nothing the values do not."""

from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.sparkline import sparkline, strip

NUMBERS = st.floats(-1e12, 1e12)
SERIES = st.lists(st.none() | NUMBERS, max_size=40)


def places(drawing):
    return [
        tuple(map(float, point.split(",")))
        for run in drawing.runs
        for point in run.split()
    ]


@given(SERIES)
def test_the_line_stays_inside_its_box(values):
    drawing = sparkline(values, width=112, height=34, pad=4)
    for x, y in [*places(drawing), *([drawing.end] if drawing.end else [])]:
        assert 4 <= x <= 108
        assert 4 <= y <= 30


@given(SERIES)
def test_the_end_is_at_the_last_value(values):
    drawing = sparkline(values)
    known = [i for i, value in enumerate(values) if value is not None]
    assert (drawing.end is None) == (not known)
    if known and len(values) > 1:
        step = (112 - 8) / (len(values) - 1)
        assert abs(drawing.end[0] - (4 + known[-1] * step)) <= 0.05


def test_gaps_stay_open_and_time_runs_at_equal_steps():
    drawing = sparkline([1.0, 2.0, None, 3.0, 2.0], width=48, height=34, pad=4)
    assert [run.count(",") for run in drawing.runs] == [2, 2]
    assert [x for x, _y in places(drawing)] == [4, 14, 34, 44]


def test_higher_is_further_up():
    (low, high) = places(sparkline([1.0, 2.0]))
    assert high[1] < low[1]


def test_a_flat_series_runs_through_the_middle():
    assert {y for _x, y in places(sparkline([5.0, 5.0, 5.0]))} == {17.0}


def test_a_single_value_is_a_dot_without_a_line():
    drawing = sparkline([None, 5.0, None])
    assert drawing.runs == ()
    assert drawing.end == (56.0, 17.0)


def test_nothing_known_nothing_drawn():
    assert sparkline([None, None]).end is None
    assert sparkline([]).runs == ()


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=250), NUMBERS, st.booleans())
def test_the_strip_stays_between_its_ends(values, mine, lower_is_better):
    found = strip(values, mine=mine, median=mine, lower_is_better=lower_is_better)
    if found is not None:
        assert len(found.ticks) == len(values)
        assert all(0 <= x <= 100 for x in [*found.ticks, found.median, found.mine])


def test_right_is_always_more_favourable():
    values = [1.0, 2.0, 3.0, 5.0]
    higher = strip(values, mine=5.0, median=2.5, lower_is_better=False)
    lower = strip(values, mine=5.0, median=2.5, lower_is_better=True)
    assert (higher.mine, lower.mine) == (100.0, 0.0)
    assert (higher.median, lower.median) == (37.5, 62.5)
    assert sorted(higher.ticks) == sorted(100 - x for x in lower.ticks)


def test_one_outlier_does_not_hide_the_others():
    values = [*map(float, range(200)), 1_000_000.0]
    found = strip(values, mine=100.0, median=100.0, lower_is_better=False)
    assert 40 < found.mine < 60
    assert max(found.ticks) == 100


def test_no_strip_where_nothing_differs():
    assert strip([1.0], mine=1.0, median=1.0, lower_is_better=False) is None
    assert strip([2.0, 2.0], mine=2.0, median=2.0, lower_is_better=False) is None
