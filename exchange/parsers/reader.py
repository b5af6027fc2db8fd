"""Which form a sheet has, from its content, and its rows."""

from exchange.parsers.rows import RawSheet, build
from exchange.parsers.text import csv_rows, decode, json_rows
from exchange.parsers.workbook import workbook_rows
from indicators.parsers.errors import ParseError


def read_sheet(data: bytes) -> RawSheet:
    """The rows of a CSV, XLSX or JSON file, whatever its name. Raises ParseError."""
    if data.startswith(b"PK\x03\x04"):
        return build("xlsx", workbook_rows(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ParseError("an old XLS workbook", advice="Save it as XLSX.")
    if data.startswith(b"%PDF"):
        raise ParseError("a PDF", advice="Upload a CSV, XLSX or JSON file.")
    text = decode(data)
    start = text.lstrip()[:1]
    if start == "<":
        raise ParseError("a web page or XML", advice="Upload CSV, XLSX or JSON.")
    if start in ("[", "{"):
        return build("json", json_rows(text))
    return build("csv", csv_rows(text))
