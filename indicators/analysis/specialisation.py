"""Specialisation of regions in activities: location quotients and indices.

A matrix has regions as rows and activities as columns, counts of at least 0. NaN
is a missing or confidential cell and never a zero: it has no quotient, and the
sums of its row and column run over the cells that are there.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]

# Of proportional matrices, whose quotients are all 1, a plain ">= 1" puts 30 % of
# the cells below 1 in float64; none falls below 1 - 1e-12.
TIE_TOLERANCE = 1e-9


def location_quotient(
    matrix: npt.ArrayLike, mask: npt.ArrayLike | None = None
) -> Floats:
    """Share of an activity in a region over its share in all regions, (R, N).

    LQ = (x_ri / x_r.) / (x_.i / x_..); 1 is average. NaN where the cell is missing
    (NaN, or True in ``mask``) and where the region or the activity is empty.
    """
    counts = _counts(matrix)
    if mask is not None:
        counts = np.where(np.asarray(mask, dtype=bool), np.nan, counts)
    return _divide(_shares(counts), _reference_shares(counts))


def rsca(lq: npt.ArrayLike) -> Floats:
    """Symmetric quotient (LQ - 1) / (LQ + 1), from -1 (absent) to below 1."""
    quotients = np.asarray(lq, dtype=np.float64)
    return (quotients - 1) / (quotients + 1)


def specialised(
    lq: npt.ArrayLike,
    *,
    threshold: float = 1.0,
    tol: float = TIE_TOLERANCE,
    min_count: float | None = None,
    matrix: npt.ArrayLike | None = None,
) -> Booleans:
    """True where LQ >= threshold, ties within ``tol`` included; NaN is False.

    With ``min_count`` a cell of ``matrix`` below it is never specialised: the
    quotient of a handful of persons is noise.
    """
    quotients = np.asarray(lq, dtype=np.float64)
    chosen: Booleans = quotients >= threshold - tol
    if min_count is None:
        return chosen
    if matrix is None:
        raise ValueError("min_count needs the matrix of counts")
    enough: Booleans = _counts(matrix) >= min_count
    return chosen & enough


def krugman_index(
    matrix: npt.ArrayLike, *, exclude_self: bool = False, halved: bool = False
) -> Floats:
    """Sum over activities of |share in the region - share in the reference|, (R,).

    From 0 to below 2 (1 if ``halved``: the coefficient of specialisation). The
    reference is all regions, or all others. NaN for an empty region and for a
    row with a missing cell.
    """
    counts = _counts(matrix)
    if exclude_self:
        others = np.nansum(counts, axis=0) - np.nan_to_num(counts)
        reference = _divide(others, others.sum(axis=1, keepdims=True))
    else:
        reference = _reference_shares(counts)
    index: Floats = np.abs(_shares(counts) - reference).sum(axis=1)
    return np.divide(index, 2) if halved else index


def herfindahl(matrix: npt.ArrayLike, *, normalised: bool = False) -> Floats:
    """Sum of squared shares of each region, (R,), from 1 / N (0 if normalised) to 1.

    NaN for an empty region, a row with a missing cell, and, normalised, where
    there is only one activity.
    """
    counts = _counts(matrix)
    index: Floats = (_shares(counts) ** 2).sum(axis=1)
    if not normalised:
        return index
    even = 1 / counts.shape[1]
    return _divide(index - even, np.full_like(index, 1 - even))


def hachman_index(matrix: npt.ArrayLike) -> Floats:
    """1 / sum of LQ x share for each region, (R,); 1 is a region like the reference.

    An activity that is nowhere weighs nothing. NaN for an empty region and for a
    row with a missing cell.
    """
    counts = _counts(matrix)
    quotients = location_quotient(counts)
    quotients[:, np.nansum(counts, axis=0) == 0] = 0
    weighted = (quotients * _shares(counts)).sum(axis=1)
    return _divide(np.ones_like(weighted), weighted)


def _counts(matrix: npt.ArrayLike) -> Floats:
    """The matrix as float64 (integers would overflow when squared), checked."""
    counts = np.asarray(matrix, dtype=np.float64)
    if counts.ndim != 2:
        raise ValueError("a matrix needs two dimensions: regions and activities")
    if np.isinf(counts).any() or (counts < 0).any():
        raise ValueError("counts are finite and at least 0")
    return counts


def _shares(counts: Floats) -> Floats:
    """Each row over its sum; an empty row is NaN."""
    return _divide(counts, np.nansum(counts, axis=1, keepdims=True))


def _reference_shares(counts: Floats) -> Floats:
    sums: Floats = np.nansum(counts, axis=0)
    return _divide(sums, sums.sum(keepdims=True))


def _divide(numerator: Floats, denominator: Floats) -> Floats:
    """NaN wherever the denominator is 0, without a warning."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    quotient: Floats = np.full(shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator != 0)
    return quotient
