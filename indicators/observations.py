"""Observations as flat rows over several indicators, sliceable without building all."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, overload

from indicators.frames import IndicatorFrame
from indicators.models import Indicator

Row = dict[str, Any]


class ObservationRows:
    """A sequence of rows ordered by indicator slug, geo and period.

    Holds cells that carry a value or a flag. ``len`` and slices are cheap enough for
    a page: rows are made for the slice only.
    """

    def __init__(
        self,
        indicators: Collection[Indicator],
        frames: Mapping[str, IndicatorFrame],
        *,
        geos: Collection[str] = (),
        periods: Collection[str] = (),
    ) -> None:
        self.indicators = sorted(indicators, key=lambda item: item.slug)
        self._parts = [
            (item, _chosen(frames[item.slug], geos), set(periods))
            for item in self.indicators
        ]
        self._lengths = [
            sum(1 for _ in _cells(frame, wanted)) for _, frame, wanted in self._parts
        ]

    def __len__(self) -> int:
        return sum(self._lengths)

    def __iter__(self) -> Iterator[Row]:
        for item, frame, wanted in self._parts:
            for cell in _cells(frame, wanted):
                yield _row(item, frame, *cell)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, int):
            place = range(len(self))[index]
            return self[place : place + 1][0]
        start, stop, step = index.indices(len(self))
        if step != 1:
            return [self[place] for place in range(start, stop, step)]
        rows: list[Row] = []
        for (item, frame, wanted), length in zip(
            self._parts, self._lengths, strict=True
        ):
            if start < length and stop > 0:
                cells = islice(_cells(frame, wanted), max(start, 0), min(stop, length))
                rows += [_row(item, frame, *cell) for cell in cells]
            start, stop = start - length, stop - length
        return rows


def _chosen(frame: IndicatorFrame, geos: Collection[str]) -> IndicatorFrame:
    codes = (
        frame.values.index if not geos else [g for g in frame.values.index if g in geos]
    )
    return frame.select(sorted(codes))


def _cells(
    frame: IndicatorFrame, periods: set[str]
) -> Iterator[tuple[str, str, float | None, str, str]]:
    columns = frame.periods
    for geo, values, statuses, confidentiality in zip(
        frame.values.index,
        frame.values.to_numpy().tolist(),
        frame.obs_status.to_numpy().tolist(),
        frame.conf_status.to_numpy().tolist(),
        strict=True,
    ):
        for period, value, status, conf in zip(
            columns, values, statuses, confidentiality, strict=True
        ):
            if periods and period not in periods:
                continue
            if value == value or status or conf:
                yield str(geo), period, value if value == value else None, status, conf


def _row(
    indicator: Indicator,
    frame: IndicatorFrame,
    geo: str,
    period: str,
    value: float | None,
    status: str,
    conf: str,
) -> Row:
    origins = frame.origins.get(geo, ())
    is_converted = period in frame.converted.get(geo, ())
    return {
        "indicator": indicator.slug,
        "geo": geo,
        "time_period": period,
        "obs_value": value,
        "obs_status": status,
        "conf_status": conf,
        "unit": indicator.unit,
        "published_as": " ".join(f"{item.version}:{item.code}" for item in origins),
        "converted": is_converted,
        "conversion": _said(frame, "kind") if is_converted else "",
        "weight": _said(frame, "weight") if is_converted else "",
    }


def _said(frame: IndicatorFrame, name: str) -> str:
    """Kind or weight of the conversion, each once: the parts of a ratio may differ."""
    return " ".join(dict.fromkeys(getattr(item, name) for item in frame.conversions))
