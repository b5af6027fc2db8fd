"""What the cube holds now of a dataflow, to compare a load with."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from indicators.batches import Integers
from indicators.models import Dataflow, Series, Slice, Vintage
from indicators.series import Observations
from sources.exceptions import IngestError

_COLUMNS = ("series", "slice", "area", "vintage", "digest", "text")
_FETCHED = 50_000
_HEAD = 19  # bytes before the first row of a binary COPY


class HeldSeries:
    """Every series of the dataflow, with its current vintage if it has one.

    Arrays sorted by place (slice and area), 50 bytes a series; ``vintages`` is 0 for
    a retired series. ``seen`` marks those that the load has met.
    """

    def __init__(self, dataflow: Dataflow) -> None:
        rows = _fetched(dataflow)
        places = place_numbers(rows["slice"], rows["area"])
        order = np.argsort(places)
        self.places = places[order]
        self.series = rows["series"][order]
        self.vintages = rows["vintage"][order]
        self.digests = rows["digest"][order]
        texts = rows["text"][order]
        self._text_order = np.argsort(texts)
        self._texts = texts[self._text_order]
        self.seen = np.zeros(len(order), dtype=bool)

    def find(self, slices: Integers, areas: Integers) -> Integers:
        """Positions of the places, -1 for those not held."""
        return _positions(self.places, place_numbers(slices, areas))

    def find_texts(self, texts: Integers) -> Integers:
        """Positions of the current vintages that were written so, else -1."""
        found = _positions(self._texts, texts)
        known = np.flatnonzero((found >= 0) & (texts != 0))
        result = np.full(len(texts), -1)
        result[known] = self._text_order[found[known]]
        return result

    def unseen(self) -> Integers:
        """Positions of the current series that the load did not bring."""
        return np.flatnonzero(~self.seen & (self.vintages != 0))


def place_numbers(slices: Integers, areas: Integers) -> Integers:
    """One number for slice and area; ids stay far below 2**31."""
    return slices * (1 << 32) + areas


def _positions(ordered: Integers, wanted: Integers) -> Integers:
    if not len(ordered):
        return np.full(len(wanted), -1)
    places = np.searchsorted(ordered, wanted)
    places[places == len(ordered)] = 0
    return np.where(ordered[places] == wanted, places, -1)


def _fetched(dataflow: Dataflow) -> npt.NDArray[Any]:
    """One record a series, in any order; NULLs are 0."""
    series, slices, vintages = (
        connection.ops.quote_name(model._meta.db_table)
        for model in (Series, Slice, Vintage)
    )
    # An integer of ours: COPY takes no parameters.
    flow = int(dataflow.pk or 0)
    query = (
        "SELECT s.id, s.slice_id, s.area_id, coalesce(v.id, 0), coalesce(v.digest, 0),"  # noqa: S608
        f" coalesce(v.text_digest, 0) FROM {series} s"
        f" JOIN {slices} l ON l.id = s.slice_id AND l.dataflow_id = {flow}"
        f" LEFT JOIN {vintages} v ON v.series_id = s.id AND v.valid_to IS NULL"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sink = _Sink()
            cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", sink)
            return sink.rows()
        cursor.execute(query)
        parts = []
        while rows := cursor.fetchmany(_FETCHED):
            parts.append(np.array(rows, dtype=np.int64))
    table = np.concatenate(parts) if parts else np.zeros((0, 6), dtype=np.int64)
    return _named([table[:, place] for place in range(len(_COLUMNS))])


class _Sink:
    """Takes a binary COPY of rows of six bigints in, as arrays of half the size."""

    ROW = np.dtype(
        [
            ("columns", ">i2"),
            *(
                (f"{kind}{name}", of)
                for name in _COLUMNS
                for kind, of in (("size_", ">i4"), ("", ">i8"))
            ),
        ]
    )

    def __init__(self) -> None:
        self._parts: list[npt.NDArray[Any]] = []
        self._buffer = BytesIO()
        self._skip = _HEAD

    def write(self, data: bytes) -> int:
        self._buffer.write(data)
        if self._buffer.tell() > _FETCHED * self.ROW.itemsize:
            self._settle()
        return len(data)

    def rows(self) -> npt.NDArray[Any]:
        self._settle()
        return np.concatenate(self._parts)

    def _settle(self) -> None:
        content = self._buffer.getvalue()[self._skip :]
        self._skip = 0
        count = len(content) // self.ROW.itemsize
        rows = np.frombuffer(content, dtype=self.ROW, count=count)
        self._parts.append(_named([rows[name] for name in _COLUMNS]))
        self._buffer = BytesIO()
        self._buffer.write(content[count * self.ROW.itemsize :])


def _named(columns: Sequence[Any]) -> npt.NDArray[Any]:
    rows = np.empty(len(columns[0]), dtype=[(name, np.int64) for name in _COLUMNS])
    for name, column in zip(_COLUMNS, columns, strict=True):
        rows[name] = column
    return rows


def stored_content(vintages: Iterable[int]) -> dict[int, Observations]:
    """The observations of these vintages, by vintage id."""
    rows = Vintage.objects.filter(pk__in=list(vintages)).values_list(
        "id", "frequency", "start", "values", "statuses", "confidentiality"
    )
    return {row[0]: Observations.canonical(*row[1:]) for row in rows}


def merged(
    older: Observations, newer: Observations, dataflow: Dataflow
) -> Observations:
    """The newer over the older; IngestError where they cannot stand in one array."""
    try:
        return older.merged(newer)
    except ValueError as error:
        raise IngestError(
            f"{dataflow}: {error}. Load the whole dataflow with --complete, or put the "
            "data into another dataflow."
        ) from error
