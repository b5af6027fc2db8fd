"""Ranks and positions against a slow second implementation."""

import math
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.position import latest, position, rank

NAN = float("nan")
directions = st.sampled_from(["higher", "lower", "neutral"])
# Few distinct numbers, so that ties are common.
measures = st.lists(
    st.one_of(st.just(NAN), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6)),
    min_size=1,
    max_size=12,
)


def slow_rank(value, others, direction):
    """One more than the number of values that are strictly more favourable."""
    if math.isnan(value):
        return None
    if direction == "lower":
        return 1 + sum(1 for other in others if other < value)
    return 1 + sum(1 for other in others if other > value)


@given(measures, directions)
def test_rank_agrees_with_counting(numbers, direction):
    ranks = rank(pd.Series(numbers), direction=direction)
    found = [None if pd.isna(item) else int(item) for item in ranks]
    assert found == [slow_rank(number, numbers, direction) for number in numbers]


@given(measures, directions, st.data())
def test_position_agrees_with_counting(numbers, direction, data):
    values = pd.Series(numbers, index=[f"R{n}" for n in range(len(numbers))])
    code = data.draw(st.sampled_from(list(values.index)))
    peers = data.draw(st.sets(st.sampled_from([*values.index, "elsewhere"])))
    found = position(code, values, peers, direction=direction)
    group = [v for key, v in values.items() if key in peers | {code} and v == v]
    own = float(values[code])
    if math.isnan(own):
        assert found is None
        return
    worse = sum(1 for v in group if (v > own if direction == "lower" else v < own))
    equal = sum(1 for v in group if v == own)
    assert found.rank == slow_rank(own, group, direction)
    assert found.of == len(group)
    assert found.percentile == pytest.approx(100 * (worse + equal / 2) / len(group))
    assert found.median == pytest.approx(statistics.median(group))


def test_rank_names_the_most_favourable_first():
    values = pd.Series({"A": 3.0, "B": 9.0, "C": NAN, "D": 3.0})
    assert rank(values, direction="higher").dropna().to_dict() == {
        "A": 2,
        "B": 1,
        "D": 2,
    }
    lower = rank(values, direction="lower")
    assert lower.dropna().to_dict() == {"A": 1, "B": 3, "D": 1}
    assert rank(values, direction="neutral").equals(rank(values, direction="higher"))


def test_position_of_a_region_without_value_or_unknown_is_none():
    values = pd.Series({"A": NAN, "B": 1.0})
    assert position("A", values, ["B"], direction="higher") is None
    assert position("Z", values, ["B"], direction="higher") is None


def test_position_refuses_two_values_for_a_region():
    values = pd.Series([1.0, 2.0], index=["A", "A"])
    with pytest.raises(ValueError, match="one value only"):
        position("A", values, ["A"], direction="higher")


def test_latest_skips_the_gaps_at_the_end():
    row = pd.Series({"2020": 1.5, "2021": 2.5, "2022": NAN})
    found = latest(row)
    assert (found.period, found.value) == ("2021", 2.5)
    assert latest(pd.Series({"2020": NAN})) is None
    assert latest(pd.Series(dtype=float)) is None
