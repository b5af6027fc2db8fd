"""JSON-stat 2.0 datasets (https://json-stat.org/full/), as Eurostat serves them."""

from collections.abc import Iterator
from datetime import datetime
from math import prod
from typing import Any

from indicators.parsers.cells import checked_number, parse_marks
from indicators.parsers.errors import ParseError
from indicators.parsers.grouping import Grouping
from indicators.parsers.jsonstat_cube import Cube
from indicators.parsers.layout import CodeCheck, Layout
from indicators.parsers.source import Source
from indicators.parsers.types import Message, SeriesRow, Structure, Tally


def read_jsonstat(source: Source) -> Message:
    """The message in a JSON-stat 2.0 dataset; every cell of the cube is counted."""
    document = source.json
    cube = Cube.of(document)
    ids = [name for i, name in enumerate(cube.ids) if i != cube.time]
    layout = Layout.of(ids, geo_dimension=source.geo_dimension or cube.geo_id)
    extension = document.get("extension")
    extension = extension if isinstance(extension, dict) else {}
    structure = Structure(
        layout.dimensions,
        geo_dimension=layout.geo_dimension,
        agency=str(extension.get("agencyId", "")),
        dataflow=str(extension.get("id", "")),
        name=str(document.get("label") or ""),
        updated=_updated(document.get("updated")),
        labels=cube.labels,
    )
    tally = Tally()
    return Message(structure, _series(document, cube, layout, tally), tally)


def _updated(text: object) -> datetime | None:
    """The moment of the last update; None where it is no full moment."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _series(
    document: dict[str, Any], cube: Cube, layout: Layout, tally: Tally
) -> Iterator[SeriesRow]:
    size = prod(cube.sizes)
    values = _by_index(document.get("value"), size, "value")
    statuses = _statuses(document.get("status"), size, values)
    grouping, check_codes = Grouping(tally), CodeCheck()
    for index in sorted(values.keys() | statuses.keys()):
        number = checked_number(values.get(index))
        status, _, mark = _mark(statuses.get(index)).partition("|")
        cell = parse_marks(number, status.strip(" :"), mark)
        codes = cube.codes_at(index)
        period = codes.pop(cube.time)
        check_codes(codes)
        key = layout.key(codes, grouping.frequency(period))
        grouping.add(key, codes[layout.geo], period, cell)
    tally.series = size // cube.sizes[cube.time]
    tally.missing = size - tally.values
    yield from grouping.rows()


def _mark(status: object) -> str:
    if status is None:
        return ""
    if not isinstance(status, str):
        raise ParseError("a status that is no text", text=repr(status))
    return status


def _statuses(
    content: object, size: int, values: dict[int, object]
) -> dict[int, object]:
    """Statuses by cell; one text stands for all cells that have a value."""
    if isinstance(content, str):
        return dict.fromkeys(values, content)
    return _by_index(content if content is not None else {}, size, "status")


def _by_index(content: object, size: int, member: str) -> dict[int, object]:
    """What the cells hold by their position, from a list or a sparse object."""
    if isinstance(content, list):
        if len(content) != size and (member == "value" or len(content) > size):
            raise ParseError(
                f"{len(content)} items in {member!r} where the cube has {size} cells",
                advice="The message is cut off or its sizes are wrong.",
            )
        return {i: item for i, item in enumerate(content) if item is not None}
    if not isinstance(content, dict):
        raise ParseError(
            f"no list or object {member!r}", advice="Expected is JSON-stat 2.0."
        )
    return {
        _index(text, size, member): item
        for text, item in content.items()
        if item is not None
    }


def _index(text: str, size: int, member: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 20 and int(text) < size:
        return int(text)
    raise ParseError(
        f"no cell of the cube has this index of {member!r}",
        text=text,
        advice=f"Indexes run from 0 to {size - 1}.",
    )
