r"""Eurostat's TSV: one row a series, one column a period, flags inside the cells.

Old header ``unit,geo\time`` (until 2022, no freq, years often descending), new
header ``freq,unit,geo\TIME_PERIOD``. Rows are streamed; memory holds digests only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, compress

from indicators.parsers.cells import Cell, CellCache
from indicators.parsers.columns import Plan, choose_plan, plan_columns
from indicators.parsers.errors import ParseError
from indicators.parsers.layout import CodeCheck, Layout, canonical_frequency
from indicators.parsers.repeats import SeenRows, SeenSeries
from indicators.parsers.source import NumberedBlock, Source, decode, number_blocks
from indicators.parsers.tsv_blocks import TsvBlock, rows_of, seed, text_digests
from indicators.parsers.types import Message, Place, SeriesRow, Structure, Tally
from indicators.periods import FREQUENCIES

Key = tuple[str, ...]

_PREFIXES = 50_000
_CORNER = re.compile(r"([^\\\t]+)\\(?:time|time_period)\s*", re.IGNORECASE)


def is_tsv_header(line: str) -> bool:
    r"""Whether the line starts like ``unit,geo\time``, a tab, periods."""
    return _CORNER.fullmatch(line.partition("\t")[0]) is not None


def read_tsv(source: Source) -> Message:
    """The message in a TSV file; series are read as they are asked for."""
    blocks = source.blocks()
    header, feed, rest = next(blocks, b"").partition(b"\n")
    try:
        table = _Table(
            decode(header).removesuffix("\r"), geo_dimension=source.geo_dimension
        )
    except ParseError as error:
        raise error.located(line=1) from error
    layout = table.layout
    structure = Structure(layout.dimensions, geo_dimension=layout.geo_dimension)
    numbered = number_blocks(chain([rest] if feed else [], blocks), first=2)
    return Message(
        structure,
        table.series(numbered),
        table.tally,
        # Rows of several frequencies differ in their periods: read one by one.
        table.blocks(numbered) if len(table.plans) == 1 else None,
        source.meter.done,
    )


class _Table:
    """The header, and what is remembered from row to row."""

    def __init__(self, header: str, *, geo_dimension: str | None) -> None:
        corner, *columns = header.split("\t")
        match = _CORNER.fullmatch(corner)
        if match is None:
            raise ParseError(
                "not a Eurostat TSV header", text=corner, advice=r"Expected geo\time."
            )
        self.columns = columns
        self.width = len(columns)
        self.plans = plan_columns(columns)
        self.ids = match[1].split(",")
        self.layout = Layout.of(self.ids, geo_dimension=geo_dimension)
        self.tally = Tally()
        self._cells = CellCache()
        self._check_codes = CodeCheck()
        # Rows differ in their last code, geo, far more often than in the others; the
        # shortcut holds where all periods have one frequency.
        self._is_by_prefix = (
            self.layout.geo == len(self.ids) - 1 and len(self.plans) == 1
        )
        self._prefixes: dict[str, tuple[Key, Plan]] = {}

    def series(self, blocks: Iterator[NumberedBlock]) -> Iterator[SeriesRow]:
        """Rows that carry a value or a flag; all rows are counted."""
        seen = SeenSeries()
        for first, block in blocks:
            lines = decode(block, first_line=first).split("\n")
            for number, line in enumerate(lines, start=first):
                text = line.removesuffix("\r")
                if not text:
                    continue
                try:
                    row = self._row(text, number, seen)
                except ParseError as error:
                    raise error.located(line=number) from error
                if row is not None:
                    yield row

    def blocks(self, blocks: Iterator[NumberedBlock]) -> Iterator[TsvBlock]:
        """The same rows, a block at a time, not yet read."""
        (plan,) = self.plans.values()
        meaning = seed([*self.ids, self.layout.geo_dimension], self.columns, plan)
        seen = SeenRows()
        for first, block in blocks:
            if not block.isascii():
                decode(block, first_line=first)  # for its error
            lines, numbers = rows_of(block, first)
            texts = text_digests(lines, meaning, width=self.width)
            parts = [line.partition(b"\t") for line in lines]
            is_new = seen.are_new([part[0] for part in parts], numbers, texts)
            if not is_new.all():
                lines = list(compress(lines, is_new))
                parts = list(compress(parts, is_new))
                numbers, texts = numbers[is_new], texts[is_new]
            if lines:
                yield TsvBlock(lines, parts, numbers, texts, self, plan)

    def _row(self, line: str, number: int, seen: SeenSeries) -> SeriesRow | None:
        key, geo, plan, cells = self._parsed(line)
        if not seen.is_new(line.partition("\t")[0], line, number):
            return None
        return self._series_row(key, geo, plan, plan.pick(cells), number)

    def row(self, line: bytes, number: int) -> SeriesRow | None:
        """One row, counted; None when it says nothing. Raises ParseError."""
        key, geo, plan, cells = self._parsed(line.decode())
        return self._series_row(key, geo, plan, plan.pick(cells), number)

    def places(self, firsts: Sequence[bytes]) -> list[Place | None]:
        """``place`` of many first cells."""
        prefixes, geos = self._prefixes, self._check_codes.known
        found: list[Place | None] = []
        for first in b"\n".join(firsts).decode().split("\n"):
            prefix, _, geo = first.rpartition(",")
            known = prefixes.get(prefix)
            if known is not None and geo in geos:
                found.append((known[0], geo))
            else:
                found.append(self.place(first))
        return found

    def place(self, first: str) -> Place | None:
        """Series key and geo code out of a row's first cell, or None.

        None where the row's cells must be known to tell. Raises ParseError.
        """
        codes = self._codes(first)
        (plan,) = self.plans.values()
        key = self.layout.key(codes, plan.frequency)
        if (
            self._remember(first, key, plan)
            or canonical_frequency(key[0]) not in FREQUENCIES
        ):
            return key, codes[self.layout.geo]
        return None

    def _parsed(self, line: str) -> tuple[Key, str, Plan, list[Cell]]:
        """A row's series key, geo code, plan and cells, all checked."""
        first, *texts = line.split("\t")
        if len(texts) != self.width:
            raise _wrong_width(len(texts), self.width, first)
        cache = self._cells
        cells = [cache[text] for text in texts]
        prefix, _, geo = first.rpartition(",")
        known = self._prefixes.get(prefix)
        if known is None or geo not in self._check_codes.known:
            return *self._key(first, cells), cells
        return known[0], geo, known[1], cells

    def _key(self, first: str, cells: list[Cell]) -> tuple[Key, str, Plan]:
        """Series key, geo code and plan of a row, checked."""
        codes = self._codes(first)
        layout = self.layout
        stated = "" if layout.freq is None else codes[layout.freq]
        plan = choose_plan(self.plans, stated, cells)
        key = layout.key(codes, plan.frequency)
        self._remember(first, key, plan)
        return key, codes[layout.geo], plan

    def _codes(self, first: str) -> list[str]:
        codes = first.split(",")
        if len(codes) != len(self.ids):
            raise _wrong_key(len(codes), len(self.ids), first)
        self._check_codes(codes)
        return codes

    def _remember(self, first: str, key: Key, plan: Plan) -> bool:
        """Whether the key fits the plan whatever the cells say; kept for later rows."""
        if canonical_frequency(key[0]) != plan.frequency:
            return False
        if self._is_by_prefix:
            if len(self._prefixes) >= _PREFIXES:
                self._prefixes.clear()
            self._prefixes[first.rpartition(",")[0]] = key, plan
        return True

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
