"""Outlines on the plane of Europe, and small enough to draw.

EPSG:3035 (ETRS89 / LAEA Europe) keeps areas true; Eurostat's own maps use it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon

from regions.parsers.errors import FormatError
from regions.parsers.shapes import Area, only_polygons

PLANE = "EPSG:3035"
# A pixel of a Europe drawn 1,100 px wide is 5 km; less than that is not seen.
TOLERANCE_KM = 3.0
# Islets below this area are dropped, unless a region has nothing larger.
MIN_AREA_KM2 = 25.0
# Whole kilometres save a third of the bytes; a ring may change its area by this much.
MAX_ROUNDING = 0.02

Ring = list[list[float]]  # [x, y] pairs, as JSON gives them back


def to_plane(areas: Sequence[Area], *, file: str) -> list[MultiPolygon]:
    """The areas in EPSG:3035, metres."""
    if areas[0].crs == PLANE:
        return [area.shape for area in areas]
    transformer = Transformer.from_crs(areas[0].crs, PLANE, always_xy=True)

    def project(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    shapes = [shapely.transform(area.shape, project) for area in areas]
    for area, shape in zip(areas, shapes, strict=True):
        if not np.isfinite(shape.bounds).all():
            raise FormatError("coordinates outside the map", file=file, where=area.code)
    return [
        shape if shape.is_valid else only_polygons(shapely.make_valid(shape))
        for shape in shapes
    ]


def simplified_rings(outlines: Sequence[MultiPolygon]) -> list[list[Ring]]:
    """Closed rings in kilometres for outlines that share borders.

    All outlines of one level go in together: neighbours keep their common border,
    so no gaps open between them. Outer rings run counter-clockwise, holes clockwise.
    """
    kilometres = [
        shapely.transform(outline, lambda points: points / 1000) for outline in outlines
    ]
    simple = shapely.coverage_simplify(kilometres, TOLERANCE_KM)
    return [_rings(thin, full) for thin, full in zip(simple, kilometres, strict=True)]


def _rings(thin: MultiPolygon | Polygon, full: MultiPolygon) -> list[Ring]:
    parts = [part for part in shapely.get_parts(thin) if part.area >= MIN_AREA_KM2]
    if not parts:
        parts = [max(full.geoms, key=lambda part: part.area)]
    return [
        _rounded(ring)
        for part in sorted(parts, key=lambda part: -part.area)
        for ring in _outer_first(part)
    ]


def _outer_first(part: Polygon) -> list[Polygon]:
    """The rings as polygons of their own, so that each has an area."""
    turned = shapely.orient_polygons(part)
    return [Polygon(ring) for ring in (turned.exterior, *turned.interiors)]


def _rounded(ring: Polygon) -> Ring:
    """Points in whole kilometres; in 0.1 km where that would change a small ring."""
    coarse = _on_grid(ring, 0)
    is_kept = len(coarse) >= 4 and (
        abs(Polygon(coarse).area - ring.area) <= MAX_ROUNDING * ring.area
    )
    return coarse if is_kept else _on_grid(ring, 1)


def _on_grid(ring: Polygon, decimals: int) -> Ring:
    points: Ring = []
    for x, y in ring.exterior.coords:
        point = [round(x, decimals or None), round(y, decimals or None)]
        if not points or points[-1] != point:
            points.append(point)
    return points
