"""Values of one NUTS version in the regions of another. Pure.

With f_ab the weight (population or area) that region a of the source version shares
with region b of the target version:

* a count is split and summed: x_b = sum_a x_a f_ab / sum_b' f_ab';
* a rate is averaged: x_b = sum_a x_a f_ab / sum_a f_ab, over the a that have a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regions.flows import Flow

Kind = Literal["count", "rate"]
Floats = NDArray[np.float64]

# A rate stands for its region while at most this share of its weight has no value.
MAX_MISSING = 0.2
# Sums of shares come out a little beside 1.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Converted:
    """Targets by periods, in the order of ``codes``.

    ``missing_share`` is the part (0 to 1) of each cell's weight whose sources have no
    value. ``unweighted`` are the targets that have a source without a known weight:
    they have no values.
    """

    codes: tuple[str, ...]
    values: Floats
    missing_share: Floats
    unweighted: frozenset[str]


def convert(
    values: Floats, codes: Sequence[str], flows: Sequence[Flow], kind: Kind
) -> Converted:
    """Values (source regions ``codes`` by periods, NaN is missing) over the flows.

    A source of a flow that is not among the codes is missing. A count lacks a part as
    soon as one source is missing, and then is missing itself; a rate leaves the
    missing out, up to MAX_MISSING of the weight.
    """
    targets = tuple(sorted({flow.target for flow in flows}))
    sources = tuple(sorted({flow.source for flow in flows}))
    of_source, of_target = _weights(flows, sources, targets)
    known = _rows(values, codes, sources)
    is_there = ~np.isnan(known)
    filled = np.where(is_there, known, 0.0)
    present = of_target @ is_there.astype(float)
    missing = 1.0 - present
    if kind == "count":
        result = of_source @ filled
        limit = 0.0
    else:
        with np.errstate(invalid="ignore", divide="ignore"):
            result = (of_target @ filled) / present
        limit = MAX_MISSING
    # One unknown share makes the sum of a target's shares unknown.
    is_weighted = ~np.isnan((of_source + of_target).sum(axis=1))
    is_enough = is_weighted[:, None] & (missing <= limit + _TOLERANCE)
    return Converted(
        targets,
        np.where(is_enough, result, np.nan),
        np.clip(missing, 0.0, 1.0),
        frozenset(
            code for code, ok in zip(targets, is_weighted, strict=True) if not ok
        ),
    )


def _weights(
    flows: Sequence[Flow], sources: Sequence[str], targets: Sequence[str]
) -> tuple[Floats, Floats]:
    """Shares of sources and of targets, both targets by sources; NaN is not known."""
    row = {code: i for i, code in enumerate(targets)}
    column = {code: i for i, code in enumerate(sources)}
    shape = len(targets), len(sources)
    of_source, of_target = np.zeros(shape), np.zeros(shape)
    for flow in flows:
        place = row[flow.target], column[flow.source]
        of_source[place] = (
            np.nan if flow.share_of_source is None else flow.share_of_source
        )
        of_target[place] = (
            np.nan if flow.share_of_target is None else flow.share_of_target
        )
    return of_source, of_target


def _rows(values: Floats, codes: Sequence[str], wanted: Sequence[str]) -> Floats:
    """The rows of the wanted codes; NaN for those that are not there."""
    held = {code: i for i, code in enumerate(codes)}
    found = np.full((len(wanted), values.shape[1]), np.nan)
    for i, code in enumerate(wanted):
        if code in held:
            found[i] = values[held[code]]
    return found
