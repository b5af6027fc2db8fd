"""GeoJSON as GISCO distributes it (RFC 7946, or with the older ``crs`` member)."""

import re
from typing import Any

import shapely

from regions.parsers.errors import FormatError
from regions.parsers.shapes import Area, build_shape, nuts_code, sure_crs

_KNOWN_CRS = ("4326", "4258", "3035", "3857")


def parse_geojson(
    document: dict[str, Any], *, file: str, crs: str | None
) -> list[Area]:
    """Areas of a FeatureCollection; ``crs`` is what the file name says.

    GISCO writes longitude first whatever EPSG:4326 says of its axes.
    """
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise FormatError("no features", file=file, advice="The file may be cut off.")
    said = _crs_member(document, file) or crs
    shapes = [
        _feature(feature, file=file, where=f"feature {number}")
        for number, feature in enumerate(features, start=1)
    ]
    bounds = shapely.total_bounds([shape for _code, shape in shapes])
    system = sure_crs(tuple(bounds.tolist()), said, file=file)
    return [Area(code, system, shape) for code, shape in shapes]


def _feature(feature: Any, *, file: str, where: str) -> tuple[str, Any]:
    if not isinstance(feature, dict):
        raise FormatError("not a feature", file=file, where=where, text=str(feature))
    properties = feature.get("properties")
    code = nuts_code(properties) or nuts_code({"id": feature.get("id")})
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        raise FormatError(
            f"{'points' if 'Point' in kind else 'lines'}, no areas",
            file=file,
            where=where,
            text=code,
            advice="Get the file of regions (NUTS_RG_...), not of points or borders.",
        )
    if not code:
        keys = ", ".join(properties) if isinstance(properties, dict) else ""
        raise FormatError(
            f"no NUTS code among its properties ({keys or 'none'})",
            file=file,
            where=where,
            advice="GISCO's files call it NUTS_ID, Nuts2json's id.",
        )
    return code, build_shape(
        _polygons(geometry, kind, file, code), file=file, where=code
    )


def _polygons(geometry: Any, kind: Any, file: str, code: str) -> Any:
    if kind == "Polygon":
        return [geometry.get("coordinates")]
    if kind == "MultiPolygon":
        return geometry.get("coordinates")
    raise FormatError("no area", file=file, where=code, text=str(kind))


def _crs_member(document: dict[str, Any], file: str) -> str | None:
    member = document.get("crs")
    if member is None:
        return None
    name = str(member)
    if "CRS84" in name:
        return "EPSG:4326"
    found = re.search(r"EPSG:(?:[\d.]*:)?(\d+)", name)
    if found is None or found[1] not in _KNOWN_CRS:
        raise FormatError(
            "a reference system this portal does not read",
            file=file,
            text=found[0] if found else name,
            advice="Get the file in EPSG:4326.",
        )
    return f"EPSG:{found[1]}"
