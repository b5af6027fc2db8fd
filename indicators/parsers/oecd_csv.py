"""The CSV of data.oecd.org until 2024: LOCATION, ..., TIME, Value, Flag Codes."""

from collections.abc import Iterator, Sequence

from indicators.parsers.errors import ParseError
from indicators.parsers.layout import Layout
from indicators.parsers.long_csv import (
    Columns,
    NumberedRow,
    csv_rows,
    read_series,
    wrong_width,
)
from indicators.parsers.source import Source
from indicators.parsers.types import Message, Structure, Tally

_REQUIRED = ("location", "time", "value")


def is_oecd_header(line: str) -> bool:
    """Whether the line names the columns LOCATION, TIME and Value."""
    names = [name.strip().strip('"').lower() for name in line.split(",")]
    return all(name in names for name in _REQUIRED)


def read_oecd_csv(source: Source) -> Message:
    """The message in a legacy OECD CSV file (codes only)."""
    rows = csv_rows(source)
    line, names = next(rows)
    try:
        columns = _columns(names, geo_dimension=source.geo_dimension)
    except ParseError as error:
        raise error.located(line=line) from error
    layout, tally = columns.layout, Tally()
    structure = Structure(
        layout.dimensions, geo_dimension=layout.geo_dimension, agency="OECD"
    )
    return Message(
        structure, read_series(_checked(rows, len(names)), columns, tally, {}), tally
    )


def _checked(rows: Iterator[NumberedRow], width: int) -> Iterator[NumberedRow]:
    for line, row in rows:
        if len(row) != width:
            raise wrong_width(row, width, line)
        yield line, row


def _columns(names: Sequence[str], *, geo_dimension: str | None) -> Columns:
    ids = [name.strip().lower() for name in names]
    if ids.count("time") > 1 or "flags" in ids:
        raise ParseError(
            "OECD CSV with label columns",
            text=",".join(names),
            advice="Export it with codes only.",
        )
    status = ids.index("flag codes") if "flag codes" in ids else None
    time, value = ids.index("time"), ids.index("value")
    dimensions = tuple(i for i in range(len(ids)) if i not in (time, value, status))
    return Columns(
        layout=Layout.of([ids[i] for i in dimensions], geo_dimension=geo_dimension),
        dimensions=dimensions,
        time=time,
        value=value,
        status=status,
        confidentiality=None,
    )
