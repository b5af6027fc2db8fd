"""Specialisation: published vectors, and a slow second implementation."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.analysis.specialisation import (
    hachman_index,
    herfindahl,
    krugman_index,
    location_quotient,
    rsca,
    specialised,
)

NAN = float("nan")
TOY = [
    [100, 0, 0, 0, 0],
    [0, 15, 5, 70, 10],
    [0, 20, 10, 20, 50],
    [0, 25, 30, 5, 40],
    [0, 40, 55, 5, 0],
]


@st.composite
def matrices(draw):
    """Up to 6 x 6 counts with many zeros, ties and gaps, some rows all zero."""
    columns = draw(st.integers(1, 6))
    cell = st.one_of(
        st.sampled_from([0, 0, 1, 2, 5, NAN]), st.floats(0.01, 1e6, allow_nan=False)
    )
    row = st.one_of(
        st.lists(cell, min_size=columns, max_size=columns),
        st.just([0] * columns),
        st.just([3] * columns),
    )
    return draw(st.lists(row, min_size=1, max_size=6))


def slow_quotients(rows):
    """Location quotients by loops over a dict of the cells that are there."""
    cells = {
        (region, activity): value
        for region, row in enumerate(rows)
        for activity, value in enumerate(row)
        if not math.isnan(value)
    }
    everything = sum(cells.values())
    quotients = {}
    for (region, activity), value in cells.items():
        in_region = sum(v for (r, _), v in cells.items() if r == region)
        in_activity = sum(v for (_, a), v in cells.items() if a == activity)
        if in_region and in_activity:
            quotients[region, activity] = (value / in_region) / (
                in_activity / everything
            )
    return quotients


@given(matrices())
@example([[0, 0], [0, 0]])
@example([[NAN, 1], [NAN, 2]])
@example([[0, 1], [0, 2]])
def test_location_quotient_agrees_with_loops_over_dicts(rows):
    expected = np.full((len(rows), len(rows[0])), np.nan)
    for cell, quotient in slow_quotients(rows).items():
        expected[cell] = quotient
    np.testing.assert_allclose(location_quotient(rows), expected, rtol=1e-9)


@given(matrices())
def test_indices_agree_with_loops_over_dicts(rows):
    columns = [[v for v in column if v == v] for column in zip(*rows, strict=True)]
    everything = sum(sum(column) for column in columns)
    quotients = slow_quotients(rows)
    expected = []
    for region, row in enumerate(rows):
        total = sum(row)
        if total == 0 or math.isnan(total):
            expected.append((NAN, NAN, NAN))
            continue
        shares = [value / total for value in row]
        gaps = [
            abs(share - sum(column) / everything)
            for share, column in zip(shares, columns, strict=True)
        ]
        mean_lq = sum(
            quotients.get((region, activity), 0) * share
            for activity, share in enumerate(shares)
        )
        expected.append((sum(gaps), sum(s * s for s in shares), 1 / mean_lq))
    found = np.column_stack(
        [krugman_index(rows), herfindahl(rows), hachman_index(rows)]
    )
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@given(matrices(), st.floats(0.001, 1000))
def test_location_quotient_does_not_depend_on_the_unit(rows, factor):
    np.testing.assert_allclose(
        location_quotient(np.multiply(rows, factor)), location_quotient(rows), rtol=1e-9
    )


@given(
    st.lists(st.floats(0.1, 1e4), min_size=1, max_size=6),
    st.lists(st.floats(0.1, 1e4), min_size=1, max_size=6),
)
def test_proportional_regions_are_all_average_and_specialised(sizes, mix):
    quotients = location_quotient(np.outer(sizes, mix))
    np.testing.assert_allclose(quotients, 1, rtol=1e-9)
    assert specialised(quotients).all()


def test_mask_makes_a_cell_missing_not_zero():
    matrix = [[10, 10], [10, 30]]
    masked = location_quotient(matrix, mask=[[True, False], [False, False]])
    np.testing.assert_array_equal(masked, location_quotient([[NAN, 10], [10, 30]]))
    zero = location_quotient([[0, 10], [10, 30]])
    assert math.isnan(masked[0, 0])
    assert zero[0, 0] == 0


def test_empty_region_and_empty_activity_have_no_quotient():
    quotients = location_quotient([[0, 0, 0], [4, 0, 4]])
    np.testing.assert_array_equal(quotients, [[NAN] * 3, [1, NAN, 1]])
    assert not specialised(quotients)[0].any()
    for index in (krugman_index, herfindahl, hachman_index):
        values = index([[0, 0, 0], [4, 0, 4]])
        assert math.isnan(values[0])
        assert math.isfinite(values[1])


@pytest.mark.parametrize("matrix", [[[-1, 2]], [[math.inf, 2]], [1, 2]])
def test_a_matrix_that_cannot_be_counts_is_refused(matrix):
    with pytest.raises(ValueError, match=r"counts are|two dimensions"):
        location_quotient(matrix)


def test_specialised_knows_threshold_and_minimum_count():
    lq = [[0.999, 1 - 1e-10, 1.6, NAN]]
    assert specialised(lq).tolist() == [[False, True, True, False]]
    assert specialised(lq, threshold=1.5).tolist() == [[False, False, True, False]]
    few = specialised(lq, min_count=10, matrix=[[50, 10, 9, 50]])
    assert few.tolist() == [[False, True, False, False]]
    with pytest.raises(ValueError, match="matrix of counts"):
        specialised(lq, min_count=10)


def test_rsca_is_symmetric_around_average():
    np.testing.assert_allclose(rsca([0, 0.5, 1, 2, NAN]), [-1, -1 / 3, 0, 1 / 3, NAN])


def test_krugman_against_all_others_and_halved():
    matrix = [[3, 1], [1, 3], [2, 0]]
    # Others of the first region: 3 and 3, so shares of a half against 3/4 and 1/4.
    assert krugman_index(matrix, exclude_self=True)[0] == pytest.approx(0.5)
    np.testing.assert_allclose(
        krugman_index(matrix, halved=True), krugman_index(matrix) / 2
    )


def test_normalised_herfindahl_runs_from_zero_to_one():
    matrix = [[1, 1, 1, 1], [8, 0, 0, 0]]
    np.testing.assert_allclose(herfindahl(matrix, normalised=True), [0, 1], atol=1e-15)
    assert math.isnan(herfindahl([[5]], normalised=True)[0])


def test_toy_quotients_of_econgeo():
    quotients = location_quotient(TOY)
    assert quotients[0, 0] == pytest.approx(5)
    assert quotients[1, 3] == pytest.approx(3.5)
    assert specialised(quotients).sum() == 10


@pytest.mark.real_files
@pytest.mark.parametrize("name", ["toy5x5", "toy5x4_seed31"])
def test_toy_files_of_econgeo(real_data: Path, name):
    folder = real_data / "methods" / "econgeo"

    def read(part):
        return pd.read_csv(folder / f"{name}_{part}.csv", index_col=0)

    matrix = read("input")
    quotients = location_quotient(matrix)
    np.testing.assert_allclose(quotients, read("location_quotient"), atol=1e-9)
    binary = read("location_quotient_binary").to_numpy().astype(bool)
    np.testing.assert_array_equal(specialised(quotients), binary)
    _check_indices(matrix, read("region_indices"))


@pytest.mark.real_files
def test_british_employment_of_2015_as_econgeo_computes_it(real_data: Path):
    folder = real_data / "methods" / "uk_bres"
    matrix = pd.read_csv(folder / "employment_nuts2_sic4_2015.csv", index_col=0)
    expected = folder / "expected_2015_econgeo"
    quotients = location_quotient(matrix)
    published = pd.read_csv(expected / "location_quotient.csv", index_col=0)
    # EconGeo writes 0 for an activity that is nowhere; here it has no quotient.
    nowhere = (matrix.sum() == 0).to_numpy()
    assert np.isnan(quotients[:, nowhere]).all()
    np.testing.assert_allclose(
        quotients[:, ~nowhere], published.to_numpy()[:, ~nowhere], atol=1e-6
    )
    indices = pd.read_csv(expected / "region_indices.csv", index_col=0)
    _check_indices(matrix, indices)
    diversity = specialised(quotients).sum(axis=1)
    np.testing.assert_array_equal(diversity, indices["diversity_lq_ge_1"])


def _check_indices(matrix, published):
    for column, found in {
        "Krugman": krugman_index(matrix),
        "Spec_coeff": krugman_index(matrix, halved=True),
        "Herfindahl": herfindahl(matrix),
        "Hachman": hachman_index(matrix),
    }.items():
        np.testing.assert_allclose(found, published[column], atol=1e-9, err_msg=column)
