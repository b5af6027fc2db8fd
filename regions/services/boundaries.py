"""Loading official boundaries from a file into one NUTS version and scale."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from regions.gisco import NOTICE, SCALES
from regions.models import Boundary, Region
from regions.parsers.boundaries import (
    MAX_BYTES,
    BoundaryRow,
    parse_boundaries,
    read_name,
)
from regions.parsers.errors import FormatError
from regions.parsers.places import check_places
from regions.parsers.projection import Ring, simplified_rings
from sources.exceptions import IngestError

DEFAULT_SCALE = "20M"
DEEPEST_LEVEL = 2


@dataclass(frozen=True, slots=True)
class BoundaryLoad:
    """What a load did; ``left_out`` counts regions below level 2."""

    version: int
    scale: str
    read: int
    new: int
    changed: int
    left_out: int

    @property
    def unchanged(self) -> int:
        return self.read - self.new - self.changed - self.left_out


def load_boundaries(
    path: Path, *, name: str = "", version: int | None = None, scale: str | None = None
) -> BoundaryLoad:
    """Load the areas of a GeoJSON or TopoJSON file, all or nothing.

    ``name`` is the file's real name where ``path`` is a stored copy; it says version
    and scale unless they are given, else the codes do. A repeat changes nothing.
    Raises IngestError with one message for the person who asked.
    """
    name = name or path.name
    try:
        rows = parse_boundaries(_content(path, name), name=name)
        hints = read_name(name)
        kept = [row for row in rows if row.level <= DEEPEST_LEVEL]
        held = _regions_by_version()
        found = _version(kept, held, version or hints.version, name)
        regions = held[found]
        check_places(kept, _points(regions), file=name)
    except FormatError as error:
        raise IngestError(str(error)) from error
    chosen_scale = _scale(scale or hints.scale or DEFAULT_SCALE)
    new, changed = _write(kept, regions, chosen_scale, name)
    return BoundaryLoad(
        found, chosen_scale, len(rows), new, changed, len(rows) - len(kept)
    )


def _scale(text: str) -> str:
    if text.upper() not in SCALES:
        raise IngestError(
            f"There is no scale {text!r}. Take one of {', '.join(SCALES)}."
        )
    return text.upper()


def _content(path: Path, name: str) -> bytes:
    if not path.is_file():
        raise IngestError(f"{path}: no such file. Check the path.")
    if path.stat().st_size > MAX_BYTES:
        raise IngestError(
            f"{name}: more than {MAX_BYTES:,} bytes, which no boundary file has. "
            "Get a smaller scale, such as 20M."
        )
    return path.read_bytes()


def _regions_by_version() -> dict[int, dict[str, Region]]:
    held: dict[int, dict[str, Region]] = defaultdict(dict)
    for region in Region.objects.only("version", "code", "lon", "lat"):
        held[region.version][region.code] = region
    if not held:
        raise IngestError(
            "No regions are loaded yet. Run manage.py load_starter first."
        )
    return held


def _points(regions: Mapping[str, Region]) -> dict[str, tuple[float, float]]:
    return {
        code: (region.lon, region.lat)
        for code, region in regions.items()
        if region.lon is not None and region.lat is not None
    }


def _version(
    rows: Sequence[BoundaryRow],
    held: Mapping[int, Collection[str]],
    said: int | None,
    name: str,
) -> int:
    """The version that is said, or the newest with most of the codes; all must fit."""
    codes = {row.code for row in rows}
    if not codes:
        raise FormatError(
            "regions below NUTS 2 only",
            file=name,
            advice="The portal draws levels 0 to 2.",
        )
    best = max(held, key=lambda year: (len(codes & set(held[year])), year))
    version = said or best
    if version not in held:
        known = ", ".join(str(year) for year in sorted(held))
        raise FormatError(
            f"NUTS {version} is not loaded", file=name, advice=f"Loaded are {known}."
        )
    unknown = sorted(codes - set(held[version]))
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise FormatError(
            f"codes that are not in NUTS {version}",
            file=name,
            text=", ".join(unknown[:5]) + more,
            advice=f"NUTS {best} fits best: --nuts-version {best}"
            if best != version
            else "Correct the codes, or leave these areas out.",
        )
    return version


@transaction.atomic
def _write(
    rows: Sequence[BoundaryRow], regions: Mapping[str, Region], scale: str, name: str
) -> tuple[int, int]:
    """Upsert what differs; returns the numbers of new and of changed outlines."""
    held = dict(
        Boundary.objects.filter(
            scale=scale, region__in=[regions[row.code].pk for row in rows]
        ).values_list("region_id", "rings")
    )
    note = f"{NOTICE} ({name})"[:200]
    now = timezone.now()
    wanted = [
        Boundary(
            region=regions[code], scale=scale, rings=rings, note=note, loaded_at=now
        )
        for code, rings in _rings(rows).items()
    ]
    touched = [item for item in wanted if held.get(item.region_id) != item.rings]
    Boundary.objects.bulk_create(
        touched,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["region", "scale"],
        update_fields=["rings", "note", "loaded_at"],
    )
    changed = sum(item.region_id in held for item in touched)
    return len(touched) - changed, changed


def _rings(rows: Sequence[BoundaryRow]) -> dict[str, list[Ring]]:
    """Simplified level by level, since only equals share borders."""
    found: dict[str, list[Ring]] = {}
    for level in range(DEEPEST_LEVEL + 1):
        of_level = [row for row in rows if row.level == level]
        if of_level:
            rings = simplified_rings([row.outline for row in of_level])
            found.update(zip((row.code for row in of_level), rings, strict=True))
    return found
