"""A load straight into the tables, as arrays, by two threads of its own.

One thread turns a block into the bytes that the server takes in, the other talks to
the server: while it sends one block, the next is built and the one after it is read.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from typing import Any, Self

import numpy as np
from django.db import connection

from indicators.batches import Integers
from indicators.copying import HEAD, TAIL, microseconds, records, with_arrays
from indicators.models import Dataflow, ReferenceArea, Series, Slice, Vintage
from indicators.services.stores import Content, Newcomers, stored_ids
from indicators.storage import columns_of, table_of
from sources.models import IngestRun

_PIECE = 1 << 20  # bytes sent at once; a small one gives the reading thread no rest
AHEAD = 6  # tasks that may wait, two a block; more would only take memory
_SERIES = ("id", "slice", "area")
_VINTAGE = (
    "series", "opened_by", "closed_by", "valid_from", "valid_to", "frequency",
    "start", "digest", "text_digest", "values", "statuses", "confidentiality",
)  # fmt: skip
Task = Callable[[Any], Any]  # takes a cursor


class PostgresStore:
    """See ``stores.Store``. Opened and closed inside the load's transaction."""

    def __init__(
        self, dataflow: Dataflow, run: IngestRun, newcomers: Newcomers, moment: datetime
    ) -> None:
        self.dataflow = dataflow
        self.run = run
        self.moment = moment
        self.newcomers = newcomers
        self.slice_ids: list[int] = []
        self.area_ids: list[int] = []
        self._series_sequence = ""
        self._waiting: list[Future[Any]] = []
        self._unsent: Task | None = None
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="build")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        # The thread uses the bare connection: Django's belongs to this thread, which
        # waits whenever it needs an answer itself.
        connection.ensure_connection()
        self._connection = connection.connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._builder.shutdown(wait=True, cancel_futures=True)

    def add(self, slices: Integers, areas: Integers, content: Content) -> None:
        named = self._send(lambda cursor: self._named(cursor, slices, areas))
        built = self._builder.submit(lambda: self._vintages(named.result()[0], content))

        def task(cursor: Any) -> None:
            vintages = built.result()
            _copy(cursor, Series, _SERIES, named.result()[1])
            _copy(cursor, Vintage, _VINTAGE, vintages)

        self._send_later(task)

    def revise(self, series: Integers, vintages: Integers, content: Content) -> None:
        built = self._builder.submit(self._vintages, series, content)

        def task(cursor: Any) -> None:
            self._close(cursor, vintages)
            _copy(cursor, Vintage, _VINTAGE, built.result())

        self._send_later(task)

    def close(self, vintages: Integers) -> None:
        self._send(lambda cursor: self._close(cursor, vintages))

    def wait(self) -> None:
        """Until all is sent: from then on this thread may use the connection."""
        self._send_later(None)
        self._settle(0)

    def switch(self, dataflow: Dataflow) -> None:
        """All is sent; the end of the transaction is the switch."""
        self.wait()

    def _send_later(self, task: Task | None) -> None:
        """Send the block before this one, whose bytes are built meanwhile."""
        before, self._unsent = self._unsent, task
        if before is not None:
            self._send(before)

    def _send(self, task: Task) -> Future[Any]:
        def run() -> Any:
            with self._connection.cursor() as cursor:
                return task(cursor)

        self._settle(AHEAD)
        sent = self._thread.submit(run)
        self._waiting.append(sent)
        return sent

    def _settle(self, left: int) -> None:
        """Wait until no more than so many tasks are left; their errors come up here."""
        while len(self._waiting) > left:
            with connection.wrap_database_errors:
                self._waiting.pop(0).result()

    def _named(
        self, cursor: Any, slices: Integers, areas: Integers
    ) -> tuple[Integers, bytes]:
        """Ids of new series, and the series as rows."""
        self._store_newcomers(cursor)
        count = len(slices)
        ids = self._series_ids(cursor, count)
        rows = records(
            count,
            [
                ("i8", ids),
                ("i8", stored_ids(slices, self.slice_ids)),
                ("i8", stored_ids(areas, self.area_ids)),
            ],
        )
        return ids, rows.tobytes()

    def _series_ids(self, cursor: Any, count: int) -> Integers:
        """So many ids that nobody else gets."""
        cursor.execute(
            "SELECT string_agg(nextval(%s::regclass)::text, ' ') "
            "FROM generate_series(1, %s)",
            [self._sequence(cursor), count],
        )
        return np.array(cursor.fetchone()[0].split(), dtype=np.int64)

    def _sequence(self, cursor: Any) -> str:
        """Asked once: finding it again for each id takes longer than the ids."""
        if not self._series_sequence:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, 'id')", [Series._meta.db_table]
            )
            self._series_sequence = cursor.fetchone()[0]
        return self._series_sequence

    def _vintages(self, series: Integers, content: Content) -> bytes:
        """The new vintages of the series as rows."""
        batch = content.batch
        fixed = records(
            len(batch),
            [
                ("i8", series), ("i8", self.run.pk), None,
                ("i8", microseconds(self.moment)), None,
                ("S1", batch.frequencies), ("i4", batch.starts),
                ("i8", content.digests), ("i8", content.texts),
            ],
            more=3,
        )  # fmt: skip
        return with_arrays(fixed, batch)

    def _close(self, cursor: Any, vintages: Integers) -> None:
        cursor.execute(
            f"UPDATE {table_of(Vintage)} SET valid_to = %s, closed_by_id = %s "  # noqa: S608  # names come from the model
            "WHERE id = ANY(%s)",
            [self.moment, self.run.pk, vintages[vintages != 0].tolist()],
        )

    def _store_newcomers(self, cursor: Any) -> None:
        keys = self.newcomers.slices[len(self.slice_ids) :]
        if keys:
            cursor.execute(
                f"INSERT INTO {table_of(Slice)} (dataflow_id, key) "
                "SELECT %s, unnest(%s) RETURNING key, id",
                [self.dataflow.pk, keys],
            )
            found = dict(cursor.fetchall())
            self.slice_ids += [found[key] for key in keys]
        areas = self.newcomers.areas[len(self.area_ids) :]
        if areas:
            cursor.execute(
                f"INSERT INTO {table_of(ReferenceArea)} "  # noqa: S608
                "(dataflow_id, code, kind, region_id) "
                "SELECT %s, * FROM unnest(%s, %s, %s::bigint[]) RETURNING code, id",
                [
                    self.dataflow.pk,
                    *(list(column) for column in zip(*areas, strict=True)),
                ],
            )
            found = dict(cursor.fetchall())
            self.area_ids += [found[area[0]] for area in areas]


def _copy(cursor: Any, model: Any, names: tuple[str, ...], rows: bytes) -> None:
    target = f"{table_of(model)} ({columns_of(model, names)})"
    cursor.copy_expert(
        f"COPY {target} FROM STDIN (FORMAT binary)",
        BytesIO(HEAD + rows + TAIL),
        size=_PIECE,
    )
