"""Classes of a map: limits and membership, with ties handled honestly. Pure."""

from collections.abc import Sequence
from math import ceil

WANTED = 5


def quantile_limits(values: Sequence[float], classes: int = WANTED) -> list[float]:
    """Upper limits of classes with as equal numbers as ties allow.

    Each limit is a value of the data; equal values always share a class, so there may
    be fewer classes than asked for. No values, no classes.
    """
    ordered = sorted(values)
    if not ordered:
        return []
    last = len(ordered)
    picks = [ordered[ceil(last * (i + 1) / classes) - 1] for i in range(classes)]
    return sorted(set(picks))


def equal_limits(values: Sequence[float], classes: int = WANTED) -> list[float]:
    """Upper limits of classes of equal width from the smallest to the largest value."""
    if not values:
        return []
    low, high = min(values), max(values)
    if low == high:
        return [high]
    step = (high - low) / classes
    inner = {low + step * (i + 1) for i in range(classes - 1)}
    # A range of a few float steps gives equal limits, or one beyond the highest value.
    return [*sorted(limit for limit in inner if low <= limit < high), high]


LIMITS = {"quantile": quantile_limits, "equal": equal_limits}


def class_of(value: float, limits: Sequence[float]) -> int:
    """Index of the first class whose upper limit is not below the value.

    Values beyond the last limit belong to the last class: regions outside the base
    (EFTA) are drawn with the classes of the EU.
    """
    for index, limit in enumerate(limits):
        if value <= limit:
            return index
    return len(limits) - 1
