"""Series of other NUTS versions, converted where territory has changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import F

from indicators.analysis.nuts import Converted, convert
from indicators.frames import Conversion, Origin, Unconverted
from indicators.joins import CONTENT, Published, observations_of
from indicators.models import Indicator, ReferenceArea
from indicators.series import Observations
from regions.flows import Flow
from regions.models import Correspondence
from regions.queries import flows_into

SliceId = tuple[int, str]  # dataflow id, slice key
Flows = Mapping[int, Sequence[Flow]]  # by source version


@dataclass(frozen=True, slots=True)
class Method:
    """How the values of a slice go from one NUTS version to another."""

    kind: str
    weight: str

    @classmethod
    def of(cls, indicator: Indicator) -> "Method":
        return cls(indicator.conversion, indicator.weight)

    @property
    def converts(self) -> bool:
        return self.kind in ("count", "rate")


@dataclass(frozen=True, slots=True)
class _Source:
    """A series of another NUTS version that no region of the one shown continues."""

    version: int
    code: str
    observations: Observations


def converted_series(
    held: Any, version: int, methods: Mapping[SliceId, Method]
) -> dict[SliceId, tuple[list[Published], Conversion]]:
    """What can be computed for the regions of a version from those of others.

    ``held`` are the vintages to look at. Every slice with such series gets its rows,
    nearest version first, and what is to be said of them. One statement for the
    series and two for the flows of each weight.
    """
    sources: dict[SliceId, list[_Source]] = defaultdict(list)
    for row in _changed_rows(held, version):
        item = _Source(row["version"], row["code"], observations_of(row))
        sources[row["dataflow"], row["key"]].append(item)
    used = {key: methods[key] for key in sources if key in methods}
    flows = _flows(version, sources, used.values())
    return {
        key: _converted(sources[key], method, flows.get(method.weight, {}), version)
        for key, method in used.items()
    }


def _changed_rows(held: Any, version: int) -> Any:
    """Series of regions whose territory is no region of the version."""
    same = Correspondence.objects.filter(
        relation=Correspondence.Relation.SAME, target__version=version
    )
    return (
        held.filter(series__area__kind=ReferenceArea.Kind.REGION)
        .exclude(series__area__region__in=same.values("source"))
        .order_by("series__slice_id", "series__area__region__code")
        .values(
            *CONTENT,
            dataflow=F("series__slice__dataflow_id"),
            key=F("series__slice__key"),
            version=F("series__area__region__version"),
            code=F("series__area__region__code"),
        )
    )


def _flows(
    version: int,
    sources: Mapping[SliceId, list[_Source]],
    methods: Iterable[Method],
) -> dict[str, Flows]:
    versions = {item.version for items in sources.values() for item in items}
    weights = sorted({method.weight for method in methods if method.converts})
    return {weight: flows_into(version, versions, weight=weight) for weight in weights}


def _converted(
    sources: list[_Source], method: Method, flows: Flows, version: int
) -> tuple[list[Published], Conversion]:
    if not method.converts:
        lost = [Unconverted(item.version, item.code, "no_method") for item in sources]
        return [], Conversion(method.kind, method.weight, {}, tuple(lost))
    rows: list[Published] = []
    incomplete: dict[str, float] = {}
    lost = []
    by_version: dict[int, dict[str, Observations]] = defaultdict(dict)
    for item in sources:
        by_version[item.version][item.code] = item.observations
    nearest = sorted(by_version, key=lambda year: (abs(year - version), -year))
    for year in nearest:
        series = by_version[year]
        own = _flows_from(series, flows[year])
        table, start = _table(series)
        result = convert(table, list(series), own, method.kind)  # type: ignore[arg-type]  # converts
        found = _published(series, own, result, start, year)
        rows += found
        reached = {row.geo for row in found}
        lost += _lost(series, own, result, reached, year)
        for code, share in _missing(result).items():
            incomplete[code] = max(share, incomplete.get(code, 0.0))
    return rows, Conversion(method.kind, method.weight, incomplete, tuple(lost))


def _flows_from(series: Mapping[str, Any], flows: Sequence[Flow]) -> list[Flow]:
    """All flows into the regions that hold a part of one of the series' regions."""
    reached = {flow.target for flow in flows if flow.source in series}
    return [flow for flow in flows if flow.target in reached]


def _table(series: Mapping[str, Observations]) -> tuple[np.ndarray, int]:
    """Regions by periods, and the first period; one indicator has one frequency."""
    start = min(item.start for item in series.values())
    stop = max(item.start + len(item.values) for item in series.values())
    table = np.full((len(series), stop - start), np.nan)
    for row, item in enumerate(series.values()):
        first = item.start - start
        values = [np.nan if value is None else value for value in item.values]
        table[row, first : first + len(values)] = values
    return table, start


def _published(
    series: Mapping[str, Observations],
    flows: Sequence[Flow],
    result: Converted,
    start: int,
    version: int,
) -> list[Published]:
    """A series for each region that got a value, with the flags of its sources."""
    frequency = next(iter(series.values())).frequency
    rows = []
    for code, values in zip(result.codes, result.values.tolist(), strict=True):
        numbers = [None if value != value else value for value in values]
        if not any(value is not None for value in numbers):
            continue
        parts = [flow for flow in flows if flow.target == code]
        held = [series[flow.source] for flow in parts if flow.source in series]
        flags = _letters(held, start, len(numbers), "statuses")
        hidden = _letters(held, start, len(numbers), "confidentiality")
        rows.append(
            Published(
                code,
                Observations.canonical(frequency, start, numbers, flags, hidden),
                tuple(
                    Origin(version, flow.source, "converted", flow.share_of_source)
                    for flow in parts
                    if flow.source in series
                ),
                "converted",
            )
        )
    return rows


def _letters(
    parts: Sequence[Observations], start: int, length: int, name: str
) -> list[str]:
    """Each flag letter of any part once, period by period."""
    found: list[set[str]] = [set() for _ in range(length)]
    for part in parts:
        for i, letters in enumerate(getattr(part, name) or ()):
            found[part.start - start + i] |= set(letters)
    return ["".join(sorted(letters)) for letters in found]


def _lost(
    series: Mapping[str, Observations],
    flows: Sequence[Flow],
    result: Converted,
    reached: set[str],
    version: int,
) -> list[Unconverted]:
    """Why a region's values are in none, or not in all, of the regions shown."""
    found = []
    for code, item in series.items():
        if not any(value is not None for value in item.values):
            continue
        targets = {flow.target for flow in flows if flow.source == code}
        if not targets:
            reason = "discontinued"
        elif targets & result.unweighted:
            reason = "unweighted"
        elif targets - reached:
            reason = "incomplete"
        else:
            continue
        found.append(Unconverted(version, code, reason))
    return found


def _missing(result: Converted) -> dict[str, float]:
    """The largest part left out of a value, for the regions that leave one out."""
    left_out = np.where(np.isnan(result.values), 0.0, result.missing_share)
    worst = left_out.max(axis=1, initial=0.0).tolist()
    return {
        code: share
        for code, share in zip(result.codes, worst, strict=True)
        if share > 1e-9
    }
