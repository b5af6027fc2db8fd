"""One cell: a number or nothing, its status and its confidentiality.

A cell is ``(value, status, confidentiality)``. The value is None where it is
missing, and always where it is confidential, even if a number stands there.
"""

import math
import re

from indicators.parsers.errors import ParseError
from indicators.parsers.flags import (
    LETTERS,
    confidentiality_code,
    split_letters,
    status_code,
)

Cell = tuple[float | None, str, str]
MISSING: Cell = (None, "", "")

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PLAIN = re.compile(_NUMBER, re.ASCII)
_CELL = re.compile(rf" *({_NUMBER}|:) *([a-z]*) *(@[A-Z])? *", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+(?: *[a-z@].*)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
# Cells repeat, so a cache pays; it is emptied when full, so memory stays bounded.
_CACHE_SIZE = 200_000


def parse_cell(text: str) -> Cell:
    """Split a Eurostat TSV cell: "12.3 bep" -> (12.3, "bep", ""), ": @C" -> no value.

    Raises ParseError for anything else than a number or ":" and known flags.
    """
    match = _CELL.fullmatch(text)
    if match is None:
        raise _unreadable(text.strip())
    number, letters, mark = match.groups()
    status, confidentiality = split_letters(letters) if letters else ("", "")
    if mark:
        confidentiality = confidentiality_code(mark[1]) or confidentiality
    if number == ":" or confidentiality:
        return None, status, confidentiality
    return _finite(number), status, ""


def parse_number(text: str) -> float:
    """A finite number with a decimal point. Raises ParseError for anything else."""
    stripped = text.strip(" ")
    if _PLAIN.fullmatch(stripped) is None:
        raise _unreadable(stripped)
    return _finite(stripped)


def parse_columns(value: str, status: str, confidentiality: str) -> Cell:
    """A cell whose parts stand in three columns; "" and ":" are missing."""
    value = value.strip(" ")
    number = None if value in ("", ":") else parse_number(value)
    return make_cell(number, status_code(status), confidentiality)


def parse_marks(
    number: float | None,
    status: str,
    confidentiality: str = "",
    *,
    allowed: frozenset[str] = LETTERS,
) -> Cell:
    """A cell from a number already read and its status and confidentiality codes."""
    return make_cell(number, status_code(status, allowed=allowed), confidentiality)


def make_cell(
    number: float | None, flags: tuple[str, str], confidentiality: str
) -> Cell:
    """Put the parts together: what is confidential keeps no value."""
    status, by_letter = flags
    secret = confidentiality_code(confidentiality) or by_letter
    return None if secret else number, status, secret


def checked_number(value: object) -> float | None:
    """A number out of JSON; None stays None. ParseError for text, booleans, inf."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParseError(
            "not a number", text=repr(value), advice="Values are JSON numbers or null."
        )
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _not_finite(str(number))
    return number


class CellCache(dict[str, Cell]):
    """TSV cells by their text, read once each."""

    def __missing__(self, text: str) -> Cell:
        number = text.rstrip(" ")
        # Plain numbers are most of the distinct cells; this takes a third of the time.
        if number.isascii() and number.replace(".", "", 1).isdigit():
            cell: Cell = (_finite(number), "", "")
        else:
            cell = parse_cell(text)
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[text] = cell
        return cell


class ColumnsCache(dict[tuple[str, str, str], Cell]):
    """Cells in three columns by their texts, read once each."""

    def __missing__(self, texts: tuple[str, str, str]) -> Cell:
        cell = parse_columns(*texts)
        if len(self) >= _CACHE_SIZE:
            self.clear()
        self[texts] = cell
        return cell


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _not_finite(text)
    return number


def _not_finite(text: str) -> ParseError:
    return ParseError(
        "not a finite number", text=text, advice="Leave out or mark as missing."
    )


def _unreadable(text: str) -> ParseError:
    """Say which of the usual accidents this is."""
    if not text:
        return ParseError("empty cell", advice="A missing value is written ':'.")
    if _NOT_FINITE.fullmatch(text):
        return _not_finite(text)
    if _GROUPED.fullmatch(text):
        return ParseError(
            "number with a thousands separator or a decimal comma",
            text=text,
            advice="Write digits and a decimal point only, such as 1234.5.",
        )
    if _COMMA.fullmatch(text):
        return ParseError(
            "number with a decimal comma",
            text=text,
            advice="Write a decimal point; the file may have been saved by a "
            "spreadsheet in another language.",
        )
    return ParseError(
        "unreadable cell",
        text=text,
        advice="A cell is a number or ':', then flags, such as '12.3 bep' or ': u'.",
    )
