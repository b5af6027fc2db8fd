"""SDMX-CSV 1.0 (``DATAFLOW,...``) and 2.0 (``STRUCTURE,STRUCTURE_ID,...``).

Labels come as columns beside the codes (2.0) or inside the cells, "A: Annual" (1.0).
See https://github.com/sdmx-twg/sdmx-csv.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from indicators.parsers.errors import ParseError
from indicators.parsers.long_csv import NumberedRow, csv_rows, read_series, wrong_width
from indicators.parsers.sdmx_csv_header import Header, read_header
from indicators.parsers.source import Source
from indicators.parsers.types import Message, Structure, Tally

_FLOW = re.compile(
    r"(?:([^:()]+):)?([^:()$]+)(?:\$[^()]*)?(?:\([^()]*\))?(?::\s*(.*))?"
)
# ACTION: information, append, merge, replace; the others take data away.
_ACTIONS = frozenset(("", "I", "A", "M", "R"))


def read_sdmx_csv(source: Source) -> Message:
    """The message in an SDMX-CSV file. ``structure.labels`` fills while it is read."""
    rows = csv_rows(source)
    line, names = next(rows)
    try:
        header = read_header(names, geo_dimension=source.geo_dimension)
    except ParseError as error:
        raise error.located(line=line) from error
    first = next(rows, None)
    labels: dict[str, dict[str, str]] = {}
    structure = _structure(header, first, labels)
    rest = chain([first] if first else [], rows)
    tally = Tally()
    series = read_series(_checked(rest, header), header.columns, tally, labels)
    return Message(structure, series, tally)


def _structure(
    header: Header, first: NumberedRow | None, labels: dict[str, dict[str, str]]
) -> Structure:
    agency = flow = name = ""
    updated = None
    if first is not None and len(first[1]) == header.width:
        row = first[1]
        if match := _FLOW.fullmatch(row[header.flow].strip()):
            agency, flow, name = match[1] or "", match[2], match[3] or ""
        if header.flow_name is not None:
            name = row[header.flow_name]
        if header.updated is not None:
            updated = parse_updated(row[header.updated], line=first[0])
    layout = header.columns.layout
    return Structure(
        layout.dimensions,
        geo_dimension=layout.geo_dimension,
        agency=agency,
        dataflow=flow,
        name=name,
        updated=updated,
        labels=MappingProxyType(labels),
    )


def parse_updated(text: str, *, line: int = 0) -> datetime | None:
    """LAST UPDATE, "18/03/26 23:00:00" in Brussels; None if blank. ParseError."""
    if not text.strip():
        return None
    try:
        zone = ZoneInfo("Europe/Brussels")
        return datetime.strptime(text.strip(), "%d/%m/%y %H:%M:%S").replace(tzinfo=zone)
    except ZoneInfoNotFoundError:
        return None  # a machine without time zones: better no moment than a wrong one
    except ValueError as error:
        raise ParseError(
            "unreadable LAST UPDATE",
            line=line,
            text=text,
            advice="It is written dd/mm/yy HH:MM:SS.",
        ) from error


def _checked(rows: Iterator[NumberedRow], header: Header) -> Iterator[NumberedRow]:
    """Rows of one dataflow that say what is, with labels inside cells set apart."""
    flow: str | None = None
    for line, row in rows:
        if len(row) != header.width:
            raise wrong_width(row, header.width, line)
        flow = row[header.flow] if flow is None else flow
        if row[header.flow] != flow:
            raise ParseError(
                "a second dataflow in the file",
                line=line,
                text=row[header.flow],
                advice="Split the file: one dataflow each.",
            )
        if header.action is not None and row[header.action].strip() not in _ACTIONS:
            raise ParseError(
                "an action that is no data",
                line=line,
                text=row[header.action],
                advice="Only I, A, M and R (or none) are read.",
            )
        yield line, header.split_labels(row) if header.has_inner_labels else row
