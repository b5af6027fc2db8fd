"""Dates as sources give them: a day, a month or only a year. Pure."""

import calendar
import re
from datetime import date
from enum import StrEnum

_PARTIAL = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")


class Precision(StrEnum):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


def parse_start(text: str) -> tuple[date, Precision]:
    """The first day that "2012", "2012-03" or "2012-03-11" may mean.

    Raises ValueError for any other text, naming it.
    """
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1), _precision(month, day)


def parse_end(text: str) -> tuple[date, Precision]:
    """The last day that the text may mean: "2012" ends on 31 December 2012."""
    year, month, day = _parts(text)
    month_held = month or 12
    last = calendar.monthrange(year, month_held)[1]
    return date(year, month_held, day or last), _precision(month, day)


def partial_text(value: date | None, precision: str) -> str:
    """The date as its source gave it: no day is shown that nobody said."""
    if value is None:
        return ""
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
    return value.isoformat()[: lengths[Precision(precision)]]


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date. Write 2012, 2012-03 or 2012-03-11.")
    month, day = match["month"], match["day"]
    return int(match["year"]), int(month) if month else None, int(day) if day else None


def _precision(month: int | None, day: int | None) -> Precision:
    if month is None:
        return Precision.YEAR
    return Precision.MONTH if day is None else Precision.DAY
