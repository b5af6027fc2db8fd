"""Observations with the time for which they were held, as flat rows."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, overload

from indicators.history import HeldRow
from indicators.models import Indicator

Row = dict[str, Any]


class HistoryRows(Sequence[Row]):
    """A sequence of rows ordered by indicator slug, geo, time held and period.

    Each observation comes once for every state of its region that the portal has
    held; ``validTo`` is None for what is held now. Rows are made when asked for.
    """

    def __init__(
        self,
        held: Mapping[Indicator, Sequence[HeldRow]],
        *,
        geos: Collection[str] = (),
        periods: Collection[str] = (),
    ) -> None:
        self.indicators = sorted(held, key=lambda item: item.slug)
        wanted = frozenset(periods)
        self._parts = [
            (item, _chosen(row, wanted))
            for item in self.indicators
            for row in held[item]
            if not geos or row.geo in geos
        ]
        # Where each part begins among all rows, and where the last one ends.
        sizes = (len(row.cells) for _item, row in self._parts)
        self._starts = list(accumulate(sizes, initial=0))

    def __len__(self) -> int:
        return self._starts[-1]

    def __iter__(self) -> Iterator[Row]:
        return (self[place] for place in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        part = bisect_right(self._starts, place) - 1
        item, row = self._parts[part]
        cell = row.cells[place - self._starts[part]]
        return {
            "indicator": item.slug,
            "geo": row.geo,
            "time_period": cell.time_period,
            "obs_value": cell.obs_value,
            "obs_status": cell.obs_status,
            "conf_status": cell.conf_status,
            "unit": item.unit,
            "published_as": row.published_as,
            "validFrom": row.valid_from,
            "validTo": row.valid_to,
        }


def _chosen(row: HeldRow, periods: frozenset[str]) -> HeldRow:
    if not periods:
        return row
    cells = tuple(cell for cell in row.cells if cell.time_period in periods)
    return replace(row, cells=cells)
