"""CSV with one observation a row: reading shared by SDMX-CSV and OECD's CSV."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicators.parsers.cells import ColumnsCache
from indicators.parsers.errors import ParseError
from indicators.parsers.grouping import Grouping
from indicators.parsers.layout import CodeCheck, Layout
from indicators.parsers.source import Source
from indicators.parsers.types import SeriesRow, Tally

Row = list[str]
NumberedRow = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row; None for a column that is not there.

    ``dimensions`` and ``label_columns`` are parallel and in file order.
    """

    layout: Layout
    dimensions: tuple[int, ...]
    time: int
    value: int
    status: int | None
    confidentiality: int | None
    label_columns: tuple[int, ...] = ()


def csv_rows(source: Source, *, delimiter: str = ",") -> Iterator[NumberedRow]:
    """Rows with the line they end on; blank ones are left out. Raises ParseError."""
    reader = csv.reader(source.lines(), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise ParseError(
            f"broken CSV ({error})",
            line=reader.line_num,
            advice="Check the quotes of this line and those before it.",
        ) from error


def read_series(
    rows: Iterator[NumberedRow],
    columns: Columns,
    tally: Tally,
    labels: dict[str, dict[str, str]],
) -> Iterator[SeriesRow]:
    """Collect all rows, then give the series; ``labels`` fills on the way."""
    collector = _Collector(columns, Grouping(tally), labels)
    for line, row in rows:
        try:
            collector.take(row, line)
        except ParseError as error:
            raise error.located(line=line) from error
    yield from collector.grouping.rows()


class _Collector:
    """Puts rows into a grouping."""

    def __init__(
        self, columns: Columns, grouping: Grouping, labels: dict[str, dict[str, str]]
    ) -> None:
        self.columns = columns
        self.grouping = grouping
        self._cells = ColumnsCache()
        self._check_codes = CodeCheck()
        self._labels = [labels.setdefault(name, {}) for name in self._label_ids()]

    def _label_ids(self) -> Iterator[str]:
        layout = self.columns.layout
        names = dict(zip(layout.others, layout.dimensions[1:], strict=True))
        names[layout.geo] = layout.geo_dimension
        for position, _ in enumerate(self.columns.label_columns):
            yield names.get(position, "freq")

    def take(self, row: Row, line: int) -> None:
        """One observation. Raises ParseError."""
        columns = self.columns
        codes = [row[i] for i in columns.dimensions]
        self._check_codes(codes)
        cell = self._cells[
            row[columns.value],
            _optional(row, columns.status),
            _optional(row, columns.confidentiality),
        ]
        period, layout = row[columns.time], columns.layout
        key = layout.key(codes, self.grouping.frequency(period))
        self.grouping.add(key, codes[layout.geo], period, cell, line)
        if self._labels:
            self._remember(codes, row)

    def _remember(self, codes: Sequence[str], row: Row) -> None:
        for known, code, i in zip(
            self._labels, codes, self.columns.label_columns, strict=True
        ):
            if code not in known:
                known[code] = row[i]


def _optional(row: Row, position: int | None) -> str:
    return "" if position is None else row[position]


def wrong_width(row: Row, width: int, line: int) -> ParseError:
    """The error for a row with too many or too few cells."""
    return ParseError(
        f"{len(row)} cells where the header has {width}",
        line=line,
        text=",".join(row),
        advice="A comma is missing or too many; a decimal comma, perhaps?",
    )
