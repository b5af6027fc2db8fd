"""Periods as text and as consecutive integers."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.periods import FREQUENCIES, format_period, parse_period, period_end

LIMITS = {
    "A": (0, 9999),
    "S": (0, 9999 * 2 + 1),
    "Q": (0, 9999 * 4 + 3),
    "M": (0, 9999 * 12 + 11),
    "W": (-100_000, 400_000),
    "D": (1, date.max.toordinal()),
}


@pytest.mark.parametrize(
    ("text", "frequency", "ordinal"),
    [
        ("2019", "A", 2019),
        ("2019-Q1", "Q", 8076),
        ("2019Q4", "Q", 8079),
        ("2019-S2", "S", 4039),
        ("2019H1", "S", 4038),
        ("2019-02", "M", 24229),
        ("2019M02", "M", 24229),
        ("2019-M12", "M", 24239),
        ("1970-W03", "W", 1),
        ("2019-01-31", "D", date(2019, 1, 31).toordinal()),
        ("20190131", "D", date(2019, 1, 31).toordinal()),
    ],
)
def test_parse_period_reads_the_known_spellings(text, frequency, ordinal):
    assert parse_period(text) == (frequency, ordinal)


@pytest.mark.parametrize(
    "text",
    ["", "19", "2019-Q5", "2019-Q0", "2019-S3", "2019-13", "2019-00", "2019-W54",
     "2019-W53", "2019-02-30", "2019-Q1\n", "2019\n", "\uff12\uff10\uff11\uff19",
     "2019-B1", "TOTAL", "2019-2020", " 2019", "0000-01-01",
     "\u00b2\u2070\u00b9\u2079"],
)  # fmt: skip
def test_parse_period_refuses_anything_else(text):
    with pytest.raises(ValueError, match=r".+"):
        parse_period(text)


@pytest.mark.parametrize("frequency", FREQUENCIES)
@settings(deadline=None)
@given(data=st.data())
def test_format_and_parse_are_inverse(frequency, data):
    ordinal = data.draw(st.integers(*LIMITS[frequency]))
    assert parse_period(format_period(frequency, ordinal)) == (frequency, ordinal)


@pytest.mark.parametrize("frequency", FREQUENCIES)
@settings(deadline=None)
@given(data=st.data())
def test_later_periods_have_greater_texts(frequency, data):
    low, high = LIMITS[frequency]
    ordinal = data.draw(st.integers(low, high - 1))
    assert format_period(frequency, ordinal) < format_period(frequency, ordinal + 1)


@settings(deadline=None)
@given(st.dates())
def test_a_day_lies_in_the_week_that_its_iso_calendar_names(day):
    year, week, _ = day.isocalendar()
    if 1 <= year <= 9999 and day.toordinal() > 7 and day < date(9999, 12, 20):
        frequency, ordinal = parse_period(f"{year:04d}-W{week:02d}")
        monday = date(1970, 1, 5) + timedelta(weeks=ordinal)
        assert frequency == "W"
        assert monday <= day < monday + timedelta(days=7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019", date(2019, 12, 31)),
        ("9999", date(9999, 12, 31)),
        ("2019-S1", date(2019, 6, 30)),
        ("2020-Q1", date(2020, 3, 31)),
        ("2020-02", date(2020, 2, 29)),
        ("2019-12", date(2019, 12, 31)),
        ("2020-W01", date(2020, 1, 5)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_the_last_day_of_a_period(text, day):
    assert period_end(text) == day


def test_a_year_no_calendar_has_ends_on_no_day():
    with pytest.raises(ValueError, match="year 0 is out of range"):
        period_end("0000")
