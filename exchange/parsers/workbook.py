"""XLSX: values only. A formula is never evaluated; its stored result is read."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from exchange.parsers.rows import MOST_COLUMNS, NO_RESULT
from indicators.parsers.errors import ParseError
from indicators.parsers.xlsx_safety import check_archive, uncomputed_formulas

NOTES = "notes"
MOST_UNPACKED = 100 << 20


def workbook_rows(data: bytes) -> Iterator[tuple[int, Sequence[str]]]:
    """Row numbers and texts of the first sheet that is not called "notes"."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            _refuse_bomb(archive)
            yield from _rows(data, archive)
    except ParseError:
        raise
    except Exception as error:
        # A workbook can be broken in more ways than there are kinds of error.
        raise ParseError(
            "a damaged workbook",
            text=f"{type(error).__name__}: {error}",
            advice="Open it in a spreadsheet program, save it as XLSX and try again.",
        ) from error


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """A sheet of at most 20,000 rows needs far less than what is allowed here."""
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise ParseError(
            f"a workbook of {unpacked >> 20} MiB when unpacked",
            advice="Remove other sheets and pictures, or save it as CSV.",
        )


def _rows(data: bytes, archive: zipfile.ZipFile) -> Iterator[tuple[int, Sequence[str]]]:
    with warnings.catch_warnings(action="ignore"):
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        sheets = [sheet for sheet in book.worksheets if sheet.title.lower() != NOTES]
        if not sheets:
            raise ParseError("a workbook without a sheet of rows")
        sheet: Any = sheets[0]
        empty = uncomputed_formulas(archive, sheet._worksheet_path)
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [cell_text(cell.value) for cell in cells[: MOST_COLUMNS + 1]]
            for index in range(len(texts)) if empty else ():
                if f"{get_column_letter(index + 1)}{number}" in empty:
                    texts[index] = NO_RESULT
            yield number, texts


def cell_text(value: Any) -> str:
    """A number in full, a date as ISO 8601, yes or no, else the text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
