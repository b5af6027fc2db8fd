"""Where a load puts what it has read, until it counts.

PostgreSQL takes the rows at once, inside the load's transaction, which no reader
notices; a thread sends one block while the next is read. SQLite has one writer at a
time, so there the rows wait in tables of this connection and are moved in one step.
"""

from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np

from indicators.batches import Integers, Rows, SeriesBatch
from indicators.models import Dataflow


@dataclass(slots=True)
class Newcomers:
    """Slices and areas that a load has met first; the one at ``i`` has the id -1 - i
    until it is stored.
    """

    slices: list[str] = field(default_factory=list)
    areas: list[tuple[str, str, int | None]] = field(default_factory=list)

    def add_slice(self, key: str) -> int:
        self.slices.append(key)
        return -len(self.slices)

    def add_area(self, code: str, kind: str, region_id: int | None) -> int:
        self.areas.append((code, kind, region_id))
        return -len(self.areas)


@dataclass(frozen=True, slots=True)
class Content:
    """What vintages will hold: the series, and the digests of content and text."""

    batch: SeriesBatch
    digests: Integers
    texts: Integers

    def take(self, rows: Rows | slice) -> "Content":
        """The rows at these positions, or where the mask is true."""
        return Content(self.batch.take(rows), self.digests[rows], self.texts[rows])


class Store(Protocol):
    """Takes rows while a file is read; ``switch`` lets them count."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def add(self, slices: Integers, areas: Integers, content: Content) -> None:
        """Series not held before. Ids below zero are newcomers'."""

    def revise(self, series: Integers, vintages: Integers, content: Content) -> None:
        """New vintages of series held; their current ones, 0 for none, are closed."""

    def close(self, vintages: Integers) -> None:
        """Series that are held no more."""

    def wait(self) -> None:
        """Until all that was given is stored; only then may others ask the database."""

    def switch(self, dataflow: Dataflow) -> None:
        """Inside the transaction: now or when it ends, readers see the new data."""


def stored_ids(ids: Integers, newcomers: list[int]) -> Integers:
    """The ids with those of newcomers put in place of the negative ones."""
    if not (ids < 0).any():
        return ids
    known = np.array(newcomers, dtype=np.int64)
    return np.where(ids < 0, known[np.where(ids < 0, -1 - ids, 0)], ids)
