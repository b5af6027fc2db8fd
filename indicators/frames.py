"""An indicator as a table: regions by periods, flags beside values. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd

from indicators.periods import format_period
from indicators.series import Observations


@dataclass(frozen=True, slots=True)
class Origin:
    """A published code that stands behind a region of the version shown.

    ``relation`` is "same" for the same territory under another code, "shifted" where
    the boundary has moved a little since.
    """

    version: int
    code: str
    relation: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One value with its flags; ``obs_value`` is None when there is none."""

    time_period: str
    obs_value: float | None
    obs_status: str = ""
    conf_status: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorFrame:
    """Regions (rows, geo codes) by periods (columns, texts in time order).

    Three frames of one shape: ``values`` (float, missing and confidential are NaN),
    ``obs_status`` and ``conf_status`` (texts, "" for no flag). ``origins`` lists, for
    the regions where they differ from the code shown, the codes as published.
    """

    values: pd.DataFrame
    obs_status: pd.DataFrame
    conf_status: pd.DataFrame
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)

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
        rows = zip(
            self.periods,
            list(self.values.loc[geo]),
            list(self.obs_status.loc[geo]),
            list(self.conf_status.loc[geo]),
            strict=True,
        )
        return [
            Observation(period, None if value != value else float(value), status, conf)
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
        return type(self)(
            self.values.loc[rows],
            self.obs_status.loc[rows],
            self.conf_status.loc[rows],
            {geo: self.origins[geo] for geo in rows if geo in self.origins},
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
    )


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
