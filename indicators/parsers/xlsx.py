"""Plain tables in XLSX workbooks, read in pieces: values, never formulas or links."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, cast

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from indicators.parsers.errors import ParseError
from indicators.parsers.source import Source
from indicators.parsers.table_options import TableOptions
from indicators.parsers.tidy import NO_RESULT, Grid, NumberedRow, read_grid
from indicators.parsers.tidy_header import ADVICE, SEARCHED_ROWS, find_header
from indicators.parsers.types import Message, SeriesRow
from indicators.parsers.xlsx_safety import check_archive, uncomputed_formulas

_PIECE = 1_000


def read_xlsx(source: Source) -> Message:
    """The message in a workbook; the sheet is the one named, else one with a header.

    The file stays open until the series are read. Raises ParseError.
    """
    with _readable():
        archive = zipfile.ZipFile(source.path)
    try:
        message = _read(archive, source.table)
    except ParseError:
        archive.close()
        raise
    message.series = _closing(message.series, archive)
    return message


def _read(archive: zipfile.ZipFile, options: TableOptions) -> Message:
    with _readable(), warnings.catch_warnings(action="ignore"):
        check_archive(archive)
        book = load_workbook(
            cast("IO[bytes]", archive.fp),
            read_only=True,
            data_only=True,
            keep_links=False,
        )
    sheet = _chosen_sheet(book, options)
    grid = Grid(_rows(sheet, archive), cell=_Places(sheet.title))
    message = read_grid(grid, options)
    message.sheet = sheet.title
    return message


@dataclass(frozen=True, slots=True)
class _Places:
    """Addresses on a sheet: row 17, column 2 is "Sheet1!C17"."""

    sheet: str

    def __call__(self, row: int, column: int) -> str:
        return f"{self.sheet}!{get_column_letter(column + 1)}{row}"


@contextmanager
def _readable() -> Iterator[None]:
    """Turn whatever openpyxl meets in a damaged workbook into a ParseError."""
    try:
        yield
    except ParseError:
        raise
    except Exception as error:
        # A workbook can be broken in more ways than there are kinds of error:
        # KeyError, BadZipFile, zlib.error, XML errors, ValueError and others.
        raise ParseError(
            "a damaged workbook",
            text=f"{type(error).__name__}: {error}",
            advice="Open it in a spreadsheet program, save it as XLSX and try again.",
        ) from error


def _closing(
    series: Iterator[SeriesRow], archive: zipfile.ZipFile
) -> Iterator[SeriesRow]:
    with archive:
        yield from series


def _chosen_sheet(book: Any, options: TableOptions) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if options.sheet:
        if options.sheet not in sheets:
            raise ParseError(
                "no such sheet",
                text=options.sheet,
                advice=f"The workbook has {', '.join(sheets)}.",
            )
        return sheets[options.sheet]
    for sheet in sheets.values():
        first = islice(_rows(sheet, None), SEARCHED_ROWS)
        if find_header(first, options):
            return sheet
    raise ParseError(
        "no sheet with a header row", text=", ".join(sheets), advice=ADVICE
    )


def _rows(sheet: Any, archive: zipfile.ZipFile | None) -> Iterator[NumberedRow]:
    """Row numbers and texts; without ``archive``, formulas are not looked at."""
    with _readable():
        uncomputed = (
            uncomputed_formulas(archive, sheet._worksheet_path) if archive else set()
        )
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = sheet.iter_rows()
    number = 0
    while piece := _next_piece(rows):
        for cells in piece:
            number += 1
            if cells:
                yield number, _texts(cells, number, uncomputed)


def _next_piece(rows: Iterator[Sequence[Any]]) -> list[Sequence[Any]]:
    with _readable(), warnings.catch_warnings(action="ignore"):
        return list(islice(rows, _PIECE))


def _texts(cells: Sequence[Any], number: int, uncomputed: set[str]) -> list[str]:
    texts = [_text(cell) for cell in cells]
    for column, text in enumerate(texts) if uncomputed else ():
        if not text and f"{get_column_letter(column + 1)}{number}" in uncomputed:
            texts[column] = NO_RESULT
    return texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, date):
        return _period(value, cell.number_format)
    return str(value)


def _period(value: date, number_format: str) -> str:
    """A date as the period that its format shows: 2019, 2019-01 or 2019-01-31."""
    if isinstance(value, datetime):
        value = value.date()
    shown = number_format.lower()
    if "d" in shown:
        return value.isoformat()
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
