"""Files that are no data: each ends in one ParseError that names the file."""

import gzip
import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.parsers.errors import ParseError
from indicators.parsers.reader import FORMS, open_message
from indicators.parsers.sniff import sniff_form
from indicators.parsers.source import Source
from tests.indicators.parsers.test_parse_csv import OECD, V1, V2
from tests.indicators.parsers.test_parse_json import sdmx, stat
from tests.indicators.parsers.test_parse_sdmx_ml import SPECIFIC
from tests.indicators.parsers.test_parse_tsv import NEW

TSV = (NEW + "A,PC,ES21\t1 b\t: \t3.5 ep\n").encode()
FORMS_BY_TEXT = [
    (TSV.decode(), "eurostat-tsv"),
    (V1, "sdmx-csv"),
    (V2, "sdmx-csv"),
    (stat(), "json-stat"),
    (SPECIFIC, "sdmx-ml"),
    (OECD, "oecd-csv"),
    (sdmx(), "sdmx-json"),
]


def _workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize(("text", "form"), FORMS_BY_TEXT)
@pytest.mark.parametrize("name", ["misleading.xml", "misleading.csv.gz"])
def test_form_is_seen_from_the_content_alone(write, text, form, name):
    assert sniff_form(Source(write(text, name), name)) == form
    assert form in FORMS


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \r\n\n", "an empty file"),
        (gzip.compress(b"", mtime=0), "an empty file"),
        (
            b"<!DOCTYPE html><html><head><title>Not here</title>",
            "HTML page .*'Not here'",
        ),
        (b"\n <HTML><body>oops", "an HTML page in place of a data file"),
        (b"<?xml version='1.0'?><html xmlns='x'/>", "an HTML page"),
        (_workbook(), "a ZIP archive that is no XLSX workbook"),
        ("geo\\time\t2019".encode("utf-16"), "UTF-16 text"),
        (bytes(range(256)), "binary content"),
        (b"\x00" * 100, "binary content"),
        (b"503 Service Unavailable", "line 1: unknown header: '503 Service"),
        (gzip.compress(TSV, mtime=0)[:-12], "the gzip ends too early"),
        (gzip.compress(TSV, mtime=0)[:20], "the gzip ends too early"),
        (gzip.compress(TSV, mtime=0)[:10] + b"\xff" * 40, "the gzip is damaged"),
        (gzip.compress(TSV, mtime=0) + b"trailing junk", "the gzip is damaged"),
        (gzip.compress(TSV, mtime=0)[:-8] + b"\x01" * 8, "the gzip is damaged"),
        (TSV + b"A,PC,M\xfcnchen\t1\t2\t3\n", "line 3: not UTF-8 text: 'ünchen"),
        (V1.encode() + b"\n\xff", "line 5: not UTF-8 text"),
        (stat().encode().replace(b"Things", b"\xff"), "line 1: not UTF-8 text"),
    ],
)
def test_what_is_no_data_file_is_named(write, content, words):
    path = write(content, "given.bin")
    with pytest.raises(ParseError, match=words) as caught:  # one stream
        list(open_message(path, name="the upload").series)
    assert str(caught.value).startswith("the upload")
    assert "given.bin" not in str(caught.value)


def test_truncated_gzip_gives_its_good_rows_first(write):
    rows = b"".join(b"A,PC,R%d\t%d\t2\t3\n" % (i, i * 7919) for i in range(200_000))
    content = gzip.compress(NEW.encode() + rows)
    series = open_message(write(content[: len(content) // 2])).series
    assert next(series).geo == "R0"
    with pytest.raises(ParseError, match="the gzip ends too early"):
        list(series)


def test_missing_file_and_folder_are_parse_errors(tmp_path):
    for path in (tmp_path / "absent.tsv", tmp_path):
        with pytest.raises(ParseError, match="the file cannot be read"):
            open_message(path)


@pytest.mark.parametrize("text", [stat(), SPECIFIC])
def test_document_over_the_limit_is_refused(write, monkeypatch, text):
    monkeypatch.setattr("indicators.parsers.source.DOCUMENT_LIMIT", 100)
    with pytest.raises(ParseError, match="a document of more than"):
        open_message(write(text))


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=100,
)
@given(
    text=st.sampled_from([text for text, _ in FORMS_BY_TEXT]),
    start=st.integers(0, 3000),
    length=st.integers(0, 30),
    junk=st.binary(max_size=10) | st.text(max_size=5).map(str.encode),
)
@example(text=SPECIFIC, start=0, length=0, junk=b"\n")
def test_damaged_file_is_read_or_refused_but_never_crashes(
    write, text, start, length, junk
):
    content = text.encode()
    damaged = content[:start] + junk + content[start + length :]
    path, message = write(damaged), ""
    try:
        list(open_message(path).series)
    except ParseError as error:
        message = str(error)
    assert message == "" or message.startswith("file.txt")


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=60,
)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_parse_error(write, content):
    with pytest.raises(ParseError):
        list(open_message(write(content)).series)
