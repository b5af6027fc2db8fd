"""The choice between series as reported and series converted to the version shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from indicators.frames import IndicatorFrame
from indicators.reading import Reading


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """Whether there is a choice on a page, and which one was made.

    ``regions`` are those of the page whose figures conversion changes; without any
    the page says so instead of offering two views of the same numbers.
    """

    version: int
    is_converted: bool
    regions: frozenset[str]

    @property
    def is_offered(self) -> bool:
        return bool(self.regions)


def series_choice(
    frames: Iterable[IndicatorFrame],
    reading: Reading,
    *,
    codes: Collection[str] | None = None,
) -> SeriesChoice:
    """The choice for a page of these frames, of all regions or of some."""
    touched: frozenset[str] = frozenset().union(*(f.convertible for f in frames))
    if codes is not None:
        touched &= frozenset(codes)
    return SeriesChoice(reading.version, reading.is_converted, touched)
