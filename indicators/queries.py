"""Answers of the indicators app that are not querysets: frames, cached by revision."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.db.models import F, Q

from indicators.conversion import Method, SliceId, converted_series
from indicators.frames import Conversion, IndicatorFrame, Origin, ratio
from indicators.joins import CONTENT, Published, joined, observations_of
from indicators.models import (
    Dataflow,
    Indicator,
    ReferenceArea,
    Vintage,
    VintageQuerySet,
)
from indicators.reading import Reading
from indicators.revisions import Revisions, revision_of, revisions
from indicators.series import Observations

CACHE_SECONDS = 24 * 3600
EMPTY = IndicatorFrame.from_series({})


def indicator_frames(
    indicators: Iterable[Indicator], *, reading: Reading
) -> dict[str, IndicatorFrame]:
    """One frame per indicator slug, as the reading asks for it.

    The number of SQL statements does not depend on the number of indicators. A ratio
    is computed here, from the frames of its two parts.
    """
    indicators = list(indicators)
    known = revisions()
    keys = {item.slug: _frame_key(item, reading, known) for item in indicators}
    cached = cache.get_many(keys.values())
    missing = [item for item in indicators if keys[item.slug] not in cached]
    built = _build(missing, reading) if missing else {}
    if built:
        cache.set_many(
            {keys[slug]: frame for slug, frame in built.items()}, CACHE_SECONDS
        )
    return {
        slug: cached[key] if key in cached else built[slug]
        for slug, key in keys.items()
    }


def indicator_frame(indicator: Indicator, *, reading: Reading) -> IndicatorFrame:
    """The frame of one indicator, as ``indicator_frames`` gives it."""
    return indicator_frames([indicator], reading=reading)[indicator.slug]


def slice_frames(
    slices: Iterable[SliceId],
    *,
    reading: Reading,
    methods: Mapping[SliceId, Method] | None = None,
) -> dict[SliceId, IndicatorFrame]:
    """Frames of any slices of the cube, straight from the database.

    Those with a method are converted where the reading asks for it; if it does not,
    their frames still say which regions that would reach.
    """
    wanted = set(slices)
    if not wanted:
        return {}
    held = vintages_of(wanted).held(reading.as_of)
    series = _published_series(held, reading.version)
    frames = {key: joined(rows) for key, rows in series.items()}
    found = converted_series(held, reading.version, methods) if methods else {}
    for key, (rows, conversion) in found.items():
        converted = _converted_frame(series.get(key, ()), rows, conversion)
        shown = converted if reading.is_converted else frames.get(key, EMPTY)
        frames[key] = replace(shown, convertible=frozenset(converted.converted))
    return frames


def parts_of(item: Indicator) -> list[Indicator]:
    """The indicators a frame is made of: the parts of a ratio, else the one itself."""
    parts = (item.numerator, item.denominator) if item.is_derived else (item,)
    return [part for part in parts if part is not None]


def dataflows_of(item: Indicator) -> list[int | None]:
    """The ids of the dataflows a frame is cut from."""
    return [part.dataflow_id for part in parts_of(item)]


def definition(item: Indicator) -> str:
    """What the indicator is cut from: another slice must not meet its old frame."""
    cuts = "/".join(
        f"{part.dataflow_id}:{part.slice_key}:{part.conversion}:{part.weight}"
        for part in parts_of(item)
    )
    return hashlib.sha256(f"{item.slug} {item.factor} {cuts}".encode()).hexdigest()


def _frame_key(item: Indicator, reading: Reading, known: Revisions) -> str:
    revision = revision_of(dataflows_of(item), known)
    return f"frame:{revision}:{reading}:{definition(item)}"


def _build(indicators: list[Indicator], reading: Reading) -> dict[str, IndicatorFrame]:
    methods = {
        (part.dataflow_id, part.slice_key): Method.of(part)
        for item in indicators
        for part in parts_of(item)
        if part.dataflow_id
    }
    frames = slice_frames(methods, reading=reading, methods=methods)

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


def vintages_of(slices: set[SliceId]) -> VintageQuerySet:
    """Vintages of the slices, of all times; slices are some."""
    wanted = Q()
    for dataflow_id in {dataflow_id for dataflow_id, _ in slices}:
        keys = [key for owner, key in slices if owner == dataflow_id]
        wanted |= Q(series__slice__dataflow=dataflow_id, series__slice__key__in=keys)
    return Vintage.objects.filter(wanted)


def _published_series(held: Any, version: int) -> dict[SliceId, list[Published]]:
    """Series as reported, grouped by slice; regions first, then aggregates."""
    found: dict[SliceId, list[Published]] = defaultdict(list)
    for row in region_rows(held, version):
        origin = Origin(row["version"], row["code"], row["relation"])
        found[row["dataflow"], row["key"]].append(
            Published(row["geo"], observations_of(row), (origin,), row["relation"])
        )
    for row in aggregate_rows(held):
        found[row["dataflow"], row["key"]].append(
            Published(row["geo"], observations_of(row))
        )
    return found


def _converted_frame(
    reported: Iterable[Published], computed: list[Published], conversion: Conversion
) -> IndicatorFrame:
    """Values of the territory itself over converted ones.

    Nearly the same territory is not enough: its values are among the converted.
    """
    if conversion.kind != "none":
        reported = [row for row in reported if row.relation == "same"]
    frame = joined([*reported, *computed])
    return replace(frame, conversions=(conversion,))


def region_rows(held: Any, version: int, geos: Collection[str] | None = None) -> Any:
    """Same territory before shifted, newer codes before older: the first one counts."""
    targets = "series__area__region__targets"
    wanted: dict[str, Any] = {f"{targets}__target__version": version}
    if geos is not None:
        wanted[f"{targets}__target__code__in"] = list(geos)
    return (
        held.filter(**wanted)
        .order_by(
            "series__slice_id",
            f"{targets}__target__code",
            f"{targets}__relation",
            "-series__area__region__version",
        )
        .values(
            *CONTENT,
            dataflow=F("series__slice__dataflow_id"),
            key=F("series__slice__key"),
            geo=F(f"{targets}__target__code"),
            relation=F(f"{targets}__relation"),
            version=F("series__area__region__version"),
            code=F("series__area__region__code"),
        )
    )


def aggregate_rows(held: Any) -> Any:
    return (
        held.filter(series__area__kind=ReferenceArea.Kind.AGGREGATE)
        .order_by("series__slice_id", "series__area__code")
        .values(
            *CONTENT,
            dataflow=F("series__slice__dataflow_id"),
            key=F("series__slice__key"),
            geo=F("series__area__code"),
        )
    )


def region_series(
    dataflow: Dataflow,
    geos: Collection[str],
    *,
    reading: Reading,
    prefix: str = "",
    suffix: str = "",
) -> Iterator[tuple[str, str, Observations]]:
    """Slice key, region and observations of some regions of a dataflow, one query.

    Slices are those whose key starts and ends as given. Where several published codes
    stand for a region, the one of the same territory and the newest version counts.
    """
    held = Vintage.objects.held(reading.as_of).filter(
        series__slice__dataflow=dataflow,
        series__slice__key__startswith=prefix,
        series__slice__key__endswith=suffix,
    )
    seen: set[tuple[str, str]] = set()
    for row in region_rows(held, reading.version, geos):
        place = row["key"], row["geo"]
        if place not in seen:
            seen.add(place)
            yield *place, observations_of(row)
