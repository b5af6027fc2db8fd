"""Answers of the indicators app that are not querysets: frames, cached by revision."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import F, Max, Q

from indicators.frames import IndicatorFrame, Origin, ratio
from indicators.models import Dataflow, Indicator, ReferenceArea, Vintage
from indicators.series import Observations
from sources.models import IngestRun

CACHE_SECONDS = 24 * 3600
EMPTY = IndicatorFrame.from_series({})

SliceId = tuple[int, str]  # dataflow id, slice key


@dataclass(frozen=True, slots=True)
class _Published:
    """A stored series on its way into a frame."""

    geo: str
    origin: Origin | None
    observations: Observations


def data_revision() -> int:
    """A number that changes whenever loaded data change; part of every cache key.

    The microsecond of the last good end, not the last run: runs end in another order
    than they start.
    """
    last = IngestRun.objects.finished_well().aggregate(last=Max("finished_at"))["last"]
    return int(last.timestamp() * 1_000_000) if last else 0


def indicator_frames(
    indicators: Iterable[Indicator], *, version: int, revision: int | None = None
) -> dict[str, IndicatorFrame]:
    """One frame per indicator slug, regions in the codes of a NUTS version.

    The number of SQL statements does not depend on the number of indicators. A ratio
    is computed here, from the frames of its two parts.
    """
    indicators = list(indicators)
    revision = data_revision() if revision is None else revision
    keys = {
        item.slug: f"frame:{revision}:{version}:{_definition(item)}"
        for item in indicators
    }
    cached = cache.get_many(keys.values())
    missing = [item for item in indicators if keys[item.slug] not in cached]
    built = _build(missing, version) if missing else {}
    if built:
        cache.set_many(
            {keys[slug]: frame for slug, frame in built.items()}, CACHE_SECONDS
        )
    return {
        slug: cached[key] if key in cached else built[slug]
        for slug, key in keys.items()
    }


def indicator_frame(indicator: Indicator, *, version: int) -> IndicatorFrame:
    """The frame of one indicator, as ``indicator_frames`` gives it."""
    return indicator_frames([indicator], version=version)[indicator.slug]


def slice_frames(
    slices: Iterable[SliceId], *, version: int
) -> dict[SliceId, IndicatorFrame]:
    """Frames of any slices of the cube, straight from the database."""
    series = _published_series(set(slices), version)
    return {key: _frame(rows) for key, rows in series.items()}


def _parts(item: Indicator) -> list[Indicator]:
    """The indicators a frame is made of: the parts of a ratio, else the one itself."""
    parts = (item.numerator, item.denominator) if item.is_derived else (item,)
    return [part for part in parts if part is not None]


def _definition(item: Indicator) -> str:
    """What the indicator is cut from: another slice must not meet its old frame."""
    cuts = "/".join(f"{part.dataflow_id}:{part.slice_key}" for part in _parts(item))
    return hashlib.sha256(f"{item.slug} {item.factor} {cuts}".encode()).hexdigest()


def _build(indicators: list[Indicator], version: int) -> dict[str, IndicatorFrame]:
    parts = {part.pk: part for item in indicators for part in _parts(item)}
    frames = slice_frames(
        [
            (part.dataflow_id, part.slice_key)
            for part in parts.values()
            if part.dataflow_id
        ],
        version=version,
    )

    def of(part: Indicator | None) -> IndicatorFrame:
        if part is None or part.dataflow_id is None:
            return EMPTY
        return frames.get((part.dataflow_id, part.slice_key), EMPTY)

    return {
        item.slug: ratio(of(item.numerator), of(item.denominator), factor=item.factor)
        if item.is_derived
        else of(item)
        for item in indicators
    }


def _published_series(
    slices: set[SliceId], version: int
) -> Mapping[SliceId, list[_Published]]:
    """Current series of the slices, grouped; regions first, then aggregates."""
    found: dict[SliceId, list[_Published]] = defaultdict(list)
    if not slices:
        return found
    wanted = Q()
    for dataflow_id in {dataflow_id for dataflow_id, _ in slices}:
        keys = [key for owner, key in slices if owner == dataflow_id]
        wanted |= Q(series__slice__dataflow=dataflow_id, series__slice__key__in=keys)
    current = Vintage.objects.current().filter(wanted)
    for row in _region_rows(current, version):
        found[row["dataflow"], row["key"]].append(
            _Published(
                row["geo"],
                Origin(row["version"], row["code"], row["relation"]),
                _observations(row),
            )
        )
    for row in _aggregate_rows(current):
        found[row["dataflow"], row["key"]].append(
            _Published(row["geo"], None, _observations(row))
        )
    return found


_CONTENT = ("frequency", "start", "values", "statuses", "confidentiality")


def _region_rows(
    current: Any, version: int, geos: Collection[str] | None = None
) -> Any:
    """Same territory before shifted, newer codes before older: the first one counts."""
    targets = "series__area__region__targets"
    wanted: dict[str, Any] = {f"{targets}__target__version": version}
    if geos is not None:
        wanted[f"{targets}__target__code__in"] = list(geos)
    return (
        current.filter(**wanted)
        .order_by(
            "series__slice_id",
            f"{targets}__target__code",
            f"{targets}__relation",
            "-series__area__region__version",
        )
        .values(
            *_CONTENT,
            dataflow=F("series__slice__dataflow_id"),
            key=F("series__slice__key"),
            geo=F(f"{targets}__target__code"),
            relation=F(f"{targets}__relation"),
            version=F("series__area__region__version"),
            code=F("series__area__region__code"),
        )
    )


def _aggregate_rows(current: Any) -> Any:
    return (
        current.filter(series__area__kind=ReferenceArea.Kind.AGGREGATE)
        .order_by("series__slice_id", "series__area__code")
        .values(
            *_CONTENT,
            dataflow=F("series__slice__dataflow_id"),
            key=F("series__slice__key"),
            geo=F("series__area__code"),
        )
    )


def _observations(row: Mapping[str, Any]) -> Observations:
    statuses, confidentiality = row["statuses"], row["confidentiality"]
    return Observations(
        row["frequency"],
        row["start"],
        tuple(row["values"]),
        tuple(statuses) if statuses else None,
        tuple(confidentiality) if confidentiality else None,
    )


def _frame(rows: list[_Published]) -> IndicatorFrame:
    series: dict[str, Observations] = {}
    origins: dict[str, list[Origin]] = defaultdict(list)
    for row in rows:
        earlier = series.get(row.geo)
        # What came first (same territory, newer code) is put over the rest.
        series[row.geo] = (
            row.observations if earlier is None else row.observations.merged(earlier)
        )
        if row.origin and (row.origin.code, row.origin.relation) != (row.geo, "same"):
            origins[row.geo].append(row.origin)
    return IndicatorFrame.from_series(
        series, {geo: tuple(items) for geo, items in origins.items()}
    )


def region_series(
    dataflow: Dataflow,
    geos: Collection[str],
    *,
    version: int,
    prefix: str = "",
    suffix: str = "",
) -> Iterator[tuple[str, str, Observations]]:
    """Slice key, region and observations of some regions of a dataflow, one query.

    Slices are those whose key starts and ends as given. Where several published codes
    stand for a region, the one of the same territory and the newest version counts.
    """
    current = Vintage.objects.current().filter(
        series__slice__dataflow=dataflow,
        series__slice__key__startswith=prefix,
        series__slice__key__endswith=suffix,
    )
    seen: set[tuple[str, str]] = set()
    for row in _region_rows(current, version, geos):
        place = row["key"], row["geo"]
        if place not in seen:
            seen.add(place)
            yield *place, _observations(row)
