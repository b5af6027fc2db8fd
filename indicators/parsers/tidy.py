"""Plain tables of observations, as people and small publishers make them.

Long (geo, time_period, obs_value, dimensions) or wide (a column for each period), in
CSV with comma, semicolon or tab, or on a sheet. Every bad row is named, not only the
first.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from indicators.parsers.cells import (
    MISSING,
    Cell,
    CellCache,
    ColumnsCache,
)
from indicators.parsers.errors import ParseError
from indicators.parsers.grouping import Grouping
from indicators.parsers.layout import CodeCheck
from indicators.parsers.long_csv import csv_rows
from indicators.parsers.source import Source
from indicators.parsers.table_options import (
    CONFIDENTIALITY,
    GEO,
    STATUS,
    TIME,
    VALUE,
    TableOptions,
)
from indicators.parsers.tidy_header import (
    ADVICE,
    SEARCHED_ROWS,
    TidyHeader,
    find_header,
    read_tidy_header,
)
from indicators.parsers.types import Message, SeriesRow, Structure, Tally

T = TypeVar("T")
Row = Sequence[str]
NumberedRow = tuple[int, Row]
Place = Callable[[int, int], str]

MOST_BAD_ROWS = 1_000
# What stands for the value of a formula that no spreadsheet program has computed.
NO_RESULT = "(a formula without a result)"
_DELIMITERS = (",", ";", "\t")
_DECIMAL_COMMA = re.compile(r"\s*[+-]?\d*,\d+(?![\d,.]).*", re.ASCII)
_DECIMAL_POINT = re.compile(r"\s*[+-]?\d*\.\d+(?![\d,.]).*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells as texts with the number of their row; ``cell`` names one, "" for text.

    ``has_decimal_comma`` says that a comma separates nothing but decimals here.
    """

    rows: Iterator[NumberedRow]
    cell: Place = lambda _row, _column: ""
    has_decimal_comma: bool = False


def tidy_delimiter(head: bytes, options: TableOptions) -> str | None:
    """What separates the columns of a plain table; None where it is none."""
    lines = head.decode("utf-8", "replace").splitlines()[:SEARCHED_ROWS]
    for delimiter in _DELIMITERS:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            if find_header(((reader.line_num, row) for row in reader), options):
                return delimiter
        except csv.Error:
            continue
    return None


def read_tidy_csv(source: Source) -> Message:
    """The message in a plain CSV or TSV. Raises ParseError."""
    delimiter = tidy_delimiter(source.head, source.table) or ","
    rows = csv_rows(source, delimiter=delimiter)
    return read_grid(Grid(rows, has_decimal_comma=delimiter == ";"), source.table)


def read_grid(grid: Grid, options: TableOptions) -> Message:
    """The message in a table, whatever it was kept in. Raises ParseError."""
    found = find_header(grid.rows, options)
    if found is None:
        raise ParseError("no header row", advice=ADVICE)
    number, cells = found
    try:
        header = read_tidy_header(cells, options)
    except ParseError as error:
        raise error.located(line=number, cell=grid.cell(number, 0)) from error
    tally = Tally()
    structure = Structure(header.layout.dimensions, geo_dimension=GEO)
    reading = _Reading(header, grid, options, tally)
    return Message(structure, reading.series(), tally)


class _Reading:
    """One pass over the rows; bad ones are collected."""

    def __init__(
        self, header: TidyHeader, grid: Grid, options: TableOptions, tally: Tally
    ) -> None:
        self.header = header
        self.grid = grid
        self.options = options
        self.grouping = Grouping(tally)
        self.errors: list[ParseError] = []
        self._check_codes = CodeCheck()
        self._columns = ColumnsCache()
        self._cells = CellCache()
        self._decimals = _Decimals(comma_allowed=grid.has_decimal_comma)
        self._take = self._take_wide if header.periods else self._take_long

    def series(self) -> Iterator[SeriesRow]:
        """All series; ParseError with every bad row when there is one."""
        for number, row in self.grid.rows:
            if not any(cell.strip() for cell in row[: self.header.width]):
                continue
            self._take_row(number, row)
            if len(self.errors) >= MOST_BAD_ROWS:
                break
        if self.errors:
            raise self._refusal()
        yield from self.grouping.rows()

    def _take_row(self, number: int, row: Row) -> None:
        width = self.header.width
        try:
            if any(cell.strip() for cell in row[width:]):
                raise ParseError(
                    f"{len(row)} cells where the header has {width}",
                    line=number,
                    cell=self.grid.cell(number, width),
                    text=",".join(row),
                    advice="A separator too many; a decimal comma, perhaps?",
                )
            self._take(number, [*row, *[""] * (width - len(row))])
        except ParseError as error:
            self.errors.append(error.located(line=number))

    def _take_long(self, number: int, row: Row) -> None:
        roles = self.header.roles
        codes = self._codes(number, row)
        period = self._period(number, row[roles[TIME]])
        cell = self._at(
            number,
            roles[VALUE],
            lambda: self._columns[
                self._decimals.plain(row[roles[VALUE]]),
                _optional(row, roles.get(STATUS)),
                _optional(row, roles.get(CONFIDENTIALITY)),
            ],
        )
        self._add(number, codes, period, cell, roles[VALUE])

    def _take_wide(self, number: int, row: Row) -> None:
        codes = self._codes(number, row)
        for column, period in self.header.periods:
            cell = self._at(number, column, lambda i=column: self._wide_cell(row[i]))  # type: ignore[misc]
            self._add(number, codes, period, cell, column)

    def _wide_cell(self, text: str) -> Cell:
        text = self._decimals.plain(text.strip())
        return self._cells[text] if text else MISSING

    def _add(
        self, number: int, codes: list[str], period: str, cell: Cell, column: int
    ) -> None:
        layout = self.header.layout

        def add() -> None:
            key = layout.key(codes, self.grouping.frequency(period))
            self.grouping.add(key, codes[layout.geo], period, cell, number)

        self._at(number, column, add)

    def _codes(self, number: int, row: Row) -> list[str]:
        codes = [self.options.code(row[i].strip()) for i in self.header.dimensions]
        try:
            self._check_codes(codes)
        except ParseError as error:
            column = self._first_bad(codes)
            name = self.header.names[column]
            raise ParseError(
                f"not a code in column {name}" if error.text else f"no code in {name}",
                line=number,
                cell=self.grid.cell(number, column),
                text=error.text,
                advice=f"{error.advice} A column of names is to be left out.",
            ) from error
        return [*codes, *self.header.fixed]

    def _first_bad(self, codes: Sequence[str]) -> int:
        for column, code in zip(self.header.dimensions, codes, strict=True):
            if code not in self._check_codes.known:
                try:
                    self._check_codes([code])
                except ParseError:
                    return column
        return self.header.dimensions[0]

    def _period(self, number: int, text: str) -> str:
        period = text.strip()
        self._at(number, self.header.roles[TIME], lambda: self.grouping.periods[period])
        return period

    def _at(self, number: int, column: int, act: Callable[[], T]) -> T:
        """What ``act`` gives; its ParseError gets the place of the cell."""
        try:
            return act()
        except ParseError as error:
            place = self.grid.cell(number, column)
            raise error.located(line=number, cell=place) from error

    def _refusal(self) -> ParseError:
        first, count = self.errors[0], len(self.errors)
        if count == 1:
            return _with_rows(first, first.problem, self.errors)
        more = "more than " if count >= MOST_BAD_ROWS else ""
        return _with_rows(
            first, f"{more}{count} bad rows, the first: {first.problem}", self.errors
        )


class _Decimals:
    """Decimal commas become points where they may; a mixture of both is refused."""

    def __init__(self, *, comma_allowed: bool) -> None:
        self.comma_allowed = comma_allowed
        self._comma = self._point = ""

    def plain(self, text: str) -> str:
        """The number with a decimal point. Raises ParseError."""
        if text == NO_RESULT:
            raise ParseError(
                "a formula without a stored result",
                advice="Open the workbook in a spreadsheet program and save it, or "
                "paste the values.",
            )
        if not self.comma_allowed:
            return text
        if _DECIMAL_COMMA.fullmatch(text):
            self._comma = self._comma or text
        elif _DECIMAL_POINT.fullmatch(text):
            self._point = self._point or text
        if self._comma and self._point:
            raise ParseError(
                f"decimal commas ({self._comma.strip()}) and decimal points "
                f"({self._point.strip()}) in one file",
                text=text,
                advice="Write all numbers with a decimal point.",
            )
        return text.replace(",", ".", 1) if _DECIMAL_COMMA.fullmatch(text) else text


def _with_rows(
    first: ParseError, problem: str, rows: Sequence[ParseError]
) -> ParseError:
    return ParseError(
        problem,
        line=first.line,
        cell=first.cell,
        text=first.text,
        advice=first.advice,
        all_rows=rows,
    )


def _optional(row: Row, position: int | None) -> str:
    return "" if position is None else row[position]
