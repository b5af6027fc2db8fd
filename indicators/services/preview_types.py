"""What the preview of an upload shows a person."""

from collections import Counter
from dataclasses import dataclass, field

from indicators.changes import Cell, Change
from indicators.services.geocodes import UnknownCode


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One observation as understood."""

    key: str
    geo: str
    name: str
    period: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class PlacedChange:
    """A change with the series it is in."""

    key: str
    geo: str
    name: str
    change: Change


@dataclass(slots=True)
class Preview:
    """What a person decides upon. ``counts`` are observations by kind of change."""

    dimensions: tuple[str, ...]
    form: str = ""
    sheet: str = ""
    series: int = 0
    observations: int = 0
    first_period: str = ""
    last_period: str = ""
    regions: dict[str, int] = field(default_factory=dict)
    nuts_version: int | None = None
    rows: list[PreviewRow] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[PlacedChange] = field(default_factory=list)
    unknown: list[UnknownCode] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def is_loadable(self) -> bool:
        return not self.unknown
