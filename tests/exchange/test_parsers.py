"""Files as people have them: encodings, separators, workbooks, and hostile ones."""

import io
import zipfile

import openpyxl
import pytest

from exchange.parsers import NO_RESULT, read_sheet
from indicators.parsers.errors import ParseError

TEXT = "name,town\nÁlava,Gasteiz\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_encodings(encoding):
    sheet = read_sheet(TEXT.encode(encoding))
    assert (sheet.header, sheet.rows[0].cells) == (
        ("name", "town"),
        ("Álava", "Gasteiz"),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator):
    text = f'"name, {separator}full"{separator}town\r\n"A\nB"{separator}C\r\n'
    sheet = read_sheet(text.encode())
    assert sheet.rows[0].cells == ("A\nB", "C")


def test_a_formula_in_csv_stays_a_text():
    assert read_sheet(b"name\n=1+1\n").rows[0].cells == ("=1+1",)


def test_json_lists_and_values():
    data = b'[{"name": "One", "topics": ["a", "b"], "is_lead": true, "n": 1.5}]'
    assert read_sheet(data).rows[0].cells == ("One", "a\nb", "yes", "1.5")


def test_a_formula_without_result_is_marked():
    book = openpyxl.Workbook()
    book.active.append(["name", "budget"])
    book.active.append(["One", "=SUM(1,2)"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert read_sheet(buffer.getvalue()).rows[0].cells == ("One", NO_RESULT)


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<a>" + " " * (101 << 20))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"name\n", "without rows"),
        (b"\x00\x01\x02binary\xff", "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"<html></html>", "web page"),
        (b"PK\x03\x04 torn", "damaged workbook"),
        (b"[1, 2]", "without rows"),
        (b'[{"a": {"b": 1}}]', "nested"),
        (b"[" * 5000, "no JSON"),
        (b"a,b\n1,2,3\n", "more cells"),
        (b"a,A\n1,2\n", "two columns"),
        (b"a\n" + b"x" * 40_000, "too long"),
        (b"a\n" + b"1\n" * 20_001, "more than 20,000 rows"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(data, said):
    with pytest.raises(ParseError, match=said):
        read_sheet(data)


def test_a_zip_bomb_is_not_unpacked():
    with pytest.raises(ParseError, match="when unpacked"):
        read_sheet(bomb())
