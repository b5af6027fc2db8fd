"""Regions of like structure: how far apart two regions are, and who is nearest. Pure.

After Navarro and others (2014): regions are compared by the conditions they work
under, not by how well they do. ``d(a, b) = sum of w (z_a - z_b)^2`` over the
indicators both have, where the weights used sum to 1. Nearest is smallest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
# Two regions that share less of the weight than this are not compared.
LEAST_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Peer:
    """``place`` is the row of the region; ``distance`` has no unit, 0 is alike."""

    place: int
    distance: float


def min_max(values: Values) -> Values:
    """Each column from 0 to 1; NaN stays, and a constant column becomes NaN.

    ``values`` is regions x indicators. A constant tells no two regions apart.
    """
    low, high = _extremes(values)
    span = high - low
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(span > 0, (values - low) / span, np.nan)


def structural_distance(
    scaled: Values,
    weights: Sequence[float] | None = None,
    *,
    least_weight: float = LEAST_WEIGHT,
) -> Values:
    """Regions x regions, symmetric, 0 on the diagonal, NaN where too little is shared.

    ``scaled`` is regions x indicators on one scale, NaN for missing. Weights, equal by
    default, are shared out anew over what both regions have; ``least_weight`` of 0 to
    1 is the part they must have in common, of the columns that say anything at all.
    ValueError for negative weights, or a number of them that is not the columns'.
    """
    shares = _shares(scaled, weights)
    total = np.zeros((len(scaled), len(scaled)))
    shared = np.zeros_like(total)
    # Column by column: differences are taken before squaring, so d(a, b) = d(b, a).
    for share, column in zip(shares, scaled.T, strict=True):
        squares = share * (column[:, None] - column[None, :]) ** 2
        held = np.isfinite(squares)
        total += np.where(held, squares, 0.0)
        shared += np.where(held, share, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(shared >= least_weight - 1e-12, total / shared, np.nan)


def nearest(
    distances: Values, place: int, codes: Sequence[str], *, limit: int | None = None
) -> list[Peer]:
    """Others from near to far, those without a distance left out; ties by code."""
    row = distances[place]
    found = [
        Peer(other, float(row[other]))
        for other in range(len(row))
        if other != place and np.isfinite(row[other])
    ]
    return sorted(found, key=lambda peer: (peer.distance, codes[peer.place]))[:limit]


def _extremes(values: Values) -> tuple[Values, Values]:
    held = np.isfinite(values)
    low = np.where(held, values, np.inf).min(axis=0, initial=np.inf)
    high = np.where(held, values, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(np.isfinite(low), low, 0.0), np.where(np.isfinite(high), high, 0.0)


def _shares(scaled: Values, weights: Sequence[float] | None) -> Values:
    columns = scaled.shape[1]
    given = np.ones(columns) if weights is None else np.asarray(weights, float)
    if given.shape != (columns,) or not np.isfinite(given).all() or (given < 0).any():
        raise ValueError(f"{columns} weights of 0 or more are needed, not {weights}")
    # A column nobody has, or that tells nobody apart, has no weight.
    used = np.where(np.isfinite(scaled).any(axis=0), given, 0.0)
    total = used.sum()
    return used / total if total > 0 else used
