"""Time periods as SDMX writes them, and as consecutive integers.

An ordinal counts periods of one frequency, so the observations of a series are
an array from ``start`` on: 2019 -> 2019 (A), 2019-Q1 -> 8076 (Q). Pure.
"""

import calendar
import re
from datetime import date, timedelta

FREQUENCIES = {
    "A": "annual",
    "S": "half-yearly",
    "Q": "quarterly",
    "M": "monthly",
    "W": "weekly",
    "D": "daily",
}
_PER_YEAR = {"A": 1, "S": 2, "Q": 4, "M": 12}
_SUB_ANNUAL = re.compile(r"(\d{4})-?([SHQMW])(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_EPOCH_WEEK = date(1970, 1, 5).toordinal()  # a Monday


def parse_period(text: str) -> tuple[str, int]:
    """Frequency and ordinal of a period: "2019-Q1" -> ("Q", 8076).

    Raises ValueError for anything else than a year, half-year, quarter, month,
    ISO week or day.
    """
    if len(text) == 4 and text.isascii() and text.isdecimal():
        return "A", int(text)
    if match := _SUB_ANNUAL.fullmatch(text):
        return _sub_annual(text, int(match[1]), match[2], int(match[3]))
    if match := _MONTH.fullmatch(text):
        return _sub_annual(text, int(match[1]), "M", int(match[2]))
    if match := _DAY.fullmatch(text):
        return "D", date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    raise ValueError(f"unreadable period {text!r}")


def _sub_annual(text: str, year: int, letter: str, number: int) -> tuple[str, int]:
    if letter == "W":
        monday = date.fromisocalendar(year, number, 1).toordinal()
        return "W", (monday - _EPOCH_WEEK) // 7
    frequency = "S" if letter == "H" else letter
    if not 1 <= number <= _PER_YEAR[frequency]:
        raise ValueError(f"unreadable period {text!r}")
    return frequency, year * _PER_YEAR[frequency] + number - 1


def format_period(frequency: str, ordinal: int) -> str:
    """The SDMX spelling of an ordinal: ("Q", 8076) -> "2019-Q1"."""
    if frequency == "A":
        return f"{ordinal:04d}"
    if frequency == "D":
        return date.fromordinal(ordinal).isoformat()
    if frequency == "W":
        day = date.fromordinal(_EPOCH_WEEK) + timedelta(weeks=ordinal)
        return f"{day.isocalendar().year:04d}-W{day.isocalendar().week:02d}"
    year, number = divmod(ordinal, _PER_YEAR[frequency])
    if frequency == "M":
        return f"{year:04d}-{number + 1:02d}"
    return f"{year:04d}-{frequency}{number + 1}"


def period_end(text: str) -> date:
    """The last day of a period: "2019-Q1" -> 31 March 2019.

    Raises ValueError as ``parse_period`` does, and for the year 0000.
    """
    frequency, ordinal = parse_period(text)
    if frequency == "D":
        return date.fromordinal(ordinal)
    if frequency == "W":
        return date.fromordinal(_EPOCH_WEEK + 7 * ordinal + 6)
    months = 12 // _PER_YEAR[frequency]
    year, month = divmod((ordinal + 1) * months - 1, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
