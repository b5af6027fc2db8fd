"""Working on a run: under a lease, with its story told, however it ends."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sources import stopping
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.progress import Progress, silent
from sources.registry import Fetcher, FetchRequest, Verdict, get_fetcher
from sources.services.conclusion import conclude
from sources.services.dispatch import dispatch_next
from sources.services.heartbeat import RunProgress
from sources.services.lease import claim, settle, start_run
from sources.services.story import tell

logger = logging.getLogger(__name__)


@contextmanager
def working_on(
    run: IngestRun, *, listener: Progress = silent, is_queued: bool = False
) -> Iterator[Progress]:
    """Keep the lease of a running run while the block works for it.

    The progress handed over is seen on the run's page and obeys cancellations. Any
    error is written on the run and goes on to the caller. Must not be entered inside
    a transaction that could roll the story back with the data.
    """
    progress = RunProgress(run, listener=listener)
    progress.start()
    try:
        yield progress
        if run.finished_at is None:
            settle(run)
    except BaseException as error:
        progress.end()
        conclude(run, error, is_queued=is_queued)
        raise
    finally:
        progress.end()


@contextmanager
def recorded_run(
    target: str, *, file_name: str = "", run: IngestRun | None = None
) -> Iterator[IngestRun]:
    """A run to work for: the one that was handed in, or one of its own.

    The end of a run handed in is written by whoever started it; one of its own ends
    with the block, LOADED unless the body set another state. Raises RunUnderway.
    """
    if run is not None:
        run.file_name = file_name or run.file_name
        yield run
        return
    run = start_run(target, file_name=file_name)
    with working_on(run):
        yield run


def execute(run_id: int) -> IngestRun | None:
    """Work on a queued run; None where it was not to be had. What went wrong is on
    the run, and only the end of the process goes on to the caller.
    """
    if stopping.is_asked():
        # This worker is about to end: the next sweep tells another one.
        IngestRun.objects.filter(pk=run_id).update(dispatched_at=None)
        return None
    run = claim(run_id)
    if run is None:
        return None
    try:
        with working_on(run, is_queued=True) as progress:
            _perform(run, progress)
    except IngestError as error:
        logger.info("run %s: %s", run.pk, error)
    except Exception:
        logger.exception("run %s was stopped", run.pk)
    dispatch_next(run.target)
    return run


def run_now(
    fetcher: Fetcher, request: FetchRequest, *, asked_by: str = ""
) -> IngestRun:
    """Fetch and load in this process, under the same lease as a worker would.

    Raises RunUnderway, or what the fetcher raised.
    """
    run = start_run(
        fetcher.target_of(request.code),
        # A local file is not to be had again: such a run cannot be repeated.
        fetcher="" if request.file else fetcher.name,
        code=request.code,
        options=request_options(request),
        asked_by=asked_by,
    )
    with working_on(run, listener=request.progress) as progress:
        return fetcher.fetch(replace(request, run=run, progress=progress))


def request_options(request: FetchRequest) -> dict[str, object]:
    """What a run must keep of a request to make it again."""
    asked = {"version": request.version, "scale": request.scale}
    usual = FetchRequest()
    return dict(request.options) | {
        name: value for name, value in asked.items() if value != getattr(usual, name)
    }


def _request(run: IngestRun, progress: Progress) -> FetchRequest:
    options = dict(run.options)
    return FetchRequest(
        code=run.code,
        version=options.pop("version", None),
        scale=options.pop("scale", FetchRequest().scale),
        options=options,
        progress=progress,
        run=run,
    )


def _perform(run: IngestRun, progress: Progress) -> None:
    fetcher = get_fetcher(run.fetcher)
    if fetcher is None:
        raise IngestError(f"Nothing named {run.fetcher!r} can be fetched.")
    request = _request(run, progress)
    # Bytes that were kept for this run are to be loaded: nobody needs to be asked.
    if run.snapshot is None and not _has_changed(run, fetcher, request):
        return
    fetcher.fetch(request)


def _has_changed(run: IngestRun, fetcher: Fetcher, request: FetchRequest) -> bool:
    """False, with the run ended as UNCHANGED, where the publisher has nothing new."""
    if fetcher.check is None:
        return True
    request.progress.stage("asking")
    answer = fetcher.check(request)
    tell(run, answer.reason)
    run.source_updated = answer.updated
    if answer.verdict is not Verdict.UNCHANGED:
        return True
    run.state, run.message = IngestRun.State.UNCHANGED, answer.reason
    return False
