"""What every parser of statistical data gives back: one structure, many series.

The words are SDMX's: a series is one combination of dimension codes, its
observations run over time. Nothing here knows a database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

Labels = Mapping[str, Mapping[str, str]]


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

    @property
    def observations(self) -> int:
        """Cells read, with or without a value."""
        return self.values + self.missing


@dataclass(slots=True)
class Message:
    """A data message: its structure, a single-use stream of series, and counts."""

    structure: Structure
    series: Iterator[SeriesRow]
    tally: Tally
