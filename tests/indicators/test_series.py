"""One series as a value: canonical, comparable, mergeable."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.parsers.types import SeriesRow
from indicators.series import Observations

Cell = tuple[float | None, str, str]

values = st.none() | st.floats(allow_nan=False, allow_infinity=False)
cell_lists = st.lists(
    st.tuples(values, st.sampled_from(["", "b", "ep"]), st.sampled_from(["", "C"])),
    max_size=6,
)


def build(cells: list[Cell], *, start: int = 2020, frequency: str = "A"):
    return Observations.canonical(
        frequency,
        start,
        [cell[0] for cell in cells],
        [cell[1] for cell in cells],
        [cell[2] for cell in cells],
    )


@st.composite
def series(draw: st.DrawFn, *, frequency: str | None = None) -> Observations:
    return build(
        draw(cell_lists),
        start=draw(st.integers(1990, 1996)),
        frequency=frequency or draw(st.sampled_from("AQ")),
    )


def by_period(item: Observations) -> dict[int, Cell]:
    """The slow reading: only cells that say something, by ordinal."""
    found = {}
    for i, value in enumerate(item.values):
        status = item.statuses[i] if item.statuses else ""
        conf = item.confidentiality[i] if item.confidentiality else ""
        if value is not None or status or conf:
            found[item.start + i] = (value, status, conf)
    return found


def test_canonical_trims_what_says_nothing():
    item = Observations.canonical(
        "A", 2018, [None, None, 1.0, None, 2.0, None], ["", "", "", "b", "", ""], None
    )
    assert item == Observations("A", 2020, (1.0, None, 2.0), ("", "b", ""), None)


def test_a_flag_without_a_value_is_kept():
    item = Observations.canonical(
        "A", 2020, [None, 1.0, None], ["u", "", ""], ["", "", "C"]
    )
    assert item.start == 2020
    assert item.values == (None, 1.0, None)
    assert (item.statuses, item.confidentiality) == (("u", "", ""), ("", "", "C"))


def test_zero_says_something_and_missing_does_not():
    assert Observations.canonical("A", 2020, [None, 0.0], None, None).values == (0.0,)
    assert Observations.canonical("A", 2020, [None, None], ["", ""], None).values == ()


def test_a_parsed_row_becomes_canonical():
    row = SeriesRow(("A",), "ES21", "A", 2019, (None, 1.0), ("", ""), None, 7)
    assert Observations.from_row(row) == Observations("A", 2020, (1.0,))


@given(cell_lists, st.integers(0, 3), st.integers(0, 3))
def test_canonical_form_does_not_depend_on_blank_margins(cells, before, after):
    blank: Cell = (None, "", "")
    plain = build(cells, start=2000)
    padded = build([blank] * before + cells + [blank] * after, start=2000 - before)
    assert by_period(plain) == by_period(padded)
    if plain.values:
        assert plain == padded
        assert plain.digest() == padded.digest()


@given(series(), series())
@example(build([(0.0, "", "")]), build([(-0.0, "", "")]))
@example(build([(None, "b", "")]), build([(None, "", "C")]))
@example(build([(1.0, "", "")]), build([(1.0, "", "")], frequency="Q"))
def test_digests_are_equal_exactly_when_contents_are(first, second):
    assert (first == second) == (first.digest() == second.digest())


@given(series())
def test_digest_fits_a_signed_64_bit_column(item):
    assert -(2**63) <= item.digest() < 2**63


@given(series(frequency="A"), series(frequency="A"))
def test_merging_is_the_newer_over_the_older_period_by_period(older, newer):
    merged = older.merged(newer)
    assert by_period(merged) == by_period(older) | by_period(newer)


@given(series(frequency="A"), series(frequency="A"))
def test_merging_again_changes_nothing(older, newer):
    once = older.merged(newer)
    assert once.merged(newer).digest() == once.digest()
    assert by_period(once.merged(once)) == by_period(once)


def test_a_blank_cell_removes_nothing_but_a_flag_does_replace():
    older = build([(1.0, "", ""), (2.0, "p", "")])
    newer = build([(None, "", "C"), (None, "", ""), (3.0, "", "")])
    assert by_period(older.merged(newer)) == {
        2020: (None, "", "C"),
        2021: (2.0, "p", ""),
        2022: (3.0, "", ""),
    }


def test_two_frequencies_never_merge():
    with pytest.raises(ValueError, match="frequency Q cannot be merged into A"):
        build([(1.0, "", "")]).merged(build([(1.0, "", "")], frequency="Q"))
