"""Geometry of the small drawings inside key figures, for server-side SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Polylines as SVG points, one per unbroken run, and the last point's place."""

    width: int
    height: int
    runs: tuple[str, ...]
    end: tuple[float, float] | None


def sparkline(
    values: Sequence[float | None], *, width: int = 112, height: int = 34, pad: int = 4
) -> Sparkline:
    """A line over equal steps, scaled to its own range; gaps stay open."""
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline(width, height, (), None)
    low, high = min(known), max(known)
    step = (width - 2 * pad) / max(len(values) - 1, 1)

    def place(i: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(pad + i * step, 1), round(
            height - pad - share * (height - 2 * pad), 1
        )

    runs: list[list[tuple[float, float]]] = [[]]
    end: tuple[float, float] | None = None
    for i, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        end = place(i, value)
        runs[-1].append(end)
    texts = (" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1)
    return Sparkline(width, height, tuple(texts), end)


@dataclass(frozen=True, slots=True)
class Strip:
    """Places from 0 to 100 (right is more favourable) of all, the median, and mine."""

    ticks: tuple[float, ...]
    median: float
    mine: float

    @property
    def path(self) -> str:
        """All ticks as one SVG path: a page draws nine strips of 240 ticks."""
        return "".join(f"M{x} 6V24" for x in self.ticks)


def strip(
    values: Sequence[float], *, mine: float, median: float, lower_is_better: bool
) -> Strip | None:
    """One tick per region, ends at the 1st and 99th percentile; None below two values.

    Regions beyond the ends stand at the end, so that one outlier hides nobody.
    """
    ordered = sorted(values)
    if len(ordered) < 2:
        return None
    cut = len(ordered) // 100
    low, high = ordered[cut], ordered[-1 - cut]
    if low == high:
        return None

    def place(value: float) -> float:
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return round(100 * (1 - share if lower_is_better else share), 1)

    return Strip(tuple(place(v) for v in ordered), place(median), place(mine))
