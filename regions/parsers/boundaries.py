"""Official boundaries as GISCO and Nuts2json publish them, to outlines in a plane.

GeoJSON and TopoJSON, plain or gzip-compressed. Which one it is, is read from the
content; what it is about (NUTS version, scale, reference system), from the name.
"""

import gzip
import re
import zlib
from dataclasses import dataclass
from typing import Any

import orjson
from shapely.geometry import MultiPolygon

from regions.parsers.errors import FormatError
from regions.parsers.geojson import parse_geojson
from regions.parsers.projection import to_plane
from regions.parsers.shapes import Area
from regions.parsers.topojson import parse_topojson

ADVICE = (
    "Get an areas file, for example NUTS_RG_20M_2024_4326.geojson from GISCO's "
    "distribution service."
)
# The 1:1 million files of GISCO have about 150 MB; anything larger is no map.
MAX_BYTES = 400_000_000

_VERSION = re.compile(r"(?<!\d)(2003|2006|2010|2013|2016|2021|2024)(?!\d)")
_SCALE = re.compile(r"(?<![A-Za-z0-9])(\d{2}M)(?![A-Za-z0-9])", re.IGNORECASE)
_CRS = re.compile(r"(?<!\d)(4326|4258|3035|3857)(?!\d)")


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """The outline of a region, EPSG:3035 in metres; valid, not simplified."""

    code: str
    level: int
    outline: MultiPolygon


@dataclass(frozen=True, slots=True)
class NameHints:
    """What a file name says; None for what it does not."""

    version: int | None
    scale: str | None
    crs: str | None


def read_name(name: str) -> NameHints:
    """``NUTS_RG_20M_2024_4326.geojson`` is (2024, "20M", "EPSG:4326")."""
    version = _VERSION.search(name)
    scale = _SCALE.search(name.replace("_", " "))
    crs = _CRS.search(name)
    return NameHints(
        version=int(version[1]) if version else None,
        scale=scale[1].upper() if scale else None,
        crs=f"EPSG:{crs[1]}" if crs else None,
    )


def parse_boundaries(content: bytes, *, name: str) -> list[BoundaryRow]:
    """The areas of a boundary file, one row per code, in the file's order.

    Raises FormatError for anything else: web pages, archives, points, lines, files
    without NUTS codes, coordinates in an unknown reference system.
    """
    document = _document(content, name)
    crs = read_name(name).crs
    if document.get("type") == "Topology":
        areas = parse_topojson(document, file=name, crs=crs)
    elif document.get("type") == "FeatureCollection":
        areas = parse_geojson(document, file=name, crs=crs)
    else:
        raise FormatError(
            "neither a FeatureCollection (GeoJSON) nor a Topology (TopoJSON)",
            file=name, text=str(document.get("type", "no type")), advice=ADVICE,
        )  # fmt: skip
    _refuse_duplicates(areas, name)
    return [
        BoundaryRow(area.code, len(area.code) - 2, outline)
        for area, outline in zip(areas, to_plane(areas, file=name), strict=True)
    ]


def _document(content: bytes, name: str) -> dict[str, Any]:
    plain = _plain(content, name)
    start = plain[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<":
        raise FormatError(
            "a web page or XML, not a boundary file",
            file=name, text=_excerpt(start), advice=ADVICE,
        )  # fmt: skip
    if start[:2] == b"PK":
        raise FormatError(
            "a zip archive (a shapefile?), not GeoJSON or TopoJSON",
            file=name, advice=ADVICE,
        )  # fmt: skip
    try:
        document = orjson.loads(plain.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise FormatError(
            f"not JSON ({error.msg})",
            file=name, text=_excerpt(start), advice=ADVICE,
        ) from error  # fmt: skip
    if not isinstance(document, dict):
        raise FormatError("JSON, but no GeoJSON object", file=name, advice=ADVICE)
    return document


def _excerpt(start: bytes) -> str:
    text = " ".join(start[:40].decode("utf-8", "replace").split())
    return text if text.isprintable() else "binary data"


def _plain(content: bytes, name: str) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError(
            "truncated or damaged gzip file", file=name, advice="Get it again."
        ) from error


def _refuse_duplicates(areas: list[Area], name: str) -> None:
    seen: set[str] = set()
    for area in areas:
        if area.code in seen:
            raise FormatError("the same code twice", file=name, text=area.code)
        seen.add(area.code)
