"""What every reader gives back: a header and numbered rows of texts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicators.parsers.errors import ParseError

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # as much as a cell of a workbook holds
# Stands in a cell whose formula has no stored result; no file can contain it.
NO_RESULT = "\x00formula"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class RawRow:
    """``number`` is the row as a spreadsheet program counts it, the header being 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """``form`` is "csv", "xlsx" or "json"; rows are as long as the header."""

    form: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]


def build(form: str, rows: Iterable[tuple[int, Sequence[str]]]) -> RawSheet:
    """The first row with a text is the header. Raises ParseError."""
    numbered = ((number, cells) for number, cells in rows if any(map(str.strip, cells)))
    head = next(numbered, None)
    if head is None:
        raise ParseError("an empty file", advice="Use the template of the kind.")
    header = _header(*head)
    found: list[RawRow] = []
    for number, cells in numbered:
        if len(found) == MOST_ROWS:
            raise ParseError(
                f"more than {MOST_ROWS:,} rows", advice="Import the file in parts."
            )
        found.append(RawRow(number, tuple(_fitted(number, cells, len(header)))))
    if not found:
        raise ParseError("a header without rows", advice="Fill in at least one row.")
    return RawSheet(form, header, tuple(found))


def _header(number: int, cells: Sequence[str]) -> tuple[str, ...]:
    header = [clean(cell) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise ParseError(
            f"{len(header)} columns", line=number, advice=f"At most {MOST_COLUMNS}."
        )
    named = [name.casefold() for name in header if name]
    for name in header:
        if name and named.count(name.casefold()) > 1:
            raise ParseError(
                "two columns of one name",
                line=number,
                text=name,
                advice="Rename or remove one of them.",
            )
    return tuple(header)


def _fitted(number: int, cells: Sequence[str], width: int) -> Iterator[str]:
    if any(cell.strip() for cell in cells[width:]):
        raise ParseError(
            "more cells than the header has columns",
            line=number,
            text=next(cell for cell in cells[width:] if cell.strip()),
            advice="Is a separator missing its quotes?",
        )
    for cell in cells[:width]:
        if len(cell) > LONGEST_CELL:
            raise ParseError(
                "a cell that is too long", line=number, text=cell[:60], advice="Cut it."
            )
        yield cell if cell == NO_RESULT else clean(cell)
    yield from [""] * (width - len(cells))


def clean(text: str) -> str:
    """Without outer blanks and control characters, lines ending in a line feed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).strip()
