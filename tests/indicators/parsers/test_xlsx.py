"""Workbooks: the right sheet and header, cells of every type, places in errors."""

import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from indicators.parsers import xlsx_safety
from indicators.parsers.errors import ParseError
from indicators.parsers.reader import open_message
from indicators.parsers.table_options import TableOptions
from tests.indicators.parsers.test_tidy import cells

HEADER = ["geo", "unit", "time_period", "obs_value"]


@pytest.fixture
def book(tmp_path):
    """A workbook with a sheet of notes and the sheet Data, to be filled and read."""
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Published by nobody"])
    book.create_sheet("Data")
    return book


@pytest.fixture
def read(book, tmp_path):
    def read(**options: object):
        path = tmp_path / "book.xlsx"
        book.save(path)
        message = open_message(path, table=TableOptions.of(options))
        return message, cells(message.series)

    return read


def test_the_sheet_and_its_header_are_found(book, read):
    for row in (["A title"], [], HEADER, ["ES21", "PC", 2020, 1.5], [], [],
                ["ES21", "PC", "2021", "2.5"]):  # fmt: skip
        book["Data"].append(row)
    message, found = read()
    assert (message.form, message.sheet) == ("xlsx", "Data")
    assert found == {
        ("A.PC", "ES21", "2020"): (1.5, "", ""),
        ("A.PC", "ES21", "2021"): (2.5, "", ""),
    }


def test_the_named_sheet_and_header_row_are_read(book, read):
    book["Data"].append(HEADER)
    book["Data"].append(["ES21", "PC", 2020, 1])
    other = book.create_sheet("Other")
    other.append(["NUTS", "Year", "Value"])
    other.append(["Code", "Year", "Score"])
    other.append(["ES22", 2021, 7])
    _message, found = read(
        sheet="Other", header=2, columns={"Code": "geo", "Score": "obs_value"}
    )
    assert found == {("A", "ES22", "2021"): (7.0, "", "")}
    with pytest.raises(ParseError, match=r"no such sheet: 'Gone'.*Notes, Data, Other"):
        read(sheet="Gone")


def test_wide_sheet(book, read):
    book["Data"].append(["geo", "unit", 2019, 2020])
    book["Data"].append(["ES21", "PC", None, "1.5 b"])
    assert read()[1] == {("A.PC", "ES21", "2020"): (1.5, "b", "")}


@pytest.mark.parametrize(
    ("day", "shown", "period"),
    [
        (date(2020, 1, 1), "yyyy", "2020"),
        (datetime(2020, 3, 1), "mmm-yy", "2020-03"),  # noqa: DTZ001  # Excel has no zones
        (date(2020, 3, 1), "yyyy-mm-dd", "2020-03-01"),
    ],
)
def test_a_date_is_the_period_its_format_shows(book, read, day, shown, period):
    book["Data"].append(HEADER)
    book["Data"].append(["ES21", "PC", day, 1])
    book["Data"]["C2"].number_format = shown
    ((_key, _geo, found),) = read()[1]
    assert found == period


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("D3", "1,5", "decimal comma: '1,5'"),
        ("D3", "=1+1", "a formula without a stored result"),
        ("D3", "#N/A", "unreadable cell: '#N/A'"),
        ("D3", True, "unreadable cell: 'TRUE'"),
        ("C3", "soon", "unreadable period: 'soon'"),
        ("A3", "País Vasco", "not a code in column geo"),
        ("B3", None, "no code in unit"),
        ("E3", 7, "5 cells where the header has 4"),
    ],
)
def test_a_bad_cell_is_named_by_its_address(book, read, cell, value, words):
    for row in (HEADER, ["ES21", "PC", 2020, 1], ["ES22", "PC", 2020, 2]):
        book["Data"].append(row)
    book["Data"][cell] = value
    with pytest.raises(ParseError, match=words) as caught:
        read()
    assert str(caught.value).startswith(f"book.xlsx, cell Data!{cell}: ")


def test_the_stored_result_of_a_formula_is_read(book, read, tmp_path):
    book["Data"].append(HEADER)
    book["Data"].append(["ES21", "PC", 2020, "=1+1"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(tmp_path / "new.xlsx", "w") as new,
    ):
        for part in old.namelist():
            text = old.read(part)
            for unstored in (b"<f>1+1</f><v />", b"<f>1+1</f><v></v>"):
                text = text.replace(unstored, b"<f>1+1</f><v>2</v>")
            new.writestr(part, text)
    found = cells(open_message(tmp_path / "new.xlsx").series)
    assert found == {("A.PC", "ES21", "2020"): (2.0, "", "")}


def test_large_numbers_and_small_ones_are_kept(book, read):
    book["Data"].append(HEADER)
    for year, value in ((2019, 12345678901234500), (2020, 1e-9), (2021, 0.3)):
        book["Data"].append(["ES21", "PC", year, value])
    values = [cell[0] for cell in read()[1].values()]
    assert values == [12345678901234500.0, 1e-9, 0.3]


def test_limits_of_a_workbook(book, read, monkeypatch):
    book["Data"].append(HEADER)
    for name, words in (("MOST_BYTES", "when unpacked"), ("MOST_PARTS", "parts"),
                        ("MOST_SHARED", "of texts")):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(xlsx_safety, name, 1)
            with pytest.raises(ParseError, match=words):
                read()


def test_a_header_alone_has_no_observations(book, read):
    book["Data"].append(HEADER)
    assert read()[1] == {}


def test_a_book_without_a_table_is_refused(book, read):
    with pytest.raises(ParseError, match="no sheet with a header row: 'Notes, Data'"):
        read()
