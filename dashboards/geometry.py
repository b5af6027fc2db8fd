"""Shapes of all level-2 regions for one map layout, computed once and cached."""

from dataclasses import dataclass

from django.core.cache import cache

from dashboards.figures.layouts import Point, Ring, circle, tile
from indicators.queries import CACHE_SECONDS
from indicators.revisions import revision_of
from regions.models import Boundary
from regions.queries import boundary_rings, layout_cells

BOUNDARIES, DORLING, TILE = "boundaries", "dorling", "tile"
LEVEL = 2
# EPSG:3035 kilometres that hold Europe without its outermost regions, which would
# shrink the rest to nothing; those are drawn by the schematic layouts and the table.
EAST, NORTH = (2400.0, 7400.0), (1300.0, 5500.0)


@dataclass(frozen=True, slots=True)
class Outline:
    """A region's rings in the layout's plane, y upwards, and where its name goes."""

    rings: tuple[Ring, ...]
    centre: Point


def has_boundaries(version: int) -> bool:
    return Boundary.objects.filter(
        region__version=version, region__level=LEVEL
    ).exists()


def default_layout(version: int) -> str:
    """Boundaries as soon as they are loaded, circles before."""
    return BOUNDARIES if has_boundaries(version) else DORLING


def outlines(version: int, layout: str) -> dict[str, Outline]:
    """Code -> outline; regions without a place in the layout are absent."""
    key = f"outlines:{revision_of([])}:{version}:{layout}"
    found: dict[str, Outline] | None = cache.get(key)
    if found is None:
        found = _bounded(version) if layout == BOUNDARIES else _cells(version, layout)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _cells(version: int, layout: str) -> dict[str, Outline]:
    shapes: dict[str, Outline] = {}
    for code, cell in layout_cells(version, layout).items():
        if layout == TILE:
            shapes[code] = Outline(
                (tile(cell.x, cell.y),), (cell.x + 0.46, -cell.y - 0.46)
            )
        else:
            shapes[code] = Outline(
                (circle(cell.x, cell.y, cell.r or 1.0),), (cell.x, -cell.y)
            )
    return shapes


def _bounded(version: int) -> dict[str, Outline]:
    shapes: dict[str, Outline] = {}
    for code, rings in boundary_rings(version, LEVEL).items():
        visible = tuple(
            tuple((round(x, 1), round(y, 1)) for x, y in ring)
            for ring in rings
            if _in_frame(*ring[0])
        )
        if visible:
            widest = max(visible, key=len)
            xs, ys = [p[0] for p in widest], [p[1] for p in widest]
            shapes[code] = Outline(visible, (sum(xs) / len(xs), sum(ys) / len(ys)))
    return shapes


def _in_frame(x: float, y: float) -> bool:
    return EAST[0] <= x <= EAST[1] and NORTH[0] <= y <= NORTH[1]
