"""What the ingestors share: fetching a dataflow's file, asking after it, loading it."""

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from indicators.models import Dataflow
from indicators.services.ingest import load_path
from sources.exceptions import IngestError
from sources.http import fetch_snapshot, has_changed
from sources.models import IngestRun
from sources.registry import Check, FetchRequest, Verdict
from sources.services import recorded_run


@dataclass(frozen=True, slots=True)
class Download:
    """Where the whole of a dataflow is to be had, and the media types wanted."""

    dataflow: Dataflow
    url: str
    name: str
    accept: str = "*/*"


def load_download(request: FetchRequest, download: Download) -> IngestRun:
    """Fetch (or take ``request.file``) and load whole; returns the run.

    A run that has bytes already, from an earlier attempt, loads those.
    """
    flow = download.dataflow
    name = request.file.name if request.file else download.name
    with recorded_run(flow.target, file_name=name, run=request.run) as run:
        path = request.file or _fetched(run, download, request)
        if not path.is_file():
            raise IngestError(f"{path}: no such file. Check the path.")
        load_path(
            path, run, code=flow.code, agency=flow.agency,
            complete=True, progress=request.progress,
        )  # fmt: skip
    if not request.file:
        Dataflow.objects.filter(pk=flow.pk).update(checked_at=timezone.now())
    return run


def check_download(request: FetchRequest, download: Download) -> Check:
    """Ask the server whether it has something else than what was loaded last."""
    answer = _asked(request, download)
    Dataflow.objects.filter(pk=download.dataflow.pk).update(checked_at=timezone.now())
    return answer


def _asked(request: FetchRequest, download: Download) -> Check:
    kept = (
        IngestRun.objects.good()
        .filter(target=download.dataflow.target, snapshot__url=download.url)
        .select_related("snapshot")
        .order_by("-pk")
        .first()
    )
    if kept is None or kept.snapshot is None:
        return Check(Verdict.UNKNOWN, "Never fetched from this address before.")
    changed = has_changed(
        download.url,
        etag=kept.snapshot.etag,
        last_modified=kept.snapshot.last_modified,
        accept=download.accept,
        progress=request.progress,
    )
    if changed is None:
        return Check(Verdict.UNKNOWN, "The server gives no ETag or date to ask with.")
    if changed:
        return Check(Verdict.CHANGED, "The server has another file now.")
    return Check(Verdict.UNCHANGED, "The server has the file that is held.")


def _fetched(run: IngestRun, download: Download, request: FetchRequest) -> Path:
    if run.snapshot is None or not run.snapshot.path.is_file():
        request.progress(f"fetching {download.url}")
        run.snapshot = fetch_snapshot(
            download.url,
            name=run.file_name,
            accept=download.accept,
            progress=request.progress,
        )
    return run.snapshot.path
