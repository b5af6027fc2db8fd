"""Ranks, medians and periods once more, slowly, in plain Python over flat rows.

Shares no code with the portal but the rows themselves and the list of regions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from indicators.models import Indicator
from indicators.observations import ObservationRows
from indicators.queries import indicator_frames
from indicators.reading import Reading
from regions.models import Region


@dataclass
class Oracle:
    """One indicator: value by (geo, period), and all regions of a NUTS version."""

    slug: str
    lower_is_better: bool
    values: Mapping[tuple[str, str], float]
    regions: Mapping[str, Region]

    def peers(self, level: int, country: str = "") -> list[str]:
        """EU regions of a level, or those of one country."""
        return [
            code
            for code, region in self.regions.items()
            if region.level == level
            and (region.country == country if country else region.bloc == "EU")
        ]

    def known(self, codes: Iterable[str], period: str) -> dict[str, float]:
        return {
            code: self.values[code, period]
            for code in codes
            if (code, period) in self.values
        }

    def place(self, code: str, peers: Iterable[str], period: str) -> tuple[Any, int]:
        """One more than the peers that do better; None for who has no value."""
        group = self.known(peers, period)
        if code not in group:
            return None, len(group)
        mine = group[code]
        better = 0
        for value in group.values():
            if value < mine if self.lower_is_better else value > mine:
                better += 1
        return better + 1, len(group)

    def median(self, codes: Iterable[str], period: str) -> float | None:
        ordered = sorted(self.known(codes, period).values())
        if not ordered:
            return None
        half = len(ordered) // 2
        if len(ordered) % 2:
            return ordered[half]
        return (ordered[half - 1] + ordered[half]) / 2

    @property
    def periods(self) -> list[str]:
        return sorted({period for _geo, period in self.values})

    def coverage(self, level: int) -> dict[str, int]:
        peers = self.peers(level)
        return {period: len(self.known(peers, period)) for period in self.periods}

    def default_period(self, level: int) -> str:
        """From the newest back: the first with four fifths of the best coverage."""
        counts = self.coverage(level)
        for period in reversed(self.periods):
            if counts[period] and counts[period] * 5 >= 4 * max(counts.values()):
                return period
        return ""

    def latest(self, code: str) -> tuple[str, float] | None:
        for period in reversed(self.periods):
            if (code, period) in self.values:
                return period, self.values[code, period]
        return None


def oracles() -> dict[str, Oracle]:
    """One per indicator held, for today's NUTS version."""
    version = settings.NUTS_VERSION
    regions = {item.code: item for item in Region.objects.filter(version=version)}
    indicators = list(
        Indicator.objects.select_related("dataflow", "numerator", "denominator")
    )
    rows = ObservationRows(
        indicators, indicator_frames(indicators, reading=Reading(version))
    )
    values: dict[str, dict[tuple[str, str], float]] = {}
    for row in rows:
        if row["obs_value"] is not None:
            place = row["geo"], row["time_period"]
            values.setdefault(row["indicator"], {})[place] = row["obs_value"]
    return {
        item.slug: Oracle(
            item.slug, item.direction == "lower", values[item.slug], regions
        )
        for item in indicators
    }
