r"""Eurostat's TSV: one row a series, one column a period, flags inside the cells.

Old header ``unit,geo\time`` (until 2022, no freq, years often descending), new
header ``freq,unit,geo\TIME_PERIOD``. Rows are streamed; memory holds digests only.
"""

import re
from collections.abc import Iterator

from indicators.parsers.cells import Cell, CellCache
from indicators.parsers.columns import Plan, choose_plan, plan_columns
from indicators.parsers.errors import ParseError
from indicators.parsers.layout import CodeCheck, Layout, canonical_frequency
from indicators.parsers.repeats import SeenSeries
from indicators.parsers.source import Source
from indicators.parsers.types import Message, SeriesRow, Structure, Tally

Key = tuple[str, ...]

_PREFIXES = 50_000
_CORNER = re.compile(r"([^\\\t]+)\\(?:time|time_period)\s*", re.IGNORECASE)


def is_tsv_header(line: str) -> bool:
    r"""Whether the line starts like ``unit,geo\time``, a tab, periods."""
    return _CORNER.fullmatch(line.partition("\t")[0]) is not None


def read_tsv(source: Source) -> Message:
    """The message in a TSV file; series are read as they are asked for."""
    lines = source.lines()
    try:
        table = _Table(next(lines, ""), geo_dimension=source.geo_dimension)
    except ParseError as error:
        raise error.located(line=1) from error
    layout = table.layout
    structure = Structure(layout.dimensions, geo_dimension=layout.geo_dimension)
    return Message(structure, table.series(lines), table.tally)


class _Table:
    """The header, and what is remembered from row to row."""

    def __init__(self, header: str, *, geo_dimension: str | None) -> None:
        corner, *columns = header.split("\t")
        match = _CORNER.fullmatch(corner)
        if match is None:
            raise ParseError(
                "not a Eurostat TSV header", text=corner, advice=r"Expected geo\time."
            )
        self.width = len(columns)
        self.plans = plan_columns(columns)
        ids = match[1].split(",")
        self.dimension_count = len(ids)
        self.layout = Layout.of(ids, geo_dimension=geo_dimension)
        self.tally = Tally()
        self._cells = CellCache()
        self._check_codes = CodeCheck()
        self._seen = SeenSeries()
        # Rows differ in their last code, geo, far more often than in the others; the
        # shortcut holds where all periods have one frequency.
        self._is_by_prefix = self.layout.geo == len(ids) - 1 and len(self.plans) == 1
        self._prefixes: dict[str, tuple[Key, Plan]] = {}

    def series(self, lines: Iterator[str]) -> Iterator[SeriesRow]:
        """Rows that carry a value or a flag; all rows are counted."""
        for number, line in enumerate(lines, start=2):
            if not line:
                continue
            try:
                row = self._row(line, number)
            except ParseError as error:
                raise error.located(line=number) from error
            if row is not None:
                yield row

    def _row(self, line: str, number: int) -> SeriesRow | None:
        first, *texts = line.split("\t")
        if len(texts) != self.width:
            raise _wrong_width(len(texts), self.width, first)
        cache = self._cells
        cells = [cache[text] for text in texts]
        prefix, _, geo = first.rpartition(",")
        known = self._prefixes.get(prefix)
        if known is None or geo not in self._check_codes.known:
            key, geo, plan = self._key(first, cells)
        else:
            key, plan = known
        if not self._seen.is_new(first, line, number):
            return None
        return self._series_row(key, geo, plan, plan.pick(cells), number)

    def _key(self, first: str, cells: list[Cell]) -> tuple[Key, str, Plan]:
        """Series key, geo code and plan of a row, checked."""
        codes = first.split(",")
        if len(codes) != self.dimension_count:
            raise _wrong_key(len(codes), self.dimension_count, first)
        self._check_codes(codes)
        layout = self.layout
        stated = "" if layout.freq is None else codes[layout.freq]
        plan = choose_plan(self.plans, stated, cells)
        key = layout.key(codes, plan.frequency)
        if self._is_by_prefix and canonical_frequency(key[0]) == plan.frequency:
            if len(self._prefixes) >= _PREFIXES:
                self._prefixes.clear()
            self._prefixes[first.rpartition(",")[0]] = key, plan
        return key, codes[layout.geo], plan

    def _series_row(
        self, key: Key, geo: str, plan: Plan, cells: tuple[Cell, ...], number: int
    ) -> SeriesRow | None:
        values, statuses, confidentiality = zip(*cells, strict=True)
        flagged, secret = any(statuses), any(confidentiality)
        present = len(values) - values.count(None)
        tally = self.tally
        tally.series += 1
        tally.values += present
        tally.missing += plan.width - present
        if not (present or flagged or secret):
            return None
        return SeriesRow(
            key, geo, plan.frequency, plan.start, values,
            statuses if flagged else None, confidentiality if secret else None, number,
        )  # fmt: skip


def _wrong_width(found: int, expected: int, first: str) -> ParseError:
    return ParseError(
        f"{found} cells where the header has {expected} periods",
        text=first,
        advice="The row is cut off or has too many tabs; download the file again.",
    )


def _wrong_key(found: int, expected: int, first: str) -> ParseError:
    return ParseError(
        f"{found} codes where the header has {expected} dimensions",
        text=first,
        advice="Codes are separated by commas, in the order of the header.",
    )
