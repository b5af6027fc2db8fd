"""One file into one dataflow: what is read when, and what is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from indicators.models import Dataflow
from indicators.parsers.types import Message
from indicators.services.definitions import get_dataflow
from indicators.services.load import Loader
from indicators.services.opening import open_for
from indicators.services.past import past_kept
from indicators.services.postgres_store import PostgresStore
from indicators.services.sqlite_store import SqliteStore
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.progress import Progress, silent

_LOADS = 20_461  # the first half of an advisory lock's key: loads of a dataflow


@contextmanager
def loaded(
    path: Path,
    run: IngestRun,
    *,
    flow: tuple[str, str],
    complete: bool,
    progress: Progress = silent,
) -> Iterator[None]:
    """The file loaded, in a transaction that ends with the block.

    ``flow`` is agency and code. On PostgreSQL the file is read inside the transaction,
    which no reader notices. On SQLite it is read before, so that others can write for
    all that time, and the transaction only moves what was read. Raises IngestError,
    ParseError, OSError.
    """
    message = open_for(flow, path, name=run.file_name)
    if connection.vendor == "postgresql":
        with transaction.atomic():
            dataflow = get_dataflow(*flow)
            _queue(dataflow)
            loader = Loader(dataflow, run, complete=complete, progress=progress)
            with PostgresStore(
                dataflow, run, loader.newcomers, loader.moment
            ) as server:
                loader.read(message, server, size=path.stat().st_size)
                _switch(loader, message, server)
            yield
        return
    dataflow = _foreseen(*flow)
    loader = Loader(dataflow, run, complete=complete, progress=progress)
    with SqliteStore(dataflow, run, loader.newcomers, loader.moment) as store:
        loader.read(message, store, size=path.stat().st_size)
        with transaction.atomic():
            dataflow.pk = get_dataflow(*flow).pk
            _switch(loader, message, store)
            yield


def _queue(dataflow: Dataflow) -> None:
    """Wait for another load of the dataflow. No row is locked, so nobody else waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOADS, dataflow.pk])


def _foreseen(agency: str, code: str) -> Dataflow:
    """The dataflow, or what it will be: nothing is written before the switch."""
    found = Dataflow.objects.filter(agency=agency, code=code).first()
    if found is not None:
        return found
    with transaction.atomic():
        dataflow = get_dataflow(agency, code)
        transaction.set_rollback(True)
    dataflow.pk = None
    return dataflow


def _switch(
    loader: Loader, message: Message, store: PostgresStore | SqliteStore
) -> None:
    dataflow = loader.dataflow
    rows = Dataflow.objects.select_for_update(no_key=True)
    held = rows.values_list("fetched_at", flat=True).get(pk=dataflow.pk)
    if held != dataflow.fetched_at:
        raise IngestError(
            f"{dataflow} was changed by somebody else while {loader.run.file_name} was "
            "read. Nothing was loaded. Load it again."
        )
    with past_kept(dataflow, loader.run, moment=loader.moment):
        loader.switch(message.structure, store)
