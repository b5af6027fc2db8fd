"""One series' observations as a value: canonical, comparable, mergeable. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from indicators.digests import plain_digest
from indicators.parsers.types import SeriesRow

Texts = tuple[str, ...]
FLAG_SEPARATOR = "\t"  # where flags are stored as one text; no flag has it in it


@dataclass(frozen=True, slots=True)
class Observations:
    """Values over consecutive periods from ``start``, with their flags.

    Canonical: the first and the last item carry a value or a flag, and a flag array
    without any flag is None. So equal content is equal, whatever form it came in.
    """

    frequency: str
    start: int
    values: tuple[float | None, ...]
    statuses: Texts | None = None
    confidentiality: Texts | None = None

    @classmethod
    def from_row(cls, row: SeriesRow) -> Self:
        return cls.canonical(
            row.frequency, row.start, row.values, row.statuses, row.confidentiality
        )

    @classmethod
    def canonical(
        cls,
        frequency: str,
        start: int,
        values: Sequence[float | None],
        statuses: Sequence[str] | None,
        confidentiality: Sequence[str] | None,
    ) -> Self:
        """Trim what says nothing; empty content gives empty arrays."""
        statuses = statuses if statuses and any(statuses) else None
        confidentiality = (
            confidentiality if confidentiality and any(confidentiality) else None
        )

        def says_something(i: int) -> bool:
            return bool(
                values[i] is not None
                or (statuses and statuses[i])
                or (confidentiality and confidentiality[i])
            )

        first, last = 0, len(values)
        while last > first and not says_something(last - 1):
            last -= 1
        while first < last and not says_something(first):
            first += 1
        return cls(
            frequency,
            start + first,
            tuple(values[first:last]),
            tuple(statuses[first:last]) if statuses else None,
            tuple(confidentiality[first:last]) if confidentiality else None,
        )

    def digest(self) -> int:
        """A signed 64-bit digest: equal content, equal digest."""
        return plain_digest(self)

    def merged(self, newer: Self) -> Self:
        """This content with what ``newer`` says put over it; nothing is removed."""
        if newer.frequency != self.frequency:
            raise ValueError(
                f"frequency {newer.frequency} cannot be merged into {self.frequency}"
            )
        start = min(self.start, newer.start)
        stop = max(self.start + len(self.values), newer.start + len(newer.values))
        cells: list[tuple[float | None, str, str]] = [(None, "", "")] * (stop - start)
        for part in (self, newer):
            for i, cell in enumerate(part._cells()):
                if cell != (None, "", ""):
                    cells[part.start - start + i] = cell
        return self.canonical(
            self.frequency,
            start,
            [cell[0] for cell in cells],
            [cell[1] for cell in cells],
            [cell[2] for cell in cells],
        )

    def _cells(self) -> list[tuple[float | None, str, str]]:
        blank = ("",) * len(self.values)
        return list(
            zip(
                self.values,
                self.statuses or blank,
                self.confidentiality or blank,
                strict=True,
            )
        )
