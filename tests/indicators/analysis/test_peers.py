"""Structural distance against other hands' figures, and against a plain loop."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from indicators.analysis.peers import min_max, nearest, structural_distance

VALUES = st.one_of(st.floats(-3, 3), st.just(float("nan")))
TABLES = arrays(
    float, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=6), elements=VALUES
)


def plainly(table, a, b, weights, least):
    """The formula of METHODS, section 4, one pair at a time."""
    used = [
        (w, x, y)
        for column, w in enumerate(weights)
        for x, y in [(table[a][column], table[b][column])]
        if not np.isnan(table[:, column]).all()
    ]
    whole = sum(w for w, _, _ in used)
    shared = [(w, x, y) for w, x, y in used if not (np.isnan(x) or np.isnan(y))]
    part = sum(w for w, _, _ in shared)
    if not whole or part / whole < least - 1e-12:
        return float("nan")
    return sum(w * (x - y) ** 2 for w, x, y in shared) / part


@given(TABLES, st.data())
def test_it_is_the_formula(table, data):
    weights = data.draw(
        st.lists(
            st.sampled_from([0.5, 1.0, 2.0]),
            min_size=table.shape[1],
            max_size=table.shape[1],
        )
    )
    distance = structural_distance(table, weights)
    assert np.array_equal(distance, distance.T, equal_nan=True)
    for a in range(len(table)):
        for b in range(len(table)):
            wanted = plainly(table, a, b, weights, 0.7)
            assert distance[a, b] == pytest.approx(wanted, abs=1e-9, nan_ok=True)


@given(TABLES)
def test_min_max_is_from_0_to_1_and_keeps_gaps(table):
    scaled = min_max(table)
    held = scaled[np.isfinite(scaled)]
    assert ((held >= 0) & (held <= 1 + 1e-12)).all()
    assert np.isnan(scaled[np.isnan(table)]).all()


def test_a_constant_tells_no_two_regions_apart():
    scaled = min_max(np.array([[1.0, 5.0], [3.0, 5.0]]))
    assert np.isnan(scaled[:, 1]).all()
    assert structural_distance(scaled)[0, 1] == 1


def test_weights_are_checked():
    with pytest.raises(ValueError, match="2 weights"):
        structural_distance(np.zeros((2, 2)), [1.0])
    with pytest.raises(ValueError, match="2 weights"):
        structural_distance(np.zeros((2, 2)), [1.0, -1.0])


def test_ties_go_by_code_and_the_unknown_is_left_out():
    table = np.array([[0.0], [1.0], [1.0], [np.nan]])
    found = nearest(structural_distance(table), 0, ["A", "C", "B", "D"])
    assert [peer.place for peer in found] == [2, 1]


@pytest.mark.real_files
def test_the_ten_nearest_of_233_regions(real_data):
    """z-scores, equal weights: computed elsewhere, ranks exact (METHODS, section 8)."""
    folder = real_data / "methods" / "nuts2_indicators"
    with (folder / "nuts2_8_indicators_233.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    codes = [row[0] for row in rows]
    values = np.array([row[2:] for row in rows], dtype=float)
    distance = structural_distance((values - values.mean(0)) / values.std(0))
    wanted: dict[str, list[tuple[str, float]]] = {}
    path = folder / "nn10_zscore_equal_weights_squared.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted.setdefault(row["region"], []).append(
                (row["neighbour"], float(row["distance"]))
            )
    assert len(wanted) == 233
    for code, peers in wanted.items():
        found = nearest(distance, codes.index(code), codes, limit=10)
        assert [codes[peer.place] for peer in found] == [name for name, _ in peers]
        assert [p.distance for p in found] == pytest.approx([d for _, d in peers])
