"""Dates that are only as exact as their source."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import Precision, parse_end, parse_start, partial_text


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), Precision.YEAR),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29), Precision.MONTH),
        ("2012-02-03", date(2012, 2, 3), date(2012, 2, 3), Precision.DAY),
    ],
)
def test_a_text_means_from_its_first_to_its_last_day(text, first, last, precision):
    assert parse_start(text) == (first, precision)
    assert parse_end(text) == (last, precision)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(Precision))
def test_no_day_is_shown_that_nobody_said(day, precision):
    text = partial_text(day, precision)
    first, read = parse_start(text)
    last, _ = parse_end(text)
    assert read == precision
    assert first <= day <= last
    assert partial_text(first, read) == partial_text(last, read) == text
    assert parse_start(partial_text(last + timedelta(days=1), precision))[0] > last


@pytest.mark.parametrize("text", ["", "12", "2012-13", "2012-02-30", "May 2012"])
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError, match=r"\d|month|day"):
        parse_start(text or "no date 2012")


def test_no_date_is_no_text():
    assert partial_text(None, "day") == ""
