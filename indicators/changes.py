"""What a load would change, observation by observation. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indicators.periods import format_period
from indicators.series import Observations

Cell = tuple[float | None, str, str]  # value, status, confidentiality
Kind = Literal["new", "revised", "unchanged", "retired"]
_NOTHING: Cell = (None, "", "")


@dataclass(frozen=True, slots=True)
class Change:
    """One observation before and after; None where there is none."""

    period: str
    old: Cell | None
    new: Cell | None

    @property
    def kind(self) -> Kind:
        if self.old is None:
            return "new"
        if self.new is None:
            return "retired"
        return "unchanged" if self.old == self.new else "revised"


def series_changes(
    old: Observations | None, new: Observations | None, *, is_complete: bool
) -> Iterator[Change]:
    """The observations of one series that the load says something about, in time order.

    A complete load replaces the series: what ``new`` lacks is retired. A merging one
    tells only of the observations in ``new``. Raises ValueError where the frequencies
    differ and the load merges.
    """
    if old and new and old.frequency != new.frequency:
        if not is_complete:
            raise ValueError(
                f"frequency {new.frequency} cannot be merged into {old.frequency}"
            )
        yield from series_changes(old, None, is_complete=True)
        yield from series_changes(None, new, is_complete=True)
        return
    before, after = _cells(old), _cells(new)
    told = sorted({*before, *after} if is_complete else after)
    frequency = (new or old).frequency if (new or old) else ""  # type: ignore[union-attr]
    for ordinal in told:
        yield Change(
            format_period(frequency, ordinal), before.get(ordinal), after.get(ordinal)
        )


def _cells(series: Observations | None) -> dict[int, Cell]:
    """Ordinal to cell, of those that say anything."""
    if series is None:
        return {}
    blank = ("",) * len(series.values)
    cells = zip(
        series.values,
        series.statuses or blank,
        series.confidentiality or blank,
        strict=True,
    )
    found = enumerate(cells, start=series.start)
    return {ordinal: cell for ordinal, cell in found if cell != _NOTHING}
