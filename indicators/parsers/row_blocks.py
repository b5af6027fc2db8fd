"""Series read one by one, in blocks: what the loader takes from any form."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indicators.batches import SeriesBatch
from indicators.parsers.types import Numbers, Place, SeriesRow
from indicators.series import Observations

ROWS = 5_000
CELLS = 500_000  # rows times the longest of them: what their arrays take


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows already read and counted; their texts are not known."""

    rows: list[SeriesRow]

    @property
    def texts(self) -> Numbers:
        return np.zeros(len(self.rows), dtype=np.int64)

    def known(self, count: int) -> None:
        """See ``types.Block``; the parser has counted them."""

    def read(self, rows: Numbers) -> tuple[list[Place], Numbers, Numbers, SeriesBatch]:
        """See ``types.Block``."""
        chosen = [self.rows[row] for row in rows.tolist()]
        places, numbers, batch = rows_batch(chosen)
        return places, numbers, self.texts[rows], batch


def row_blocks(series: Iterable[SeriesRow]) -> Iterator[RowBlock]:
    """The stream in blocks of bounded size."""
    rows: list[SeriesRow] = []
    longest = 0
    for row in series:
        longest = max(longest, len(row.values))
        if rows and (len(rows) >= ROWS or longest * (len(rows) + 1) > CELLS):
            yield RowBlock(rows)
            rows, longest = [], len(row.values)
        rows.append(row)
    if rows:
        yield RowBlock(rows)


def rows_batch(
    rows: Sequence[SeriesRow],
) -> tuple[list[Place], Numbers, SeriesBatch]:
    """Places, line numbers and content of the rows."""
    return (
        [(row.key, row.geo) for row in rows],
        np.array([row.line for row in rows], dtype=np.int64),
        SeriesBatch.of([Observations.from_row(row) for row in rows]),
    )
