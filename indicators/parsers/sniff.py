"""Which form a file has, from its content; what it is instead, if none."""

import re

from indicators.parsers.errors import ParseError
from indicators.parsers.eurostat_tsv import is_tsv_header
from indicators.parsers.json_forms import json_form
from indicators.parsers.oecd_csv import is_oecd_header
from indicators.parsers.sdmx_csv_header import is_sdmx_csv_header
from indicators.parsers.source import Source
from indicators.parsers.table_options import TableOptions
from indicators.parsers.tidy import tidy_delimiter

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_ADVICE = (
    "Read are Eurostat TSV, SDMX-CSV, JSON-stat, SDMX-ML, SDMX-JSON, OECD CSV, and "
    "plain CSV or XLSX with the columns geo, time_period and obs_value."
)


def sniff_form(source: Source) -> str:
    """The name of the form in ``reader.FORMS``. Raises ParseError."""
    head = source.head
    start = head.lstrip()
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    _refuse_other(head, start)
    if start.startswith(b"<"):
        return "sdmx-ml"
    if start[:1] in (b"{", b"["):
        return json_form(source.json)
    return _table_form(head, source.table)


def _refuse_other(head: bytes, start: bytes) -> None:
    """Files that are no data file at all."""
    if not start:
        raise ParseError("an empty file", advice="Download the file again.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ParseError("UTF-16 text", advice="Save the file as UTF-8.")
    if _CONTROL.search(head):
        raise ParseError("binary content, no text", advice=_ADVICE)
    if _HTML.search(start[:1024]) and start.startswith(b"<"):
        raise ParseError(
            "an HTML page in place of a data file",
            text=_title(start),
            advice="The publisher answered with an error page; download it again.",
        )


def _title(start: bytes) -> str:
    found = re.search(rb"<title[^>]*>([^<]*)", start, re.IGNORECASE)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def _table_form(head: bytes, table: TableOptions) -> str:
    line = head.partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    if is_tsv_header(line):
        return "eurostat-tsv"
    if is_sdmx_csv_header(line):
        return "sdmx-csv"
    if is_oecd_header(line):
        return "oecd-csv"
    if tidy_delimiter(head, table):
        return "tidy-csv"
    raise ParseError("unknown header", line=1, text=line, advice=_ADVICE)
