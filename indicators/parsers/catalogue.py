"""Eurostat's catalogue of datasets: when the data of each were last updated."""

import csv
import io
import re
from datetime import date

from indicators.parsers.errors import ParseError

CODE, UPDATED = "code", "last update of data"
DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


def last_updates(text: str) -> dict[str, date]:
    """Code in lower case to day, from the table of contents as tab-separated text.

    Folders, and datasets that have no day, are left out. ParseError for a table
    without the two columns.
    """
    rows = csv.reader(io.StringIO(text), delimiter="\t")
    header = [name.strip() for name in next(rows, [])]
    if CODE not in header or UPDATED not in header:
        raise ParseError(
            "no table of contents", line=1, text="\t".join(header), advice="Ask later."
        )
    code_at, day_at = header.index(CODE), header.index(UPDATED)
    found = {}
    for row in rows:
        if len(row) > max(code_at, day_at) and (day := _day(row[day_at].strip())):
            found[row[code_at].strip().lower()] = day
    return found


def _day(text: str) -> date | None:
    match = DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
