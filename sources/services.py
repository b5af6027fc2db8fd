"""Writing down what an ingest did, whatever happens to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from sources.exceptions import IngestError
from sources.models import IngestRun

KEPT_REJECTIONS = 1000


@contextmanager
def recorded_run(target: str, *, file_name: str = "") -> Iterator[IngestRun]:
    """Open a run, hand it over, and close it with the truth.

    Leaves state LOADED unless the body set another one. Any error closes the run
    as FAILED and goes on to the caller. Must not be called inside a transaction
    that could roll the story back with the data.
    """
    run = IngestRun.objects.create(
        target=target[:200],
        file_name=_storable(file_name)[:255],
        state=IngestRun.State.RUNNING,
    )
    try:
        yield run
    except IngestError as error:
        _fail(run, str(error), error.rejections)
        raise
    except BaseException as error:
        _fail(run, f"stopped by {type(error).__name__}: {error}", [])
        raise
    if run.state == IngestRun.State.RUNNING:
        run.state = IngestRun.State.LOADED
    run.finished_at = timezone.now()
    run.save()


def _fail(run: IngestRun, message: str, rejections: list[str]) -> None:
    run.state = IngestRun.State.FAILED
    run.message = _storable(message)
    run.rejected = max(run.rejected, len(rejections))
    run.rejections = [_storable(line) for line in rejections[:KEPT_REJECTIONS]]
    run.new = run.revised = run.unchanged = run.retired = 0
    run.finished_at = timezone.now()
    run.save()


def _storable(text: str) -> str:
    """The text without what PostgreSQL refuses: NUL, and bytes of no encoding.

    File names and error texts may hold both, and the story must be told all the same.
    """
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
