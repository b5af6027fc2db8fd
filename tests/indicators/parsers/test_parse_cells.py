"""Cells and flags, one by one and at random."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.parsers.cells import (
    CellCache,
    ColumnsCache,
    checked_number,
    parse_cell,
    parse_columns,
    parse_number,
)
from indicators.parsers.errors import ParseError
from indicators.parsers.flags import LETTERS, confidentiality_code, status_code

numbers = st.floats(allow_nan=False, allow_infinity=False)
runs = st.lists(st.sampled_from(sorted(LETTERS)), unique=True, max_size=4).map("".join)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("12.3 bep", (12.3, "bep", "")),
        ("0.99 ", (0.99, "", "")),
        ("-5", (-5.0, "", "")),
        ("1.5e-3 u", (0.0015, "u", "")),
        ("7b", (7.0, "b", "")),
        (": ", (None, "", "")),
        (":", (None, "", "")),
        (": u", (None, "u", "")),
        (": c", (None, "", "C")),
        (": cd", (None, "d", "C")),
        (": @C", (None, "", "C")),
        (": u@C", (None, "u", "C")),
        (": u @C", (None, "u", "C")),
        ("12.3 c", (None, "", "C")),
        ("12.3 @C", (None, "", "C")),
        ("12.3 b@C", (None, "b", "C")),
        ("12.3 @F", (12.3, "", "")),
    ],
)
def test_parse_cell_keeps_value_and_flags(text, cell):
    assert parse_cell(text) == cell
    assert CellCache()[text] == cell


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("1,5", "decimal comma"),
        ("1,5 b", "decimal comma"),
        ("1,234", "thousands separator"),
        ("1 234", "thousands separator"),
        ("1.234.567", "thousands separator"),
        ("1\u00a0234.5", "thousands separator"),
        ("1'234", "thousands separator"),
        ("NaN", "not a finite number"),
        ("-inf", "not a finite number"),
        ("1e999", "not a finite number"),
        ("9" * 400, "not a finite number"),
        ("", "empty cell"),
        ("12 x", "unknown flag"),
        (": q", "unknown flag"),
        ("12 @X", "unknown confidentiality"),
        ("12 B", "unreadable cell"),
        ("n/a", "unreadable cell"),
        ("1_000", "unreadable cell"),
        ("0x10", "unreadable cell"),
        ("١٢", "unreadable cell"),
        ("²", "unreadable cell"),
        ("<b>5</b>", "unreadable cell"),
    ],
)
def test_unreadable_cell_says_what_is_wrong(text, word):
    for reading in (parse_cell, CellCache().__getitem__):
        with pytest.raises(ParseError, match=word) as caught:
            reading(text)
        assert caught.value.advice


@settings(deadline=None)
@given(numbers, runs, st.sampled_from(["", " "]))
def test_written_cell_is_read_back(value, flags, blank):
    text = f"{value!r} {flags}{blank}"
    assert parse_cell(text) == CellCache()[text] == (value, flags, "")


@settings(deadline=None)
@given(numbers, runs, st.sampled_from(["c", "@C"]))
def test_confidential_cell_never_has_a_value(value, flags, mark):
    assert parse_cell(f"{value!r} {flags}{mark}") == (None, flags, "C")
    assert parse_cell(f": {flags}{mark}") == (None, flags, "C")


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_cell_or_a_parse_error(text):
    try:
        value, status, confidentiality = CellCache()[text]
    except ParseError:
        return
    assert value is None or math.isfinite(value)
    assert set(status) <= LETTERS
    assert confidentiality in ("", "C")


@settings(deadline=None)
@given(numbers)
def test_number_is_read_back(value):
    assert parse_number(repr(value)) == value


@pytest.mark.parametrize(
    ("texts", "cell"),
    [
        (("6.12", "", ""), (6.12, "", "")),
        (("", "", "C"), (None, "", "C")),
        (("5", "", "C"), (None, "", "C")),
        (("5", "c", ""), (None, "", "C")),
        (("5", "BU", "F"), (5.0, "bu", "")),
        (("5", "A", ""), (5.0, "", "")),
        (("", "u", ""), (None, "u", "")),
        ((":", "", ""), (None, "", "")),
        (("5", "", "N"), (None, "", "C")),
    ],
)
def test_parse_columns_puts_three_columns_together(texts, cell):
    assert parse_columns(*texts) == cell


@pytest.mark.parametrize("value", [True, "5", [5], math.inf, 10**400])
def test_checked_number_refuses_what_is_no_number(value):
    with pytest.raises(ParseError):
        checked_number(value)


def test_status_and_confidentiality_codes_out_of_the_list_are_refused():
    with pytest.raises(ParseError, match="flags known are b c d e f i m n p r s u z"):
        status_code("x")
    with pytest.raises(ParseError, match="confidentiality"):
        confidentiality_code("X")


def test_full_cache_is_emptied_and_still_right(monkeypatch):
    monkeypatch.setattr("indicators.parsers.cells._CACHE_SIZE", 3)
    cache = CellCache()
    for number in range(10):
        assert cache[f"{number} b"] == (float(number), "b", "")
        assert len(cache) <= 3
    by_column = ColumnsCache()
    for number in range(10):
        assert by_column[f"{number}", "b", ""] == (float(number), "b", "")
        assert len(by_column) <= 3
