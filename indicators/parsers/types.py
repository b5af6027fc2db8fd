"""What every parser of statistical data gives back: one structure, many series.

The words are SDMX's: a series is one combination of dimension codes, its
observations run over time. Nothing here knows a database.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Labels = Mapping[str, Mapping[str, str]]
Place = tuple[tuple[str, ...], str]  # series key and geo code
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file says about itself before its first value.

    ``dimensions`` are lower-case ids in file order without the geo and the time
    dimension; ``freq`` always comes first, derived from the periods where an old
    file does not state it.
    """

    dimensions: tuple[str, ...]
    geo_dimension: str = "geo"
    agency: str = ""
    dataflow: str = ""
    name: str = ""
    updated: datetime | None = None
    labels: Labels = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series as published: arrays of equal length over consecutive periods.

    ``start`` is the ordinal of the first period (see ``indicators.periods``).
    A value is None where the cell is missing or confidential. ``statuses`` and
    ``confidentiality`` are None when no observation of the series carries one;
    otherwise "" stands for "no flag". ``line`` is the file's line (0: no lines).
    """

    key: tuple[str, ...]
    geo: str
    frequency: str
    start: int
    values: tuple[float | None, ...]
    statuses: tuple[str, ...] | None = None
    confidentiality: tuple[str, ...] | None = None
    line: int = 0


@dataclass(slots=True)
class Tally:
    """Counts that grow while a message's series are read."""

    series: int = 0
    values: int = 0
    missing: int = 0
    unread: int = 0  # cells of rows whose text was known

    @property
    def observations(self) -> int:
        """Cells met, with or without a value."""
        return self.values + self.missing + self.unread


class Block(Protocol):
    """Some series of a message; their content is made only when asked for.

    ``texts`` are digests of the series as written (0: has none). Equal digests, from
    whatever file of the dataflow, mean equal place and content.
    """

    @property
    def texts(self) -> Numbers: ...

    def known(self, count: int) -> None:
        """Count series that are not read because their text is known."""

    def read(self, rows: Numbers) -> tuple[list[Place], Numbers, Numbers, Any]:
        """Places, lines, texts and ``SeriesBatch`` of those that say anything.

        ``rows`` are positions in the block. Raises ParseError.
        """


@dataclass(slots=True)
class Message:
    """A data message: its structure, a single-use stream of series, and counts.

    ``blocks`` is the same stream in blocks, where the form can be read so; take one of
    the two. ``read`` counts the bytes of the file that were read so far.
    """

    structure: Structure
    series: Iterator[SeriesRow]
    tally: Tally
    blocks: Iterator[Block] | None = None
    read: Callable[[], int] = int
    form: str = ""  # of reader.FORMS
    sheet: str = ""  # of a workbook
