"""TopoJSON as Nuts2json publishes it: shared arcs, quantised or not.

Format: github.com/topojson/topojson-specification, sections 2.1.2 to 2.1.4.
"""

from itertools import accumulate
from typing import Any

import shapely

from regions.parsers.errors import FormatError
from regions.parsers.shapes import Area, build_shape, nuts_code, sure_crs

Point = tuple[float, float]
Arc = list[Point]


def parse_topojson(
    document: dict[str, Any], *, file: str, crs: str | None
) -> list[Area]:
    """Areas of the one object that holds regions; ``crs`` is what the name says.

    TopoJSON states no reference system. Metres without a hint are EPSG:3035, the
    system of Nuts2json's default folder.
    """
    geometries = _region_geometries(document, file)
    try:
        arcs = _arcs(document)
    except (TypeError, ValueError, LookupError) as error:
        raise FormatError(f"unreadable arcs ({error})", file=file) from error
    shapes = [
        _area(geometry, arcs, file=file, where=f"geometry {number}")
        for number, geometry in enumerate(geometries, start=1)
    ]
    bounds = tuple(shapely.total_bounds([shape for _code, shape in shapes]).tolist())
    if crs is None and bounds[2] > 1000:
        crs = "EPSG:3035"
    system = sure_crs(bounds, crs, file=file)
    return [Area(code, system, shape) for code, shape in shapes]


def _region_geometries(document: dict[str, Any], file: str) -> list[Any]:
    """Nuts2json calls the object ``nutsrg`` and keeps borders and others beside it."""
    objects = document.get("objects")
    candidates = objects if isinstance(objects, dict) else {}
    chosen = candidates.get("nutsrg")
    if chosen is None and len(candidates) == 1:
        chosen = next(iter(candidates.values()))
    geometries = chosen.get("geometries") if isinstance(chosen, dict) else None
    if not isinstance(geometries, list) or not geometries:
        raise FormatError(
            "no object with regions",
            file=file,
            text=", ".join(candidates) or "no objects",
            advice="Nuts2json's files call it nutsrg.",
        )
    return geometries


def _arcs(document: dict[str, Any]) -> list[Arc]:
    """Positions of every arc; quantised ones are differences on a grid."""
    arcs = document["arcs"]
    transform = document.get("transform")
    if transform is None:
        return [[(point[0], point[1]) for point in arc] for arc in arcs]
    (step_x, step_y), (left, bottom) = transform["scale"], transform["translate"]
    return [
        [
            (left + step_x * x, bottom + step_y * y)
            for x, y in zip(
                accumulate(point[0] for point in arc),
                accumulate(point[1] for point in arc),
                strict=True,
            )
        ]
        for arc in arcs
    ]


def _area(
    geometry: Any, arcs: list[Arc], *, file: str, where: str
) -> tuple[str, shapely.MultiPolygon]:
    properties = geometry.get("properties") if isinstance(geometry, dict) else None
    code = nuts_code(properties) or nuts_code(geometry)
    if not code:
        raise FormatError("no NUTS code", file=file, where=where, text=str(properties))
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise FormatError("no area", file=file, where=code, text=str(kind))
    indices = geometry.get("arcs")
    try:
        polygons = [
            [_ring(ring, arcs) for ring in polygon]
            for polygon in ([indices] if kind == "Polygon" else indices)
        ]
    except (TypeError, IndexError) as error:
        raise FormatError(f"unknown arcs ({error})", file=file, where=code) from error
    return code, build_shape(polygons, file=file, where=code)


def _ring(indices: list[int], arcs: list[Arc]) -> Arc:
    """Arcs end to end; ``~i`` is arc i backwards, shared end points count once."""
    points: Arc = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points
