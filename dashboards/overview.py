"""One indicator across regions: who has which value, and where each one stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from indicators.analysis.position import Direction, rank
from indicators.frames import IndicatorFrame
from indicators.models import Indicator
from indicators.reading import Reading
from regions.atlas import Atlas


@dataclass(frozen=True)
class Standing:
    """One region's value in one period and its places; ranks are None without one."""

    code: str
    name: str
    country: str
    period: str
    value: float | None
    status: str
    confidential: bool
    rank: int | None
    of: int
    rank_in_country: int | None
    of_in_country: int
    is_converted: bool = False


@dataclass(frozen=True)
class Overview:
    """An indicator's frame with the atlas that says who is compared with whom.

    Ranks count the EU regions of ``level`` that have a value in the same period;
    regions outside the EU are shown but not ranked in the EU.
    """

    indicator: Indicator
    frame: IndicatorFrame
    atlas: Atlas
    reading: Reading
    level: int = 2

    @property
    def direction(self) -> Direction:
        return self.indicator.direction  # type: ignore[return-value]  # the same three texts

    @cached_property
    def level_codes(self) -> list[str]:
        return [item.code for item in self.atlas.at_level(self.level)]

    @cached_property
    def eu_codes(self) -> list[str]:
        return [item.code for item in self.atlas.eu(self.level)]

    @cached_property
    def coverage(self) -> dict[str, int]:
        """How many EU regions of the level have a value, by period."""
        present = self.frame.values.index.intersection(self.eu_codes)
        counts = self.frame.values.loc[present].notna().sum()
        return {str(period): int(count) for period, count in counts.items()}

    @cached_property
    def reporting_countries(self) -> set[str]:
        """Countries with a region that has a value, or a confidential one, ever."""
        present = self.frame.values.index.intersection(self.level_codes)
        cells = self.frame.values.notna() | (self.frame.conf_status == "C")
        some = cells.loc[present].any(axis=1)
        return {self.atlas[str(code)].country for code in some.index[some]}

    @property
    def periods(self) -> list[str]:
        """Periods with a value in at least one EU region, oldest first."""
        return [period for period, count in self.coverage.items() if count]

    @property
    def default_period(self) -> str:
        """The newest period that covers at least 80 % as many regions as the best one.

        Many countries publish every second year, and the last year is often thin.
        """
        best = max(self.coverage.values(), default=0)
        good = [
            p for p, count in self.coverage.items() if count and count >= 0.8 * best
        ]
        return good[-1] if good else ""

    def eu_values(self, period: str) -> pd.Series:
        """Values of the EU regions of the level that have one, by code."""
        values = self.frame.at(period)["obs_value"].astype(float)
        return values.reindex(self.eu_codes).dropna()

    @cached_property
    def medians(self) -> dict[str, float | None]:
        """The median EU region by period; None in periods without a figure."""
        present = self.frame.values.index.intersection(self.eu_codes)
        found = self.frame.values.loc[present].median()
        return {
            str(period): None if pd.isna(value) else float(value)
            for period, value in found.items()
        }

    def median(self, period: str) -> float | None:
        return self.medians.get(period)

    def standings(self, period: str) -> list[Standing]:
        """Every region of the level, best first, those without a value last."""
        table = self.frame.at(period).reindex(self.level_codes)
        values = table["obs_value"].astype(float)
        eu_ranks = rank(self.eu_values(period), direction=self.direction)
        places = self._country_places(values)
        rows = [
            self._standing(code, period, row, eu_ranks, places)
            for code, row in zip(
                table.index, table.itertuples(index=False), strict=True
            )
        ]
        worst = np.inf if self.direction == "lower" else -np.inf
        sign = 1 if self.direction == "lower" else -1
        return sorted(
            rows,
            key=lambda item: (
                item.value is None,
                sign * (worst if item.value is None else item.value),
                item.code,
            ),
        )

    def standing_of(self, code: str, period: str) -> Standing:
        """One region's places among those of its level, without ranking the others."""
        territory = self.atlas[code]
        if territory.level != self.level:
            return replace(self, level=territory.level).standing_of(code, period)
        table = self.frame.at(period).reindex([code])
        values = self.frame.at(period)["obs_value"].astype(float)
        peers = [
            item.code for item in self.atlas.in_country(territory.country, self.level)
        ]
        return self._standing(
            code,
            period,
            next(table.itertuples(index=False)),
            rank(self.eu_values(period), direction=self.direction),
            self._country_places(values.reindex(peers)),
        )

    def _standing(
        self,
        code: str,
        period: str,
        row: tuple[float, str, str],
        eu_ranks: pd.Series,
        places: Mapping[str, tuple[int | None, int]],
    ) -> Standing:
        territory = self.atlas[code]
        value, status, conf = row
        place, among = places[code]
        return Standing(
            code=code,
            name=territory.name,
            country=territory.country,
            period=period,
            value=None if pd.isna(value) else float(value),
            status=status if isinstance(status, str) else "",
            confidential=conf == "C",
            rank=int(eu_ranks[code]) if code in eu_ranks.index else None,
            of=len(eu_ranks),
            rank_in_country=place,
            of_in_country=among,
            is_converted=period in self.frame.converted.get(code, ()),
        )

    def _country_places(self, values: pd.Series) -> dict[str, tuple[int | None, int]]:
        countries = pd.Series(
            {code: self.atlas[code].country for code in values.index}, dtype=object
        )
        places: dict[str, tuple[int | None, int]] = {}
        for _country, group in values.groupby(countries):
            ranks = rank(group.dropna(), direction=self.direction)
            for code in group.index:
                place = int(ranks[code]) if code in ranks.index else None
                places[str(code)] = place, len(ranks)
        return places

    def country_value(self, country: str, period: str) -> tuple[float | None, bool]:
        """The country's published value; else the median of its regions, then True."""
        table = self.frame.at(period)["obs_value"]
        published = table.get(country)
        if published is not None and not pd.isna(published):
            return float(published), False
        codes = [item.code for item in self.atlas.in_country(country, self.level)]
        values = table.reindex(codes).astype(float).dropna()
        return (float(values.median()), True) if len(values) > 1 else (None, True)

    def eu_value(self, period: str) -> tuple[float | None, bool]:
        """The EU aggregate as published; else the median EU region, then True."""
        table = self.frame.at(period)["obs_value"]
        published = table.get("EU27_2020")
        if published is not None and not pd.isna(published):
            return float(published), False
        return self.median(period), True
