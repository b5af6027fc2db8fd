"""Files to take away: a whole kind, its template, the rows that were left out."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from exchange import widgets
from exchange.models import ImportBatch
from exchange.parsers.text import guarded
from exchange.parsers.workbook import NOTES
from exchange.resources import CatalogueResource, Column
from exchange.services.batches import sheet_of
from sources.cells import number_text
from sources.tables import XLSX_TYPE
from sources.workbooks import Sheet, workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX_TYPE,
    "json": "application/json",
}
Cell = str | int | float
CHUNK = 500


def export_file(resource: CatalogueResource, queryset: Any, form: str) -> bytes:
    """The records with the columns of the template: importing it changes nothing."""
    rows = queryset.select_related(*resource.related)
    rows = rows.prefetch_related(*resource.link_names)
    columns = list(resource.columns.values())
    cells = [
        [_cell(column.export(record)) for column in columns]
        for record in rows.iterator(chunk_size=CHUNK)
    ]
    notes = [_notes(resource)] if form == "xlsx" else []
    return _file(form, [column.name for column in columns], cells, notes)


def template_file(resource: CatalogueResource, form: str) -> bytes:
    """The header, with an explaining sheet in XLSX."""
    columns = list(resource.columns.values())
    notes = [_notes(resource)] if form == "xlsx" else []
    return _file(form, [column.name for column in columns], [], notes)


def rejected_file(batch: ImportBatch, form: str) -> bytes:
    """The rows left out as they were given, and why, to be corrected and imported."""
    sheet = sheet_of(batch)
    reasons: dict[int, list[str]] = {}
    for error in batch.errors or batch.preview["errors"]:
        text = f"{error['column']}: {error['message']}"
        reasons.setdefault(error["number"], []).append(text)
    width = len(sheet.header)
    rows: list[list[Cell]] = [
        [*(cell.replace("\x00", "") for cell in row.cells[:width]), number, reason]
        for row in sheet.rows
        if (number := row.number) in reasons
        for reason in [" ".join(reasons[row.number])]
    ]
    return _file(form, [*sheet.header, _("row"), _("reason")], rows, [])


def _cell(value: Any) -> Cell:
    if isinstance(value, str | int | float):
        return value
    return "" if value is None else number_text(value)


def _file(
    form: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Any
) -> bytes:
    if form == "xlsx":
        texts = ["@"] * len(header)
        return workbook([Sheet("data", header, rows, texts), *notes])
    if form == "json":
        items = [dict(zip(header, row, strict=True)) for row in rows]
        return json.dumps(items, ensure_ascii=False, indent=1).encode()
    return _csv([header, *rows])


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 without a mark; a text that would be a formula has an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            [guarded(cell) if isinstance(cell, str) else cell for cell in row]
        )
    return buffer.getvalue().encode()


def _notes(resource: CatalogueResource) -> Sheet:
    header = [_("Column"), _("Name"), _("Needed"), _("Meaning"), _("Allowed values")]
    rows = [
        [
            column.name,
            str(column.label),
            _("for a new record") if column.required else "",
            str(column.meaning),
            allowed_values(column),
        ]
        for column in resource.columns.values()
    ]
    return Sheet(NOTES, header, rows)


def allowed_values(column: Column) -> str:
    """The values of a list in words; "" where anything goes."""
    if isinstance(column.widget, widgets.Choice):
        choices = column.widget.choices
        return "; ".join(f"{code} ({label})" for code, label in choices)
    return "yes; no" if isinstance(column.widget, widgets.Boolean) else ""
