"""From a file to the cube, all or nothing, with the story on an ingest run."""

import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from indicators.models import Dataflow, ReferenceArea, Series, Slice, Vintage
from indicators.parsers.errors import ParseError
from indicators.services.eurostat import AGENCY, data_url
from indicators.services.loading import loaded
from indicators.services.rollback import ask_before_repeat
from sources.exceptions import ConfirmationNeeded, IngestError, TransientError
from sources.http import fetch_snapshot
from sources.models import IngestRun
from sources.planner import refresh_statistics
from sources.progress import Progress, silent
from sources.registry import FetchRequest
from sources.services import recorded_run, settle, start_run, working_on
from sources.snapshots import keep_file

# The fetcher that goes on with a local file once a person has said yes.
LOADS_KEPT_FILES = "upload"
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,79}")


def ingest_file(
    path: Path,
    *,
    code: str,
    agency: str = "ESTAT",
    complete: bool = False,
    dry_run: bool = False,
    is_confirmed: bool = False,
    progress: Progress = silent,
) -> IngestRun:
    """Load a local file into a dataflow; returns the finished run.

    ``is_confirmed`` loads what looks wrong, too. Raises IngestError, already recorded,
    with one message for the person who asked.
    """
    code = checked_code(code)
    target = f"{agency}:{code}"
    run = start_run(
        target,
        file_name=path.name,
        code=target,
        options={"complete": complete},
        is_confirmed=is_confirmed,
    )
    with working_on(run, listener=progress) as progress:
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

    The end of the run is written in the same transaction, so both are seen or neither,
    and only while this process still holds the run. The bytes become the run's snapshot
    unless they are one already; what was refused or only checked is not kept.
    """
    kept = run.snapshot
    try:
        ask_before_repeat(run)
        with loaded(
            path, run, flow=(agency, code), complete=complete, progress=progress
        ):
            ask_before_repeat(run)  # the file has said its release by now
            if dry_run:
                transaction.set_rollback(True)
                run.state = IngestRun.State.CHECKED
            else:
                run.snapshot = kept or keep_file(path)
                settle(run)
    except ConfirmationNeeded as question:
        if dry_run:
            raise IngestError(str(question)) from question
        run.snapshot = kept or keep_file(path)  # what a person may still say yes to
        run.fetcher = run.fetcher or LOADS_KEPT_FILES
        raise
    except ParseError as error:
        run.snapshot = kept
        raise IngestError(str(error), error.rejections) from error
    except OSError as error:
        run.snapshot = kept
        raise TransientError(
            f"{run.file_name}: {error.strerror or error}. Nothing was loaded."
        ) from error
    if not dry_run:
        refresh_statistics(
            [Slice, ReferenceArea, Series, Vintage],
            changed=run.new + run.revised + run.retired,
        )


def _refuse_missing(path: Path) -> None:
    if not path.is_file():
        raise IngestError(f"{path}: no such file. Check the path.")


def fetch_eurostat(request: FetchRequest) -> IngestRun:
    """Get a dataset from Eurostat's dissemination API (or a file) and load it whole."""
    code = checked_code(request.code)
    name = request.file.name if request.file else f"{code}.tsv.gz"
    with recorded_run(eurostat_target(code), file_name=name, run=request.run) as run:
        if request.file:
            path = request.file
            _refuse_missing(path)
        else:
            path = _fetched(run, code, request.progress)
        load_path(
            path, run, code=code, agency=AGENCY,
            complete=True, progress=request.progress,
        )  # fmt: skip
    if not request.file:
        _note_release(run, code)
    return run


def eurostat_target(code: str) -> str:
    """How runs for a dataset of Eurostat's are named."""
    return f"{AGENCY}:{checked_code(code)}"


def _fetched(run: IngestRun, code: str, progress: Progress) -> Path:
    """The file of the run's snapshot: kept by an earlier attempt, or fetched now."""
    if run.snapshot is None or not run.snapshot.path.is_file():
        url = data_url(code)
        progress(f"fetching {url}")
        run.snapshot = fetch_snapshot(url, name=run.file_name, progress=progress)
    return run.snapshot.path


def _note_release(run: IngestRun, code: str) -> None:
    """When Eurostat was asked, and which release its catalogue told of."""
    flow = Dataflow.objects.filter(agency=AGENCY, code=code)
    flow.update(checked_at=timezone.now())
    if run.source_updated:
        flow.update(source_updated=run.source_updated)


def checked_code(code: str) -> str:
    """The dataflow code in lower case; IngestError for what cannot be one."""
    if not CODE.fullmatch(code):
        raise IngestError(
            f"{code!r} is no dataflow code. Codes are letters, digits and underscores, "
            "such as tgs00042."
        )
    return code.lower()
