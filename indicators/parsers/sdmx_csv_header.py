"""The header line of SDMX-CSV 1.0 and 2.0: which column is what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.parsers.errors import ParseError
from indicators.parsers.layout import TIME_IDS, Layout
from indicators.parsers.long_csv import Columns, Row

_FIRST = re.compile(r"(DATAFLOW|STRUCTURE)(?:\[.\])?", re.IGNORECASE)
_LEADING = frozenset(
    ("dataflow", "structure", "structure_id", "structure_name", "action",
     "series_key", "obs_key", "last update", "last_update")
)  # fmt: skip
_STATUS_IDS = ("obs_flag", "obs_status")


@dataclass(frozen=True, slots=True)
class Header:
    """Columns of the observation, and those that say what the file is."""

    columns: Columns
    width: int
    flow: int
    flow_name: int | None
    updated: int | None
    action: int | None
    has_inner_labels: bool

    def split_labels(self, row: Row) -> Row:
        """The row with "A: Annual" cut into code and label, labels appended."""
        columns = self.columns
        split = [cell.partition(":") for cell in row]
        cells = [part[0].strip() for part in split]
        cells[self.flow] = row[self.flow]
        cells[columns.value] = row[columns.value]
        labels = [split[i][2].strip() for i in columns.dimensions]
        return cells + labels


def is_sdmx_csv_header(line: str) -> bool:
    """Whether the first column is DATAFLOW or STRUCTURE."""
    return _FIRST.fullmatch(line.partition(",")[0].strip().strip('"')) is not None


def read_header(names: Sequence[str], *, geo_dimension: str | None = None) -> Header:
    """Sort out the column names. Raises ParseError for what is not SDMX-CSV."""
    inner = any(":" in name for name in names)
    ids = [name.partition(":")[0].strip().lower() for name in names]
    ids[0] = ids[0].partition("[")[0]
    code_columns = _code_columns(ids)
    value = _position(ids, code_columns, ("obs_value",))
    time = _position(ids, code_columns, TIME_IDS)
    dimensions = tuple(
        i for i in code_columns if i < value and i != time and ids[i] not in _LEADING
    )
    columns = Columns(
        layout=Layout.of([ids[i] for i in dimensions], geo_dimension=geo_dimension),
        dimensions=dimensions,
        time=time,
        value=value,
        status=_find(ids, code_columns, _STATUS_IDS),
        confidentiality=_find(ids, code_columns, ("conf_status",)),
        label_columns=_label_columns(ids, dimensions, inner=inner),
    )
    return Header(
        columns=columns,
        width=len(names),
        flow=ids.index("structure_id") if "structure_id" in ids else 0,
        flow_name=_find(ids, code_columns, ("structure_name",)),
        updated=_find(ids, code_columns, ("last update", "last_update")),
        action=_find(ids, code_columns, ("action",)),
        has_inner_labels=inner,
    )


def _code_columns(ids: list[str]) -> list[int]:
    """Positions of ids; where STRUCTURE_NAME stands, each is followed by its label."""
    if "structure_name" not in ids:
        return list(range(len(ids)))
    leading = [i for i, name in enumerate(ids) if name in _LEADING]
    first = max(leading) + 1
    return leading + list(range(first, len(ids), 2))


def _label_columns(
    ids: list[str], dimensions: tuple[int, ...], *, inner: bool
) -> tuple[int, ...]:
    if "structure_name" in ids:
        return tuple(i + 1 for i in dimensions)
    if inner:
        return tuple(range(len(ids), len(ids) + len(dimensions)))
    return ()


def _find(ids: list[str], code_columns: list[int], wanted: Sequence[str]) -> int | None:
    return next((i for i in code_columns if ids[i] in wanted), None)


def _position(ids: list[str], code_columns: list[int], wanted: Sequence[str]) -> int:
    found = _find(ids, code_columns, wanted)
    if found is None:
        raise ParseError(
            f"no column {wanted[-1].upper()} in the header",
            text=",".join(ids),
            advice="Ask the publisher for SDMX-CSV with all observation columns.",
        )
    return found
