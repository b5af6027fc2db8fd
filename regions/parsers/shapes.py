"""What both forms of boundary file share: an area, its code, its geometry."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from regions.parsers.errors import FormatError

_CODE = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
# GISCO, Nuts2json, and what converters make of them.
_CODE_PROPERTIES = ("NUTS_ID", "nuts_id", "NUTS_CODE", "id")


@dataclass(frozen=True, slots=True)
class Area:
    """A region's outline in the file's own reference system ``crs``."""

    code: str
    crs: str
    shape: MultiPolygon


def nuts_code(properties: Any) -> str:
    """The NUTS code among a feature's properties; "" when there is none."""
    if not isinstance(properties, dict):
        return ""
    for key in _CODE_PROPERTIES:
        value = properties.get(key)
        if isinstance(value, str) and _CODE.fullmatch(value.strip()):
            return value.strip()
    return ""


def build_shape(polygons: Any, *, file: str, where: str) -> MultiPolygon:
    """Rings of coordinates, per polygon outer ring first, to a valid shape."""
    try:
        rings = [
            [_ring(ring) for ring in _items(polygon)] for polygon in _items(polygons)
        ]
        shape = MultiPolygon([Polygon(outer, holes) for outer, *holes in rings])
    except ValueError as error:
        raise FormatError(
            f"unreadable coordinates ({error})", file=file, where=where
        ) from error
    if not shape.is_valid:
        shape = only_polygons(shapely.make_valid(shape))
    if shape.is_empty:
        raise FormatError("an area without any ground", file=file, where=where)
    return shape


def _ring(positions: Any) -> list[tuple[float, float]]:
    return [_position(position) for position in _items(positions)]


def _position(value: Any) -> tuple[float, float]:
    """Heights and measures behind x and y are left out."""
    numbers = _items(value)[:2]
    for number in numbers:
        if not isinstance(number, int | float) or not math.isfinite(number):
            raise ValueError(f"not a number: {str(number)[:20]!r}")
    if len(numbers) < 2:
        raise ValueError("a position without two numbers")
    return numbers[0], numbers[1]


def _items(value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"not a list: {str(value)[:20]!r}")
    return value


def only_polygons(geometry: Any) -> MultiPolygon:
    """The areas of any geometry; stray points and lines are left out."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon)])


def sure_crs(
    bounds: tuple[float, float, float, float], crs: str | None, *, file: str
) -> str:
    """The reference system that fits the coordinates; ``crs`` is what the file says.

    Raises FormatError when the two do not agree, or nothing says what metres these
    are.
    """
    in_degrees = -180.01 <= bounds[0] <= bounds[2] <= 180.01 and (
        -90.01 <= bounds[1] <= bounds[3] <= 90.01
    )
    said_degrees = crs in ("EPSG:4326", "EPSG:4258")
    if crs is None and in_degrees:
        return "EPSG:4326"
    if crs is None or in_degrees != said_degrees:
        said = f"are not in {crs}" if crs else "have no known reference system"
        raise FormatError(
            f"coordinates {said}",
            file=file,
            text=f"{bounds[0]:g}, {bounds[1]:g} to {bounds[2]:g}, {bounds[3]:g}",
            advice="Get the file in EPSG:4326 (its name ends in _4326.geojson).",
        )
    return crs
