"""A small picture of where a region lies, as numbers for server-side SVG."""

from dataclasses import dataclass

from django.core.cache import cache

from dashboards.geometry import DORLING
from indicators.queries import CACHE_SECONDS
from indicators.revisions import revision_of
from regions.atlas import Atlas
from regions.queries import layout_cells
from regions.queries.maps import Cell


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle; ``css`` is me, own (same country) or oth."""

    x: int
    y: int
    r: int
    css: str


def locator(code: str, atlas: Atlas) -> list[Dot]:
    """One dot per level-2 region, those of the region shown last; empty without cells.

    A country or a NUTS 1 region marks all level-2 regions inside it.
    """
    country = atlas[code].country
    dots = [
        Dot(
            round(cell.x),
            round(cell.y),
            max(round(cell.r or 3), 3),
            _css(other, code, country),
        )
        for other, cell in _cells(atlas.version).items()
    ]
    return sorted(dots, key=lambda dot: ("oth", "own", "me").index(dot.css))


def _css(other: str, code: str, country: str) -> str:
    if other.startswith(code):
        return "me"
    return "own" if other.startswith(country) else "oth"


def _cells(version: int) -> dict[str, Cell]:
    key = f"locator:{revision_of([])}:{version}"
    found: dict[str, Cell] | None = cache.get(key)
    if found is None:
        found = layout_cells(version, DORLING)
        cache.set(key, found, CACHE_SECONDS)
    return found
