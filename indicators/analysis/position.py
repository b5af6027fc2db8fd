"""Where a region stands among its peers, and the latest value of a series."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Direction = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, slots=True)
class Position:
    """Rank 1 is the most favourable of the ``of`` peers that have a value.

    ``percentile`` is (mean rank from the other end - 0.5) / of x 100, so higher is
    more favourable; ``median`` is that of the same peers, in the unit of the values.
    """

    rank: int
    of: int
    percentile: float
    median: float


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest published value of a series."""

    period: str
    value: float


def rank(values: pd.Series, *, direction: Direction) -> pd.Series:
    """Ranks as nullable integers, 1 = most favourable, ties share the best rank.

    Where neither end is favourable (neutral) the largest comes first. A missing
    value has no rank and counts for nobody.
    """
    ranks = values.rank(method="min", ascending=direction == "lower")
    return ranks.astype("Int64")


def position(
    code: str, values: pd.Series, peers: Collection[str], *, direction: Direction
) -> Position | None:
    """The standing of ``code`` among ``peers``, itself always one of them.

    ``values`` is indexed by region code. None when the region has no value.
    """
    if not values.index.is_unique:
        raise ValueError("each region can have one value only")
    group = values[values.index.isin({*peers, code})].dropna()
    if code not in group.index:
        return None
    from_worst = group.rank(method="average", ascending=direction != "lower")
    return Position(
        rank=int(rank(group, direction=direction)[code]),
        of=len(group),
        percentile=float((from_worst[code] - 0.5) / len(group) * 100),
        median=float(group.median()),
    )


def latest(values: pd.Series) -> Latest | None:
    """The last value of a row in order of time; None where it has no value at all."""
    present = values.dropna()
    if present.empty:
        return None
    return Latest(str(present.index[-1]), float(present.iloc[-1]))
