"""How much a release has revised: the values of before against those of after. Pure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

MOST_CHANGED = 5


@dataclass(frozen=True, slots=True)
class Move:
    """The observation of a region that was revised most; both values exist."""

    geo: str
    time_period: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Revision:
    """What differs between two states of an indicator, regions by periods.

    ``regions`` are those with any difference. An observation is added or removed where
    only one state has a value, changed where both have and they differ. The sizes are
    of changed ones: absolute in the indicator's unit, relative to the old value as a
    share (1 is 100 %) where that is not zero; None without any. ``moves`` are of the
    regions revised most in absolute terms, largest first.
    """

    regions: int
    added: int
    changed: int
    removed: int
    mean_absolute: float | None
    largest_absolute: float | None
    mean_relative: float | None
    largest_relative: float | None
    moves: tuple[Move, ...]


def revision(before: pd.DataFrame, after: pd.DataFrame) -> Revision:
    """Compare two frames of values; regions and periods may differ, NaN is no value."""
    old, new = _aligned(before, after)
    had, has = ~np.isnan(old), ~np.isnan(new)
    differs = had & has & (old != new)
    added, removed = has & ~had, had & ~has
    absolute = np.abs(new - old)[differs]
    whole = np.abs(old)[differs]
    relative = absolute[whole > 0] / whole[whole > 0]
    return Revision(
        regions=int((added | removed | differs).any(axis=1).sum()),
        added=int(added.sum()),
        changed=int(differs.sum()),
        removed=int(removed.sum()),
        mean_absolute=_mean(absolute),
        largest_absolute=_largest(absolute),
        mean_relative=_mean(relative),
        largest_relative=_largest(relative),
        moves=_moves(before, after, differs),
    )


def _aligned(
    before: pd.DataFrame, after: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays over the same regions and periods, in the order of the labels."""
    rows = before.index.union(after.index)
    columns = before.columns.union(after.columns)
    return tuple(
        frame.reindex(index=rows, columns=columns).to_numpy(dtype=float)
        for frame in (before, after)
    )  # type: ignore[return-value]  # two of them


def _moves(
    before: pd.DataFrame, after: pd.DataFrame, differs: np.ndarray
) -> tuple[Move, ...]:
    """The largest change of each region, for the regions with the largest ones."""
    rows = before.index.union(after.index)
    columns = before.columns.union(after.columns)
    old, new = _aligned(before, after)
    size = np.where(differs, np.abs(new - old), -1.0)
    if not size.size:
        return ()
    where, most = size.argmax(axis=1), size.max(axis=1)
    order = np.argsort(-most, kind="stable")[:MOST_CHANGED]
    return tuple(
        Move(
            str(rows[i]),
            str(columns[where[i]]),
            float(old[i, where[i]]),
            float(new[i, where[i]]),
        )
        for i in order
        if most[i] >= 0
    )


def _mean(sizes: np.ndarray) -> float | None:
    return float(sizes.mean()) if sizes.size else None


def _largest(sizes: np.ndarray) -> float | None:
    return float(sizes.max()) if sizes.size else None
