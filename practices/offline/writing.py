"""The empty form as DOCX and as CSV. Pure."""

import csv
import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from practices.offline.asking import Asked, OfflineForm, Part, headed, key_of, noted

COLUMNS = ("field", "help", "limit", "choices", "value")
WIDTHS = (Cm(6), Cm(10.5))


def as_csv(form: OfflineForm) -> bytes:
    """A row a field; with a byte order mark, by which spreadsheets know UTF-8."""
    target = io.StringIO()
    rows = csv.writer(target)
    rows.writerow(COLUMNS)
    for part in form.parts:
        for asked in part.fields:
            told = f"{asked.label}. {asked.help}".rstrip()
            choices = "; ".join(asked.choices)
            rows.writerow([key_of(asked, part), told, asked.limit, choices, ""])
    return target.getvalue().encode("utf-8-sig")


def as_docx(form: OfflineForm) -> bytes:
    """Headings to move by, a table a part with a row a field, lists at the end."""
    made = docx.Document()
    made.core_properties.title = form.title
    made.core_properties.language = form.language
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.styles["Normal"].font.size = Pt(11)
    _say_language(made, form.language)
    made.add_heading(form.title, 0)
    for text in form.about:
        made.add_paragraph(text)
    for part in form.parts:
        made.add_heading(part.heading, 1)
        _table(made, form, part)
    made.add_heading(form.lists_heading, 1)
    for asked in form.lists():
        made.add_heading(asked.label, 2)
        for choice in asked.choices:
            made.add_paragraph(choice, style="List Bullet")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _table(made: Any, form: OfflineForm, part: Part) -> None:
    """Its first row is repeated on each page and read aloud with each cell."""
    table = made.add_table(rows=1 + len(part.fields), cols=2, style="Table Grid")
    table.autofit = False
    rows = list(table.rows)
    for cell, text in zip(rows[0].cells, form.columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    rows[0]._tr.get_or_add_trPr().append(head)
    for row, asked in zip(rows[1:], part.fields, strict=True):
        _ask(row.cells[0], asked, part)
    for row in rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width


def _ask(cell: Any, asked: Asked, part: Part) -> None:
    cell.paragraphs[0].add_run(headed(asked, part)).bold = True
    if text := noted(asked):
        cell.add_paragraph().add_run(text).font.size = Pt(9)


def _say_language(made: Any, language: str) -> None:
    """For programs that read aloud."""
    properties = made.styles["Normal"].element.get_or_add_rPr()
    told = OxmlElement("w:lang")
    told.set(qn("w:val"), language)
    properties.append(told)
