"""Writing regions: parents before children, unchanged ones left alone."""

from collections import Counter
from collections.abc import Iterable, Sequence

from regions.countries import COUNTRIES
from regions.models import Region
from regions.parsers.nuts import RegionRow
from regions.services.counts import BATCH, LoadCounts
from regions.text import fold
from sources.exceptions import IngestError

Key = tuple[int, str]  # version, code

_FIELDS = (
    "level",
    "country",
    "name",
    "name_native",
    "parent_id",
    "bloc",
    "lon",
    "lat",
    "search_text",
)


def load_region_rows(
    rows: Sequence[RegionRow],
) -> tuple[dict[Key, int], LoadCounts]:
    """Create and update regions; also the ids of all regions held afterwards.

    Raises IngestError for a region twice or a parent that is nowhere.
    """
    held = {(region.version, region.code): region for region in Region.objects.all()}
    ids = {key: region.pk for key, region in held.items()}
    _check(rows, ids)
    new = changed = 0
    # Countries first: a region can be written once its parent has an id.
    for level in range(4):
        wanted = [_region(row, ids) for row in rows if row.level == level]
        missing = [item for item in wanted if _key(item) not in held]
        revised = _revised(wanted, held)
        Region.objects.bulk_create(missing, batch_size=BATCH)
        Region.objects.bulk_update(revised, _FIELDS, batch_size=BATCH)
        ids.update((_key(item), item.pk) for item in missing)
        new += len(missing)
        changed += len(revised)
    return ids, LoadCounts(len(rows), new, changed)


def _check(rows: Sequence[RegionRow], ids: dict[Key, int]) -> None:
    counted = Counter((row.version, row.code) for row in rows)
    twice = [
        f"NUTS {version} {code}" for (version, code), n in counted.items() if n > 1
    ]
    if twice:
        raise IngestError(f"The same region twice: {', '.join(twice[:10])}.", twice)
    known = counted.keys() | ids.keys()
    orphans = [
        f"NUTS {row.version} {row.code}: there is no region {row.parent!r}"
        for row in rows
        if row.level and (row.version, row.parent) not in known
    ]
    if orphans:
        raise IngestError(f"A parent is missing. {orphans[0]}.", orphans)


def _region(row: RegionRow, ids: dict[Key, int]) -> Region:
    return Region(
        version=row.version,
        code=row.code,
        level=row.level,
        country=row.country,
        name=row.name,
        name_native=row.name_native,
        parent_id=ids[row.version, row.parent] if row.level else None,
        bloc=row.bloc,
        lon=row.lon,
        lat=row.lat,
        search_text=_search_text(row),
    )


def _search_text(row: RegionRow) -> str:
    """Code and names; a country also by its English name, which NUTS does not give."""
    english = str(COUNTRIES.get(row.code, "")) if row.level == 0 else ""
    words = map(fold, (row.code, row.name, row.name_native, english))
    return " ".join(dict.fromkeys(word for word in words if word))


def _key(region: Region) -> Key:
    return region.version, region.code


def _revised(wanted: Iterable[Region], held: dict[Key, Region]) -> list[Region]:
    revised = []
    for region in wanted:
        known = held.get(_key(region))
        if known is not None and _values(known) != _values(region):
            region.pk = known.pk
            revised.append(region)
    return revised


def _values(region: Region) -> tuple[object, ...]:
    return tuple(getattr(region, name) for name in _FIELDS)
