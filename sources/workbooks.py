"""XLSX files: sheets with a frozen header, typed cells, and no live formula."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from sources.cells import BOOLEANS, is_missing

# The format's own limit, header included.
MOST_ROWS = 1_048_576
NARROWEST, WIDEST = 10, 60
WIDTH_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and rows of plain values; ``formats`` are number formats by column."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    formats: Sequence[str] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one file; ValueError for a sheet the format cannot hold."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    if len(sheet.rows) >= MOST_ROWS:
        raise ValueError(f"a sheet holds at most {MOST_ROWS - 1:,} rows of data")
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    for number, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_cell(page, text, bold=True) for text in sheet.header])
    formats = sheet.formats or ["General"] * len(sheet.header)
    for row in sheet.rows:
        page.append(
            [
                _cell(page, value, number_format=number_format)
                for value, number_format in zip(row, formats, strict=True)
            ]
        )


def _cell(
    page: Any, value: Any, *, number_format: str = "General", bold: bool = False
) -> Any:
    """None for a missing value: an empty cell, not a zero and not a text."""
    if is_missing(value):
        return None
    plain = _plain(value)
    cell = WriteOnlyCell(page, value=plain)
    if isinstance(plain, str):
        # openpyxl takes a text starting with "=" for a formula; here it never is.
        cell.data_type = "s"
    if number_format != "General":
        cell.number_format = number_format
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Any) -> bool | int | float | str:
    """A Python value of the kind a cell has; text without control characters."""
    if isinstance(value, BOOLEANS):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Decimal | Real):
        return float(value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))


def _widths(sheet: Sheet) -> list[int]:
    """About as wide as the longest of the header and the first rows."""
    sample = [sheet.header, *sheet.rows[:WIDTH_SAMPLE]]
    columns = zip(*sample, strict=True)
    longest = [max(len(str(value)) for value in column) for column in columns]
    return [min(max(length + 2, NARROWEST), WIDEST) for length in longest]
