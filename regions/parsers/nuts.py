"""The CSV files that come with the portal: regions, changes, schematic layouts.

Plain or gzip-compressed bytes, UTF-8, header first (``regions/starter/ORIGIN.md``).
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from regions.parsers.errors import FormatError

Record = dict[str, str]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region of one NUTS version; ``parent`` is a code of the same version or ""."""

    version: int
    code: str
    level: int
    country: str
    name: str
    name_native: str
    parent: str
    bloc: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What became of a code; "" stands for none, None for no figure."""

    from_version: int
    to_version: int
    level: int
    code_old: str
    code_new: str
    kind: str
    area_share_of_old: float | None
    pop_share_of_old: float | None
    area_share_of_new: float | None = None
    pop_share_of_new: float | None = None


@dataclass(frozen=True, slots=True)
class CellRow:
    """A place in a schematic map; ``r`` is None in a tile grid."""

    version: int
    code: str
    layout: str
    x: float
    y: float
    r: float | None
    inset: bool


def parse_regions(content: bytes, *, name: str) -> list[RegionRow]:
    """Rows of ``nuts.csv``; raises FormatError with file, line and text."""
    return list(_rows(content, name, _region))


def parse_changes(content: bytes, *, name: str) -> list[ChangeRow]:
    """Rows of ``nuts_changes.csv``; raises FormatError with file, line and text."""
    return list(_rows(content, name, _change))


def parse_tiles(content: bytes, *, name: str) -> list[CellRow]:
    """Rows of ``tile_grid.csv``; raises FormatError with file, line and text."""
    return list(_rows(content, name, _tile))


def parse_circles(content: bytes, *, name: str) -> list[CellRow]:
    """Rows of ``dorling.csv``; raises FormatError with file, line and text."""
    return list(_rows(content, name, _circle))


def _rows(content: bytes, name: str, build: Callable[[Record], Row]) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(_text(content, name)))
    for record in reader:
        where = f"line {reader.line_num}"
        if None in record or None in record.values():
            raise FormatError("wrong number of columns", file=name, where=where)
        try:
            yield build(record)
        except KeyError as error:
            raise FormatError(
                "missing column", file=name, text=error.args[0]
            ) from error
        except ValueError as error:
            raise FormatError(
                "unreadable row", file=name, where=where, text=",".join(record.values())
            ) from error


def _text(content: bytes, name: str) -> str:
    try:
        plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        return plain.decode("utf-8")
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError("truncated or damaged gzip file", file=name) from error
    except UnicodeDecodeError as error:
        raise FormatError("not UTF-8 text", file=name) from error


def _region(record: Record) -> RegionRow:
    return RegionRow(
        version=int(record["version"]),
        code=record["code"],
        level=int(record["level"]),
        country=record["country"],
        name=record["name"],
        name_native=record["name_native"],
        parent=record["parent"],
        bloc=record["bloc"],
        lon=_number(record["lon"]),
        lat=_number(record["lat"]),
    )


def _change(record: Record) -> ChangeRow:
    return ChangeRow(
        from_version=int(record["from_version"]),
        to_version=int(record["to_version"]),
        level=int(record["level"]),
        code_old=record["code_old"],
        code_new=record["code_new"],
        kind=record["kind"],
        area_share_of_old=_number(record["area_share_of_old"]),
        pop_share_of_old=_number(record["pop_share_of_old"]),
        area_share_of_new=_number(record["area_share_of_new"]),
        pop_share_of_new=_number(record["pop_share_of_new"]),
    )


def _tile(record: Record) -> CellRow:
    return CellRow(
        version=int(record["version"]),
        code=record["code"],
        layout="tile",
        x=float(record["col"]),
        y=float(record["row"]),
        r=None,
        inset=record["inset"] == "1",
    )


def _circle(record: Record) -> CellRow:
    return CellRow(
        version=int(record["version"]),
        code=record["code"],
        layout="dorling",
        x=float(record["x"]),
        y=float(record["y"]),
        r=float(record["r"]),
        inset=False,
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
