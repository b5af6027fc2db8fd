r"""Eurostat's TSV a block of lines at a time: the fast way through a large file.

A row whose text is known already needs no parsing (``texts``). The others become
arrays at once; what is unusual in a block sends that block through the row parser of
``eurostat_tsv``, so meaning and messages are the same whichever way is taken.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Protocol, cast

import numpy as np
import orjson

from indicators.batches import Codes, Floats, SeriesBatch
from indicators.parsers.cells import parse_cell
from indicators.parsers.columns import Plan
from indicators.parsers.errors import ParseError
from indicators.parsers.row_blocks import rows_batch
from indicators.parsers.types import Numbers, Place, SeriesRow, Tally

# Part of each text's digest: a new number makes every row be parsed again.
VERSION = 2
_FLAGS = re.compile(rb"[a-z]* *(@[A-Z])? *")
_PLAIN = b"0123456789.-: \t"
_SPECIAL = np.ones(256, dtype=bool)
_SPECIAL[list(_PLAIN)] = False
_DELETED = bytes(code for code in range(256) if code not in _PLAIN)
_COMMAS = bytes.maketrans(b"\t", b",")
# In the place of ":" while numbers are read: arrays take numbers twice as fast as null.
_MISSING = b"-8888888888888888e292"


class UnusualError(Exception):
    """The block holds something that the row parser must look at."""


def seed(ids: Sequence[str], columns: Sequence[str], plan: Plan) -> bytes:
    """16 bytes for what a row's text means: its dimensions and periods.

    Consecutive periods are told by their first one, so a year that is added at the end
    and still empty leaves the texts known.
    """
    periods = (
        f"{plan.frequency}{plan.start}" if plan.is_consecutive else "\t".join(columns)
    )
    meaning = "\n".join((str(VERSION), ",".join(ids), periods))
    return hashlib.blake2b(meaning.encode(), digest_size=16).digest()


def text_digests(lines: Sequence[bytes], seed: bytes, *, width: int) -> Numbers:
    """A 64-bit digest of each row's text, 0 for a row that has not ``width`` cells.

    Blanks do not count, nor do missing cells at the row's end.
    """
    if not lines:
        return np.zeros(0, dtype=np.int64)
    blake2b = hashlib.blake2b
    found = [
        blake2b(line.rstrip(b":\t"), digest_size=8, person=seed).digest()
        for line in b"\n".join(lines).translate(None, b" ").split(b"\n")
    ]
    digests = np.frombuffer(b"".join(found), dtype=">i8").astype(np.int64)
    widths = np.array([line.count(b"\t") for line in lines])
    digests[widths != width] = 0
    return digests


class Table(Protocol):
    """What a block needs of the table it belongs to."""

    tally: Tally

    def places(self, firsts: Sequence[bytes]) -> list[Place | None]: ...
    def row(self, line: bytes, number: int) -> SeriesRow | None: ...


@dataclass(frozen=True, slots=True)
class TsvBlock:
    """Some rows of a table: their texts' digests, and their content when asked for."""

    lines: list[bytes]
    parts: list[tuple[bytes, bytes, bytes]]  # of each line: first cell, tab, the rest
    numbers: Numbers
    texts: Numbers
    table: Table
    plan: Plan

    def known(self, count: int) -> None:
        """Count rows that are not read because their text is known."""
        self.table.tally.series += count
        self.table.tally.unread += count * self.plan.width

    def read(self, rows: Numbers) -> tuple[list[Place], Numbers, Numbers, SeriesBatch]:
        """See ``types.Block``."""
        try:
            places, batch = self._read_fast(rows)
        except (UnusualError, ParseError):
            return self._read_rows(rows)
        told = batch.lengths > 0
        if not told.all():
            places, rows, batch = (
                list(compress(places, told)),
                rows[told],
                batch.take(told),
            )
        return places, self.numbers[rows], self.texts[rows], batch

    def _read_fast(self, rows: Numbers) -> tuple[list[Place], SeriesBatch]:
        """Places and content of all the rows. UnusualError where that is not plain."""
        if not self.texts[rows].all():
            raise UnusualError  # a row of another width
        parts = self.parts
        if len(rows) < len(parts):
            parts = [parts[row] for row in rows.tolist()]
        places = self.table.places([part[0] for part in parts])
        if None in places:
            raise UnusualError
        plan, tally = self.plan, self.table.tally
        values, flags, texts = read_cells(b"\t".join([part[2] for part in parts]))
        shape = len(parts), plan.width
        batch = SeriesBatch.trimmed(
            (plan.frequency, plan.start),
            plan.spread(values.reshape(shape), np.nan),
            (
                plan.spread(flags[0].reshape(shape), 0),
                plan.spread(flags[1].reshape(shape), 0),
            ),
            texts,
        )
        present = int(batch.present().sum())
        tally.series += len(parts)
        tally.values += present
        tally.missing += values.size - present
        return cast("list[Place]", places), batch

    def _read_rows(
        self, rows: Numbers
    ) -> tuple[list[Place], Numbers, Numbers, SeriesBatch]:
        """The same through the row parser, which also finds the words for errors."""
        found, kept = [], []
        for index in rows.tolist():
            number = int(self.numbers[index])
            try:
                row = self.table.row(self.lines[index], number)
            except ParseError as error:
                raise error.located(line=number) from error
            if row is not None:
                found.append(row)
                kept.append(index)
        places, numbers, batch = rows_batch(found)
        return places, numbers, self.texts[np.array(kept, dtype=np.int64)], batch


def read_cells(body: bytes) -> tuple[Floats, tuple[Codes, Codes], list[str]]:
    """Cells between tabs: values, codes of status and confidentiality, their texts.

    Raises UnusualError for a cell that is not plainly a number or ":" with flags.
    """
    values = _numbers(body)
    statuses = np.zeros(len(values), dtype=np.int32)
    confidentiality = np.zeros(len(values), dtype=np.int32)
    codes: dict[str, int] = {"": 0}
    flagged, tails = _flagged(body)
    if len(flagged):
        pairs = _flag_codes(tails, codes)
        statuses[flagged], confidentiality[flagged] = pairs[:, 0], pairs[:, 1]
        values[confidentiality != 0] = np.nan
    return values, (statuses, confidentiality), list(codes)


def _numbers(body: bytes) -> Floats:
    """The numbers before the flags. A JSON reader is four times as fast as float()."""
    if b"-:" in body or _MISSING in body:
        raise UnusualError
    items = body.translate(_COMMAS, _DELETED).replace(b":", _MISSING)
    try:
        found = orjson.loads(b"[" + items + b"]")
        numbers = np.fromiter(found, dtype=np.float64, count=len(found))
    except (orjson.JSONDecodeError, OverflowError) as error:
        raise UnusualError from error
    numbers[numbers == float(_MISSING)] = np.nan
    if np.isinf(numbers).any():
        raise UnusualError
    return numbers


def _flagged(body: bytes) -> tuple[Numbers, list[bytes]]:
    """Positions of the cells with flags, and their texts from the first flag on."""
    codes = np.frombuffer(body, dtype=np.uint8)
    special = np.flatnonzero(_SPECIAL[codes])
    if not len(special):
        return special, []
    tabs = np.flatnonzero(codes == 9)
    cells = np.searchsorted(tabs, special)
    is_first = np.ones(len(cells), dtype=bool)
    is_first[1:] = cells[1:] != cells[:-1]
    cells, starts = cells[is_first], special[is_first]
    ends = np.append(tabs, len(body))[cells]
    return cells, [
        body[start:end]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def _flag_codes(tails: list[bytes], codes: dict[str, int]) -> Codes:
    """Codes (k x 2) of the flags; ``codes`` gets the texts not met before."""
    known: dict[bytes, tuple[int, int]] = {}
    for tail in set(tails):
        if _FLAGS.fullmatch(tail) is None:
            raise UnusualError
        _value, status, confidentiality = parse_cell(":" + tail.decode())
        known[tail] = (
            codes.setdefault(status, len(codes)),
            codes.setdefault(confidentiality, len(codes)),
        )
    return np.array([known[tail] for tail in tails], dtype=np.int32)


def rows_of(block: bytes, first: int) -> tuple[list[bytes], Numbers]:
    """The block's lines that are not empty, with their numbers in the file."""
    lines = block.split(b"\n")
    if b"\r" in block:
        lines = [line.removesuffix(b"\r") for line in lines]
    numbers = np.arange(first, first + len(lines))
    if b"" in lines:
        numbers = numbers[[line != b"" for line in lines]]
        lines = [line for line in lines if line]
    return lines, numbers
