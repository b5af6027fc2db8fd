"""Classes of a map: every value in exactly one, equal values together."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures.classes import (
    LIMITS,
    WANTED,
    class_of,
    equal_limits,
    quantile_limits,
)

# Rounded, since published values tie; a pool of few values ties more often still.
PUBLISHED = st.floats(-1e9, 1e12).map(lambda value: round(value, 2))
VALUES = st.one_of(
    st.lists(PUBLISHED, min_size=1, max_size=60),
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.25]), min_size=1, max_size=60),
    st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20),
)
METHODS = pytest.mark.parametrize("method", LIMITS)


def holding(value, limits):
    """Classes that hold a value, straight from the definition: (lower, upper]."""
    lowers = [float("-inf"), *limits[:-1]]
    return [
        index
        for index, (low, high) in enumerate(zip(lowers, limits, strict=True))
        if low < value <= high
    ]


@METHODS
@given(values=VALUES)
def test_every_value_lies_in_exactly_one_class(method, values):
    limits = LIMITS[method](values)
    assert 1 <= len(limits) <= WANTED
    assert all(low < high for low, high in pairwise(limits))
    assert limits[-1] == max(values)
    for value in values:
        assert holding(value, limits) == [class_of(value, limits)]


@given(values=VALUES)
def test_quantile_limits_are_values_and_no_class_is_empty(values):
    limits = quantile_limits(values)
    assert set(limits) <= set(values)
    sizes = Counter(class_of(value, limits) for value in values)
    assert sorted(sizes) == list(range(len(limits)))


@given(values=st.lists(st.integers(0, 10_000), min_size=5, unique=True))
def test_without_ties_the_classes_differ_by_one_at_most(values):
    limits = quantile_limits(values)
    sizes = Counter(class_of(value, limits) for value in values).values()
    assert len(limits) == WANTED
    assert max(sizes) - min(sizes) <= 1


@METHODS
def test_there_are_no_classes_without_values(method):
    assert LIMITS[method]([]) == []


@METHODS
def test_one_value_many_times_is_one_class(method):
    assert LIMITS[method]([2.5] * 9) == [2.5]


def test_equal_steps():
    assert equal_limits([0.0, 3.0, 10.0]) == [2.0, 4.0, 6.0, 8.0, 10.0]


@pytest.mark.parametrize(("value", "expected"), [(-5.0, 0), (1.0, 0), (1.1, 1), (9, 1)])
def test_a_value_beyond_the_limits_takes_the_nearest_class(value, expected):
    assert class_of(value, [1.0, 2.0]) == expected
