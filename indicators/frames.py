"""An indicator as a table: regions by periods, flags beside values. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd

from indicators.periods import format_period
from indicators.series import Observations

# Periods by region.
Periods = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Origin:
    """A published code that stands behind a region of the version shown.

    ``relation`` is "same" for the same territory under another code, "shifted" where
    the boundary has moved a little since, "converted" where values were converted
    from the code; then ``share`` is the part of the code's weight that lies here.
    """

    version: int
    code: str
    relation: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Unconverted:
    """A published code whose values could not be converted into a region shown.

    ``reason`` is "discontinued" (no such territory in the version shown),
    "unweighted" (nobody measured its shares), "incomplete" (another part of the region
    shown has no values) or "no_method" (neither a count nor a rate).
    """

    version: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """How one series was converted; ``kind`` is count, rate or none.

    ``weight`` is population or area. ``incomplete`` has, for the regions whose rate
    leaves a part out in some period, the largest part of the weight left out.
    """

    kind: str
    weight: str
    incomplete: Mapping[str, float] = field(default_factory=dict)
    unconverted: tuple[Unconverted, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One value with its flags; ``obs_value`` is None when there is none."""

    time_period: str
    obs_value: float | None
    obs_status: str = ""
    conf_status: str = ""
    is_converted: bool = False
    is_new_territory: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorFrame:
    """Regions (rows, geo codes) by periods (columns, texts in time order).

    Three frames of one shape: ``values`` (float, missing and confidential are NaN),
    ``obs_status`` and ``conf_status`` (texts, "" for no flag). ``origins`` lists, for
    the regions where they differ from the code shown, the codes as published.
    ``converted`` lists the periods whose value was converted from other regions,
    ``breaks`` those from which on a value is of another territory than before;
    ``conversions`` say how, one for each series; empty for series as reported.
    ``convertible`` are the regions with converted values, had the reader asked.
    """

    values: pd.DataFrame
    obs_status: pd.DataFrame
    conf_status: pd.DataFrame
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    converted: Periods = field(default_factory=dict)
    breaks: Periods = field(default_factory=dict)
    conversions: tuple[Conversion, ...] = ()
    convertible: frozenset[str] = frozenset()

    @classmethod
    def from_series(
        cls,
        series: Mapping[str, Observations],
        origins: Mapping[str, tuple[Origin, ...]] | None = None,
    ) -> Self:
        """One row per geo code; the columns run without gap over all periods."""
        if not series:
            return cls(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), {})
        frequency = next(iter(series.values())).frequency
        start = min(item.start for item in series.values())
        stop = max(item.start + len(item.values) for item in series.values())
        shape = (len(series), stop - start)
        values = np.full(shape, np.nan)
        statuses = np.full(shape, "", dtype=object)
        confidentiality = np.full(shape, "", dtype=object)
        for row, item in enumerate(series.values()):
            first = item.start - start
            span = slice(first, first + len(item.values))
            values[row, span] = [np.nan if v is None else v for v in item.values]
            if item.statuses:
                statuses[row, span] = item.statuses
            if item.confidentiality:
                confidentiality[row, span] = item.confidentiality
        index = pd.Index(list(series), name="geo", dtype=object)
        periods = [format_period(frequency, i) for i in range(start, stop)]
        columns = pd.Index(periods, name="time_period", dtype=object)
        return cls(
            pd.DataFrame(values, index=index, columns=columns),
            pd.DataFrame(statuses, index=index, columns=columns, dtype=object),
            pd.DataFrame(confidentiality, index=index, columns=columns, dtype=object),
            dict(origins or {}),
        )

    @property
    def periods(self) -> list[str]:
        """All periods, oldest first."""
        return [str(period) for period in self.values.columns]

    @property
    def is_empty(self) -> bool:
        return self.values.empty

    def at(self, period: str) -> pd.DataFrame:
        """Regions by [obs_value, obs_status, conf_status] in one period."""
        if period not in self.values.columns:
            return pd.DataFrame(columns=["obs_value", "obs_status", "conf_status"])
        return pd.DataFrame(
            {
                "obs_value": self.values[period],
                "obs_status": self.obs_status[period],
                "conf_status": self.conf_status[period],
            }
        )

    def observations(self, geo: str) -> list[Observation]:
        """The region's observations over all periods, gaps included."""
        if geo not in self.values.index:
            return []
        converted = self.converted.get(geo, frozenset())
        breaks = self.breaks.get(geo, frozenset())
        rows = zip(
            self.periods,
            list(self.values.loc[geo]),
            list(self.obs_status.loc[geo]),
            list(self.conf_status.loc[geo]),
            strict=True,
        )
        return [
            Observation(
                period,
                None if value != value else float(value),
                status,
                conf,
                period in converted,
                period in breaks,
            )
            for period, value, status, conf in rows
        ]

    def latest(self, geo: str) -> Observation | None:
        """The region's last observation that has a value."""
        with_value = [
            item for item in self.observations(geo) if item.obs_value is not None
        ]
        return with_value[-1] if with_value else None

    def select(self, geos: Iterable[str]) -> Self:
        """The same frame with these regions, in this order; absent ones skipped."""
        rows = [geo for geo in geos if geo in self.values.index]
        return replace(
            self,
            values=self.values.loc[rows],
            obs_status=self.obs_status.loc[rows],
            conf_status=self.conf_status.loc[rows],
            origins={geo: self.origins[geo] for geo in rows if geo in self.origins},
            converted={g: self.converted[g] for g in rows if g in self.converted},
            breaks={g: self.breaks[g] for g in rows if g in self.breaks},
        )


def ratio(
    numerator: IndicatorFrame, denominator: IndicatorFrame, *, factor: float
) -> IndicatorFrame:
    """numerator x factor / denominator where both exist; flags of both are kept.

    A zero denominator gives no value. An aggregate or region that only one of the two
    has is left out.
    """
    geos = numerator.values.index.intersection(denominator.values.index)
    periods = numerator.values.columns.intersection(denominator.values.columns)
    above = numerator.values.loc[geos, periods]
    below = denominator.values.loc[geos, periods]
    values = above * factor / below.where(below != 0)
    both = (numerator, denominator)
    origins = {
        geo: tuple(
            dict.fromkeys(o for frame in both for o in frame.origins.get(geo, ()))
        )
        for geo in geos
        if any(geo in frame.origins for frame in both)
    }
    return IndicatorFrame(
        values,
        _joined(numerator.obs_status, denominator.obs_status, geos, periods),
        _joined(numerator.conf_status, denominator.conf_status, geos, periods),
        origins,
        _either(numerator.converted, denominator.converted, values),
        _either(numerator.breaks, denominator.breaks, values),
        numerator.conversions + denominator.conversions,
        (numerator.convertible | denominator.convertible)
        & _reach(numerator)
        & _reach(denominator),
    )


def _reach(frame: IndicatorFrame) -> frozenset[str]:
    """The regions with values, as reported or converted."""
    return frame.convertible | frozenset(frame.values.index)


def _either(first: Periods, second: Periods, values: pd.DataFrame) -> Periods:
    """Periods marked in one part or the other, where the ratio has a value."""
    has_value = values.notna()
    marked = {
        geo: frozenset(
            period
            for period in first.get(geo, frozenset()) | second.get(geo, frozenset())
            if period in values.columns and bool(has_value.loc[geo, period])
        )
        for geo in {*first, *second}
        if geo in values.index
    }
    return {geo: periods for geo, periods in marked.items() if periods}


def _joined(
    first: pd.DataFrame, second: pd.DataFrame, geos: pd.Index, periods: pd.Index
) -> pd.DataFrame:
    """Each flag letter of either cell once, in alphabetical order."""
    pairs = zip(
        first.loc[geos, periods].to_numpy().ravel(),
        second.loc[geos, periods].to_numpy().ravel(),
        strict=True,
    )
    texts = np.array(["".join(sorted({*a, *b})) for a, b in pairs], dtype=object)
    return pd.DataFrame(
        texts.reshape(len(geos), len(periods)),
        index=geos,
        columns=periods,
        dtype=object,
    )


def has_break(statuses: Iterable[str]) -> bool:
    """Whether a run of flags holds a break in series (b) after its first item."""
    return any("b" in later for _, later in pairwise(statuses))
