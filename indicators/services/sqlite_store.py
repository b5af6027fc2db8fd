"""A load into tables of this connection, and from there in one step.

Reading a large file takes a minute, in which others must be able to write: tables of
the connection lie in a file of their own and need no lock on the database.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self

import numpy as np
import orjson
from django.db import connection

from indicators.batches import Integers, SeriesBatch
from indicators.models import Dataflow, ReferenceArea, Series, Slice, Vintage
from indicators.series import FLAG_SEPARATOR
from indicators.services.stores import Content, Newcomers
from indicators.storage import columns_of, insert_rows, last_id, table_of
from sources.models import IngestRun

_CONTENT = (
    "frequency", "start", "values", "statuses", "confidentiality", "digest",
    "text_digest",
)  # fmt: skip
_TABLES = {
    "load_series": "id, slice_id, area_id",
    "load_vintage": "series_id, " + ", ".join(f'"{name}"' for name in _CONTENT),
    "load_closed": "id INTEGER PRIMARY KEY",
}


class SqliteStore:
    """See ``stores.Store``. New series have ids below zero until the switch."""

    def __init__(
        self, dataflow: Dataflow, run: IngestRun, newcomers: Newcomers, moment: datetime
    ) -> None:
        self.run = run
        self.moment = moment
        self.newcomers = newcomers
        self._series = 0

    def __enter__(self) -> Self:
        self._drop()
        for name, columns in _TABLES.items():
            _execute(f"CREATE TEMP TABLE {name} ({columns})")
        return self

    def __exit__(self, *error: object) -> None:
        self._drop()

    def _drop(self) -> None:
        for name in _TABLES:
            _execute(f"DROP TABLE IF EXISTS temp.{name}")

    def add(self, slices: Integers, areas: Integers, content: Content) -> None:
        count = len(slices)
        ids = np.arange(-self._series - 1, -self._series - 1 - count, -1)
        self._series += count
        _insert(
            "load_series",
            zip(ids.tolist(), slices.tolist(), areas.tolist(), strict=True),
        )
        _insert("load_vintage", _rows(ids, content))

    def revise(self, series: Integers, vintages: Integers, content: Content) -> None:
        self.close(vintages)
        _insert("load_vintage", _rows(series, content))

    def close(self, vintages: Integers) -> None:
        _insert("load_closed", ((pk,) for pk in vintages.tolist() if pk))

    def wait(self) -> None:
        """All is stored at once."""

    def switch(self, dataflow: Dataflow) -> None:
        slices = self._insert_newcomers(
            Slice,
            ("id", "dataflow", "key"),
            [(dataflow.pk, key) for key in self.newcomers.slices],
        )
        areas = self._insert_newcomers(
            ReferenceArea,
            ("id", "dataflow", "code", "kind", "region"),
            [(dataflow.pk, *area) for area in self.newcomers.areas],
        )
        series = last_id(Series)
        columns = columns_of(Series, ("id", "slice", "area"))
        _execute(
            f"INSERT INTO {table_of(Series)} ({columns}) "  # noqa: S608
            f"SELECT %s - id, {_stored('slice_id')}, {_stored('area_id')} "
            "FROM temp.load_series",
            [series, slices, areas],
        )
        moment = connection.ops.adapt_datetimefield_value(self.moment)
        _execute(
            f"UPDATE {table_of(Vintage)} SET valid_to = %s, closed_by_id = %s "  # noqa: S608
            "WHERE id IN (SELECT id FROM temp.load_closed)",
            [moment, self.run.pk],
        )
        names = ("series", *_CONTENT, "opened_by", "valid_from")
        content = ", ".join(f'"{name}"' for name in _CONTENT)
        _execute(
            f"INSERT INTO {table_of(Vintage)} ({columns_of(Vintage, names)}) "  # noqa: S608
            f"SELECT {_stored('series_id')}, {content}, %s, %s FROM temp.load_vintage",
            [series, self.run.pk, moment],
        )

    def _insert_newcomers(
        self, model: Any, names: Sequence[str], rows: list[tuple[Any, ...]]
    ) -> int:
        """Insert with the ids after the last one, which is returned."""
        last = last_id(model)
        insert_rows(
            model,
            names,
            [(pk, *row) for pk, row in enumerate(rows, start=last + 1)],
        )
        return last


def _stored(column: str) -> str:
    """The id itself, or the newcomer's: the last id (a parameter) less its number."""
    return f"CASE WHEN {column} < 0 THEN %s - {column} ELSE {column} END"


def _rows(series: Integers, content: Content) -> Iterable[tuple[Any, ...]]:
    batch = content.batch
    lengths = batch.lengths.tolist()
    statuses = _texts(batch, batch.statuses)
    confidentiality = _texts(batch, batch.confidentiality)
    frequencies = [code.decode() for code in batch.frequencies.tolist()]
    numbers = np.ascontiguousarray(batch.values)  # what orjson takes
    values = [
        orjson.dumps(
            numbers[row, : lengths[row]], option=orjson.OPT_SERIALIZE_NUMPY
        ).decode()
        for row in range(len(batch))
    ]
    return zip(
        series.tolist(), frequencies, batch.starts.tolist(), values, statuses,
        confidentiality, content.digests.tolist(), content.texts.tolist(),
        strict=True,
    )  # fmt: skip


def _texts(batch: SeriesBatch, codes: Any) -> list[str | None]:
    if not codes.any():
        return [None] * len(batch)
    texts, lengths = batch.texts, batch.lengths.tolist()
    return [
        FLAG_SEPARATOR.join([texts[code] for code in row[:length]])
        if any(row)
        else None
        for row, length in zip(codes.tolist(), lengths, strict=True)
    ]


def _insert(name: str, rows: Any) -> None:
    columns = _TABLES[name].count(",") + 1
    marks = ", ".join(["%s"] * columns)
    with connection.cursor() as cursor:
        # One step for all rows, whether or not a transaction is open.
        cursor.execute("SAVEPOINT load_rows")
        cursor.executemany(f"INSERT INTO temp.{name} VALUES ({marks})", rows)  # noqa: S608
        cursor.execute("RELEASE load_rows")


def _execute(sql: str, parameters: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
