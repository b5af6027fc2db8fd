"""Downloads: read back by a CSV reader and by openpyxl, as a user's tools would."""

import csv
import io
import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from django.utils import timezone
from openpyxl import load_workbook

from sources import workbooks
from sources.queryforms import InvalidQuery
from sources.tables import Column, Table, as_csv, as_xlsx, download, file_name

COLUMNS = [
    Column("geo", "Region"),
    Column("obs_value", "GERD", unit="% of GDP", kind="number", decimals=2),
    Column("population", "Population", kind="integer"),
    Column("obs_status", "Flag"),
]
ROWS = [
    {"geo": "ES21", "obs_value": 0.1 + 0.2, "population": 2_200_000, "obs_status": "b"},
    {"geo": "AT11", "obs_value": None, "population": 0, "obs_status": ""},
    {"geo": "=1+1", "obs_value": -2.5, "population": pd.NA},
    {"geo": 'Länd, "Æ"\n', "obs_value": float("nan"), "population": np.int64(7)},
]
METADATA = [("Source", "Eurostat"), ("Note", "=HYPERLINK(1)")]


@pytest.fixture
def table():
    return Table("GERD", COLUMNS, ROWS, METADATA, ("gerd-pc-gdp", "ES21"))


def test_csv_keeps_full_precision_and_empty_cells(table):
    content = as_csv(table)
    assert content.startswith(b"geo,obs_value,population,obs_status\r\n")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert len(rows) == len(ROWS)
    assert float(rows[0]["obs_value"]) == 0.1 + 0.2
    assert rows[0]["population"] == "2200000"
    assert rows[1] == {
        "geo": "AT11",
        "obs_value": "",
        "population": "0",
        "obs_status": "",
    }
    assert rows[3]["geo"] == 'Länd, "Æ"\n'
    assert rows[3]["obs_value"] == ""
    assert rows[3]["population"] == "7"


def test_csv_makes_formulas_inert_and_leaves_negative_numbers(table):
    rows = list(csv.reader(io.StringIO(as_csv(table).decode())))
    assert rows[3][:3] == ["'=1+1", "-2.5", ""]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1"])
def test_every_start_of_a_formula_is_made_inert(text):
    table = Table("t", [Column("a", "A")], [{"a": text}])
    rows = list(csv.reader(io.StringIO(as_csv(table).decode(), newline="")))
    assert rows[1] == ["'" + text]


def test_csv_writes_decimals_booleans_and_numpy_numbers():
    column = [Column("a", "A")]
    values = [Decimal("1.10"), True, np.float64(2.5), np.bool_(False), 1e22]
    table = Table("t", column, [{"a": value} for value in values])
    lines = as_csv(table).decode().split()
    assert lines == ["a", "1.10", "true", "2.5", "false", "1e+22"]
    cells = load_workbook(io.BytesIO(as_xlsx(table)))["data"]["A"][1:]
    assert [cell.value for cell in cells] == [1.1, True, 2.5, False, 1e22]


def test_xlsx_has_typed_cells_a_frozen_header_and_number_formats(table):
    page = load_workbook(io.BytesIO(as_xlsx(table)))["data"]
    assert page.freeze_panes == "A2"
    assert [cell.value for cell in page[1]] == [
        "Region",
        "GERD (% of GDP)",
        "Population",
        "Flag",
    ]
    assert page[1][0].font.bold
    # XLSX keeps 16 digits, one more than Excel computes with.
    assert page["B2"].value == pytest.approx(0.1 + 0.2, rel=1e-15)
    assert page["B2"].number_format == "#,##0.00"
    assert page["C2"].value == 2_200_000
    assert page["C2"].number_format == "#,##0"
    assert page["C3"].value == 0
    assert [page[cell].value for cell in ("B3", "C4", "D4", "B5")] == [None] * 4


def test_xlsx_text_is_never_a_formula(table):
    book = load_workbook(io.BytesIO(as_xlsx(table)))
    assert book["data"]["A4"].value == "=1+1"
    types = {cell.data_type for page in book for row in page.rows for cell in row}
    assert "f" not in types


def test_xlsx_metadata_sheet_tells_title_facts_and_columns(table):
    page = load_workbook(io.BytesIO(as_xlsx(table)))["metadata"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[1:4] == [("Title", "GERD"), *METADATA]
    assert rows[5] == ("Column 2", "GERD (% of GDP)")


def test_xlsx_drops_control_characters_it_cannot_hold():
    table = Table("t", [Column("a", "A")], [{"a": "bell\x07"}])
    assert load_workbook(io.BytesIO(as_xlsx(table)))["data"]["A2"].value == "bell"


def test_an_empty_table_keeps_its_header():
    table = Table("GERD", COLUMNS, [])
    assert as_csv(table) == b"geo,obs_value,population,obs_status\r\n"
    assert load_workbook(io.BytesIO(as_xlsx(table)))["data"].max_row == 1


def test_more_rows_than_a_sheet_holds_are_refused(table, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 4)
    with pytest.raises(ValueError, match="at most 3 rows"):
        as_xlsx(table)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_download_is_an_attachment_named_after_its_content(table, file_format):
    response = download(table, file_format)
    assert response.status_code == 200
    today = timezone.localdate().isoformat()
    assert response["Content-Disposition"] == (
        f'attachment; filename="gerd-pc-gdp_ES21_{today}.{file_format}"'
    )


def test_download_in_another_format_names_the_offered_ones(table):
    with pytest.raises(InvalidQuery) as caught:
        download(table, "pdf")
    assert caught.value.errors[0].parameter == "format"
    assert caught.value.errors[0].allowed == ("csv", "xlsx")


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (["tgs00042", "ES21 & ITI1"], "tgs00042_ES21-ITI1"),
        (["../../etc/passwd"], "etc-passwd"),
        (['a"\r\nX: b', "Île-de-France"], "a-X-b_Ile-de-France"),
        (["Κρήτη"], "table"),
        (["x" * 500], "x" * 120),
    ],
)
def test_file_names_are_plain_ascii(parts, stem):
    assert re.sub(r"_\d{4}-\d\d-\d\d\.csv$", "", file_name(parts, "csv")) == stem
