"""From a file to the cube, all or nothing, with the story on an ingest run."""

import re
from pathlib import Path

from django.conf import settings
from django.db import transaction

from indicators.models import Dataflow, ReferenceArea, Series, Slice, Vintage
from indicators.parsers.errors import ParseError
from indicators.parsers.reader import open_message
from indicators.services.definitions import get_dataflow
from indicators.services.load import Loader
from sources.exceptions import IngestError
from sources.http import fetch_snapshot
from sources.models import IngestRun, Snapshot
from sources.planner import refresh_statistics
from sources.progress import Progress, silent
from sources.registry import FetchRequest
from sources.services import recorded_run
from sources.snapshots import keep_file

CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,79}")


def ingest_file(
    path: Path,
    *,
    code: str,
    agency: str = "ESTAT",
    complete: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> IngestRun:
    """Load a local file into a dataflow; returns the finished run.

    Raises IngestError, already recorded, with one message for the person who asked.
    """
    code = checked_code(code)
    with recorded_run(f"{agency}:{code}", file_name=path.name) as run:
        _refuse_missing(path)
        load_path(
            path, run, code=code, agency=agency,
            complete=complete, dry_run=dry_run, progress=progress,
        )  # fmt: skip
    return run


def load_path(
    path: Path,
    run: IngestRun,
    *,
    code: str,
    agency: str,
    complete: bool,
    dry_run: bool = False,
    progress: Progress = silent,
) -> None:
    """Parse and load in one transaction; messages call the file ``run.file_name``.

    The bytes become the run's snapshot unless they are one already; what was refused
    or only checked is not kept.
    """
    snapshot = run.snapshot
    try:
        with transaction.atomic():
            dataflow = _locked(get_dataflow(agency, code))
            message = open_message(path, name=run.file_name)
            loader = Loader(dataflow, run, complete=complete, progress=progress)
            loader.load(message, file=run.file_name)
            if dry_run:
                transaction.set_rollback(True)
                run.state = IngestRun.State.CHECKED
            elif snapshot is None:
                snapshot = keep_file(path)
    except ParseError as error:
        raise IngestError(str(error)) from error
    except OSError as error:
        raise IngestError(
            f"{run.file_name}: {error.strerror or error}. Nothing was loaded."
        ) from error
    run.snapshot = snapshot
    if not dry_run:
        refresh_statistics([Slice, ReferenceArea, Series, Vintage])


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise IngestError(f"{path}: no such file. Check the path.")


def _locked(dataflow: Dataflow) -> Dataflow:
    """The same row, held until the transaction ends: loads of one dataflow queue."""
    return Dataflow.objects.select_for_update().get(pk=dataflow.pk)


def fetch_eurostat(request: FetchRequest) -> IngestRun:
    """Get a dataset from Eurostat's dissemination API (or a file) and load it whole."""
    code = checked_code(request.code)
    name = request.file.name if request.file else f"{code}.tsv.gz"
    with recorded_run(f"ESTAT:{code}", file_name=name) as run:
        if request.file:
            path = request.file
            _refuse_missing(path)
        else:
            run.snapshot = _download(code, name, request.progress)
            path = run.snapshot.path
        load_path(
            path, run, code=code, agency="ESTAT",
            complete=True, progress=request.progress,
        )  # fmt: skip
    return run


def _download(code: str, name: str, progress: Progress) -> Snapshot:
    url = (
        f"{settings.EUROSTAT_HOST}/api/dissemination/sdmx/2.1/data/{code.upper()}"
        "?format=TSV&compressed=true"
    )
    progress(f"fetching {url}")
    return fetch_snapshot(url, name=name, progress=progress)


def checked_code(code: str) -> str:
    """The dataflow code in lower case; IngestError for what cannot be one."""
    if not CODE.fullmatch(code):
        raise IngestError(
            f"{code!r} is no dataflow code. Codes are letters, digits and underscores, "
            "such as tgs00042."
        )
    return code.lower()
