"""A view's rows as a file to take away: CSV, or XLSX with a sheet about the data."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.cells import csv_cell
from sources.queryforms import InvalidQuery, ParameterError
from sources.workbooks import Sheet, workbook

Kind = Literal["text", "number", "integer"]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` heads it in CSV, ``label`` and ``unit`` in XLSX.

    ``decimals`` is how many XLSX shows of a number; the cell keeps all of them.
    A year or a code is text, so that no thousands separator gets into it.
    """

    key: str
    label: str
    unit: str = ""
    kind: Kind = "text"
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What a reader sees, to be downloaded exactly so.

    ``rows`` map column keys to values; an absent key is missing, as None and NaN
    are. ``metadata`` are label and text: definition, unit, source, licence, release,
    retrieved, address of the view, flags legend. ``filename_parts`` name dataset and
    filter; the day is added on download.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    metadata: Sequence[tuple[str, str]] = ()
    filename_parts: Sequence[str] = ()


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8 without a byte order mark, numbers in full precision."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([csv_cell(column.key) for column in table.columns])
    writer.writerows(
        [csv_cell(row.get(column.key)) for column in table.columns]
        for row in table.rows
    )
    return buffer.getvalue().encode()


def as_xlsx(table: Table) -> bytes:
    """A workbook with the sheets "data" and "metadata"; ValueError if too long."""
    data = Sheet(
        "data",
        [_heading(column) for column in table.columns],
        [[row.get(column.key) for column in table.columns] for row in table.rows],
        [_number_format(column) for column in table.columns],
    )
    about = [(_("Title"), table.title), *table.metadata]
    legend = [
        (_("Column %(number)d") % {"number": number}, _heading(column))
        for number, column in enumerate(table.columns, start=1)
    ]
    metadata = Sheet("metadata", [_("Item"), _("Value")], [*about, *legend])
    return workbook([data, metadata])


WRITERS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (XLSX_TYPE, as_xlsx),
}


def download(table: Table, file_format: str) -> HttpResponse:
    """The table as an attachment; InvalidQuery for a format that is not written."""
    if file_format not in WRITERS:
        detail = _("The table is not offered in this format.")
        raise InvalidQuery([ParameterError("format", detail, tuple(WRITERS))])
    content_type, write = WRITERS[file_format]
    response = HttpResponse(write(table), content_type=content_type)
    name = file_name(table.filename_parts, file_format)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(parts: Sequence[str], extension: str) -> str:
    """For example "gerd-pc-gdp_ES21_2026-11-22.csv", in plain ASCII."""
    words = [word for word in map(_plain, parts) if word]
    stem = "_".join(words)[:LONGEST_NAME].rstrip("_-.") or "table"
    return f"{stem}_{timezone.localdate().isoformat()}.{extension}"


def _heading(column: Column) -> str:
    return f"{column.label} ({column.unit})" if column.unit else column.label


def _number_format(column: Column) -> str:
    if column.kind == "text":
        return "@"
    if column.kind == "number" and column.decimals is None:
        return "General"
    return "#,##0" + (f".{'0' * column.decimals}" if column.decimals else "")


def _plain(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9.-]+", "-", ascii_text).strip("-.")
