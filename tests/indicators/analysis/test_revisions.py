"""Sizes of revisions against a slow comparison cell by cell."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.analysis.revisions import MOST_CHANGED, Move, revision

GEOS = ["AT11", "BE10", "CZ01", "DE11", "EE00", "FI19", "EL30"]
YEARS = ["2019", "2020", "2021"]
# Few distinct numbers, so that equal values and equal changes are common.
VALUES = st.sampled_from([float("nan"), 0.0, 1.0, 2.0, -3.0, 10.5])


@st.composite
def frames(draw) -> pd.DataFrame:
    geos = draw(st.lists(st.sampled_from(GEOS), unique=True))
    years = draw(st.lists(st.sampled_from(YEARS), unique=True))
    cells = [[draw(VALUES) for _year in years] for _geo in geos]
    return pd.DataFrame(cells, index=geos, columns=years, dtype=float)


def cells_of(frame: pd.DataFrame) -> dict:
    return {
        (geo, year): frame.at[geo, year]
        for geo in frame.index
        for year in frame.columns
        if not math.isnan(frame.at[geo, year])
    }


@given(before=frames(), after=frames())
def test_counts_and_sizes_are_those_of_a_cell_by_cell_comparison(before, after):
    old, new = cells_of(before), cells_of(after)
    both = old.keys() & new.keys()
    changed = {place for place in both if old[place] != new[place]}
    found = revision(before, after)
    assert found.added == len(new.keys() - old.keys())
    assert found.removed == len(old.keys() - new.keys())
    assert found.changed == len(changed)
    touched = changed | (old.keys() ^ new.keys())
    assert found.regions == len({geo for geo, _year in touched})
    sizes = [abs(new[place] - old[place]) for place in changed]
    shares = [
        abs(new[place] - old[place]) / abs(old[place])
        for place in changed
        if old[place]
    ]
    for numbers, mean, largest in (
        (sizes, found.mean_absolute, found.largest_absolute),
        (shares, found.mean_relative, found.largest_relative),
    ):
        if numbers:
            assert mean == pytest.approx(math.fsum(numbers) / len(numbers))
            assert largest == max(numbers)
        else:
            assert mean is largest is None


@given(before=frames(), after=frames())
def test_moves_are_the_largest_of_the_regions_changed_most(before, after):
    old, new = cells_of(before), cells_of(after)
    most: dict[str, float] = {}
    for geo, year in old.keys() & new.keys():
        size = abs(new[geo, year] - old[geo, year])
        if size:
            most[geo] = max(size, most.get(geo, 0.0))
    found = revision(before, after).moves
    sizes = [abs(move.new - move.old) for move in found]
    assert sizes == sorted(most.values(), reverse=True)[:MOST_CHANGED]
    for move, size in zip(found, sizes, strict=True):
        assert most[move.geo] == size
        assert old[move.geo, move.time_period] == move.old
        assert new[move.geo, move.time_period] == move.new


def test_a_first_load_adds_and_revises_nothing():
    after = pd.DataFrame({"2020": [1.0, 2.0]}, index=["AT11", "BE10"])
    found = revision(pd.DataFrame(), after)
    assert (found.regions, found.added, found.changed, found.removed) == (2, 2, 0, 0)
    assert found.mean_absolute is None
    assert found.moves == ()


def test_a_value_that_was_zero_has_no_relative_change():
    before = pd.DataFrame({"2020": [0.0]}, index=["AT11"])
    after = pd.DataFrame({"2020": [4.0]}, index=["AT11"])
    found = revision(before, after)
    assert (found.mean_absolute, found.mean_relative) == (4.0, None)
    assert found.moves == (Move("AT11", "2020", 0.0, 4.0),)
