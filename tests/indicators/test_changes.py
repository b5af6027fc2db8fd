"""What a load would change: told as a slow comparison of all periods would tell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.changes import Change, series_changes
from indicators.periods import parse_period
from indicators.series import Observations

CELLS = st.tuples(
    st.none() | st.sampled_from([0.0, 1.5, 2.5]),
    st.sampled_from(["", "b", "ep"]),
    st.sampled_from(["", "C"]),
)


@st.composite
def series(draw) -> Observations:
    found = draw(st.lists(CELLS, min_size=1, max_size=6))
    values, statuses, confidentiality = zip(*found, strict=True)
    start = draw(st.integers(2000, 2005))
    return Observations.canonical("A", start, values, statuses, confidentiality)


def by_year(item: Observations | None) -> dict[int, tuple[object, str, str]]:
    cells = {}
    for i, value in enumerate(item.values if item else ()):
        status = item.statuses[i] if item.statuses else ""
        confidential = item.confidentiality[i] if item.confidentiality else ""
        if value is not None or status or confidential:
            cells[item.start + i] = (value, status, confidential)
    return cells


@given(old=st.none() | series(), new=st.none() | series(), is_complete=st.booleans())
def test_changes_are_those_of_a_comparison_year_by_year(old, new, is_complete):
    before, after = by_year(old), by_year(new)
    expected = {}
    for year in range(1999, 2015):
        if year in before and year in after:
            same = before[year] == after[year]
            expected[str(year)] = "unchanged" if same else "revised"
        elif year in after:
            expected[str(year)] = "new"
        elif year in before and is_complete:
            expected[str(year)] = "retired"
    found = list(series_changes(old, new, is_complete=is_complete))
    assert {item.period: item.kind for item in found} == expected
    assert [item.period for item in found] == sorted(expected)
    for item in found:
        assert item.old == before.get(int(item.period))
        assert item.new == after.get(int(item.period))


@given(old=series(), new=series())
def test_a_merging_load_ends_with_what_merging_gives(old, new):
    cells = by_year(old) | {
        int(item.period): item.new
        for item in series_changes(old, new, is_complete=False)
    }
    assert cells == by_year(old.merged(new))


def test_another_frequency_is_a_change_of_everything_or_refused():
    yearly = Observations("A", 2020, (1.0,))
    quarterly = Observations("Q", parse_period("2020-Q1")[1], (2.0,))
    assert list(series_changes(yearly, quarterly, is_complete=True)) == [
        Change("2020", (1.0, "", ""), None),
        Change("2020-Q1", None, (2.0, "", "")),
    ]
    with pytest.raises(ValueError, match="frequency Q cannot be merged into A"):
        list(series_changes(yearly, quarterly, is_complete=False))
