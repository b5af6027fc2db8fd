"""What hostile and broken files meet when they are uploaded."""

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.indicators.uploads.desk import HEADER, everything, preview, upload


def workbook(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for column, name in enumerate(HEADER.strip().split(","), start=1):
        sheet.cell(1, column, name)
    for place, value in {
        "A2": "ES21",
        "B2": "PC",
        "C2": 2023,
        "D2": 1,
        **cells,
    }.items():
        sheet[place] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(name: str, data: bytes, *, compress=zipfile.ZIP_DEFLATED) -> bytes:
    """A sound workbook with one part put in or exchanged."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(buffer, "w", compress) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return buffer.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    b"<sst>&b;</sst>"
)

OUTSIDE = (
    b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
)

ROW = "ES21,PC,2023,1,\n"

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def rows(text: str) -> bytes:
    return (HEADER + text).encode()


HOSTILE = {
    "nothing at all": (b"", "empty"),
    "blanks": (b" \n \n", "an empty file"),
    "a web page named csv": (b"<!doctype html><title>Sorry</title>", "an HTML page"),
    "NUL bytes": (rows("ES21,PC,2023,\0,\n"), "binary content"),
    "NUL bytes far down": (
        (HEADER + ROW + "\n" * 70_000 + "ES22,PC,2023,\0,\n").encode(),
        "unreadable cell",
    ),
    "a huge cell": (rows("ES21,PC,2023," + "9" * 500_000 + ",\n"), "broken CSV"),
    "a huge line": ((HEADER + "x" * (2 << 20)).encode(), "more than 1 MiB"),
    "another encoding": (rows(ROW) + b"ES22,PC,2023,1,\xe9\n", "not UTF-8"),
    "UTF-16": ((HEADER + ROW).encode("utf-16"), "UTF-16"),
    "a formula as a code": (rows("=HYPERLINK(0),PC,2023,1,\n"), "not a code"),
    "a formula as a value": (rows("ES21,PC,2023,=1+1,\n"), "unreadable cell"),
    "markup as a code": (rows("<b>ES</b>,PC,2023,1,\n"), "not a code"),
    "a formula never computed": (workbook(D2="=1+1"), "without a stored result"),
    "an error value": (workbook(D2="#REF!"), "unreadable cell"),
    "a zip that is no workbook": (None, "no XLSX workbook"),
    "half a workbook": (workbook()[:2_000], "a damaged workbook"),
    "an XML bomb of shared strings": (with_part(STRINGS, BOMB), "document type"),
    "an outside entity": (with_part(SHEET, OUTSIDE), "document type"),
    "XML in UTF-16": (
        with_part(SHEET, OUTSIDE.decode().encode("utf-16")),
        "strange encoding",
    ),
    "a workbook that swells": (
        with_part("xl/media/x.bin", bytes(200 << 20)), "too large",
    ),
    "a gzip that swells": (gzip.compress(bytes(150 << 20)), "too large"),
    "a broken sheet": (with_part(SHEET, b"<worksheet><sheet"), "sheet"),
    "an unknown frequency": (rows("ES21,PC,20-23,1,\n"), "unreadable period"),
    "a year far away": (
        rows("ES21,PC,0001-01-01,1,\nES21,PC,9999-01-01,1,\n"),
        "apart in one series",
    ),
    "infinity": (rows("ES21,PC,2023,1e999,\n"), "not a finite number"),
    "no observations": (HEADER.encode(), "no observations"),
    "a JSON of depth": (b"[" * 100_000, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_clear_error_and_nothing_is_kept(desk, probe, name):
    data, words = HOSTILE[name]
    if data is None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("../../evil.txt", "x")
        data = buffer.getvalue()
    before = everything()
    answer = upload(desk, probe, data, file_name="../../data.csv")
    assert answer.status_code == 422
    (error,) = answer.context["form"].errors["file"]
    assert words in error
    assert len(error) < 500
    assert everything() == before


@pytest.mark.parametrize("name", ["xl/externalLinks/externalLink1.xml"])
def test_links_of_a_workbook_are_not_followed(desk, probe, name):
    page, _run = preview(desk, probe, with_part(name, b"<externalLink/>"))
    assert page.context["preview"].observations == 1


def test_a_large_file_is_refused_by_its_size(desk, probe, settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    answer = upload(desk, probe, HEADER + ROW * 100)
    assert "at most" in str(answer.context["form"].errors["file"])


def test_every_bad_row_is_listed(desk, probe):
    bad = "ES21,PC,2020,x,\nES22,PC,20x0,1,\nES23,PC,2020,1,q\n"
    answer = upload(desk, probe, HEADER + ROW + bad)
    assert [line.split(":")[0] for line in answer.context["rejections"]] == [
        "data.csv, line 3", "data.csv, line 4", "data.csv, line 5",
    ]  # fmt: skip
    assert "<ol" in answer.content.decode()


def test_markup_in_a_file_is_shown_as_text(desk, probe):
    answer = upload(desk, probe, HEADER + "<script>alert(1)</script>,PC,2020,1,\n")
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_dimension_that_is_missing_is_named(desk, probe):
    answer = upload(desk, probe, "geo,colour,time_period,obs_value\nES21,RED,2020,1\n")
    (error,) = answer.context["form"].errors["file"]
    assert "unknown dimension colour; missing dimension unit" in error


def test_a_file_name_is_never_a_path(desk, probe):
    _page, run = preview(desk, probe, HEADER + ROW, file_name="../..\\x<y>.csv")
    assert Path(run.file_name).name == run.file_name
    assert "<" not in run.file_name
