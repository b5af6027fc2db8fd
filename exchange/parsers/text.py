"""CSV and JSON: which encoding, which separator, which cells."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from exchange.parsers.rows import LONGEST_CELL
from indicators.parsers.errors import ParseError

SEPARATORS = ",;\t|"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Our own exports put an apostrophe before what would start a formula.
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")
_GUARD_NEEDED = re.compile(r"'*[=+\-@\t\r\n]")


def decode(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with or without one, else cp1252.

    Raises ParseError for what is no text.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decoded(data, marked)
    if (encoding := _utf16_without_mark(data[:1024])) is not None:
        return _decoded(data, encoding)
    if b"\0" in data:
        raise ParseError("binary content, no text", advice="Save it as CSV or XLSX.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _utf16_without_mark(head: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every other byte."""
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and odd == 0 else None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ParseError(
            f"bytes that are no {encoding} text",
            text=data[error.start : error.start + 8].hex(" "),
            advice="Save the file as CSV (UTF-8).",
        ) from error


def csv_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Row numbers and cells; the separator is the one most used in the first line."""
    first = text.lstrip("\n").partition("\n")[0]
    if first.startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], text.lstrip("\n").partition("\n")[2]
    else:
        bare = re.sub(r'"[^"]*"?', "", first)
        separator = max(SEPARATORS, key=bare.count)
    csv.field_size_limit(4 * LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [unguarded(cell) for cell in cells]
    except csv.Error as error:
        raise ParseError(
            f"no CSV ({error})",
            line=reader.line_num,
            advice="Check the quotes around that line.",
        ) from error


def guarded(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would see a formula.

    A text that already looks guarded gets one more, so that ``unguarded`` gives
    back every text exactly.
    """
    return f"'{text}" if _GUARD_NEEDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given; others as they are."""
    return text[1:] if _GUARDED.match(text) else text


def json_rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """A list of objects, or an object with such a list under "rows"."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"no JSON ({error})", advice="Export it again.") from error
    items = content.get("rows") if isinstance(content, dict) else content
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ParseError("JSON without rows", advice="Give a list of objects.")
    names = list(dict.fromkeys(name for item in items for name in item))
    yield 1, names
    for number, item in enumerate(items, start=2):
        yield number, [_json_cell(item.get(name), number, name) for name in names]


def _json_cell(value: Any, number: int, name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    if isinstance(value, str | int | float):
        return str(value)
    raise ParseError(
        "a nested value",
        line=number,
        text=f"{name}: {value}",
        advice="Give a text, a number, yes or no, or a list of texts.",
    )
