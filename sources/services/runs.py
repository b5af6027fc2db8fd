"""What people and schedules ask of runs: begin, stop, repeat, decide."""

from typing import Any

from django.db import transaction

from sources.exceptions import IngestError
from sources.models import IngestRun, Snapshot
from sources.registry import Fetcher, get_fetcher
from sources.services.dispatch import dispatch
from sources.services.lease import end_fields
from sources.services.story import tell

State = IngestRun.State


class RunRefused(IngestError):  # noqa: N818  # a state of affairs, not a fault
    """What was asked of a run does not fit its state; the message says why."""


def queue_run(
    fetcher: str,
    code: str = "",
    *,
    asked_by: str = "",
    request_id: str = "",
    options: dict[str, Any] | None = None,
    snapshot: Snapshot | None = None,
) -> IngestRun:
    """Ask the workers to fetch and load; the run that will do it.

    The same wish that is waiting already is not queued twice. With a ``snapshot`` those
    bytes are loaded and nothing is fetched. IngestError for an unknown fetcher or a
    code that cannot be one.
    """
    target = known_fetcher(fetcher).target_of(code)
    wish = {"target": target, "fetcher": fetcher, "snapshot": snapshot}
    with transaction.atomic():
        waiting = IngestRun.objects.filter(
            **wish, state=State.QUEUED, options=options or {}
        ).first()
        if waiting is not None:
            return waiting
        run = IngestRun.objects.create(
            **wish,
            code=code,
            options=options or {},
            asked_by=asked_by[:150],
            request_id=request_id[:64],
            file_name=snapshot.name if snapshot else "",
        )
        tell(run, "Asked for.", who=asked_by)
        transaction.on_commit(lambda: dispatch(run))
    return run


def known_fetcher(name: str) -> Fetcher:
    """The fetcher of that name; IngestError where there is none."""
    fetcher = get_fetcher(name)
    if fetcher is None:
        raise IngestError(f"Nothing named {name!r} can be fetched.")
    return fetcher


def cancel_run(run: IngestRun, *, asked_by: str) -> None:
    """End a queued run at once, a running one as soon as its worker sees it."""
    ended = IngestRun.objects.filter(pk=run.pk, state=State.QUEUED).update(
        state=State.CANCELLED,
        message="Cancelled before it began. Nothing was loaded.",
        **end_fields(run),
    )
    asked = IngestRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
        is_cancel_asked=True
    )
    if not ended and not asked:
        raise RunRefused(f"Run {run.pk} has ended; there is nothing to cancel.")
    tell(run, "Cancelled." if ended else "Asked to stop.", who=asked_by)


def repeat_run(run: IngestRun, *, asked_by: str, request_id: str = "") -> IngestRun:
    """Queue the same again, as a run of its own; RunRefused where that cannot be."""
    run.refresh_from_db()
    if run.is_under_way:
        raise RunRefused(f"Run {run.pk} has not ended yet.")
    if not run.fetcher:
        raise RunRefused(
            f"Run {run.pk} loaded a local file. Load the file again in its place."
        )
    return queue_run(
        run.fetcher, run.code, asked_by=asked_by, request_id=request_id,
        options=run.options, snapshot=_file_needed(run),
    )  # fmt: skip


def _file_needed(run: IngestRun) -> Snapshot | None:
    """The bytes that are to be had nowhere else; RunRefused where they are gone."""
    if not run.fetcher or not known_fetcher(run.fetcher).needs_kept_file:
        return None
    if run.snapshot is None or not run.snapshot.path.is_file():
        raise RunRefused(
            f"The file of run {run.pk} is not kept any more. Upload it again."
        )
    return run.snapshot


def confirm_run(run: IngestRun, *, asked_by: str) -> None:
    """Load what waits for a person's word, mostly since a sanity rule stopped it: the
    kept bytes. RunRefused where the run waits no longer, or its file is gone.
    """
    _file_needed(run)
    is_asked = known_fetcher(run.fetcher).needs_kept_file if run.fetcher else False
    said = "To be loaded." if is_asked else "To be loaded all the same."
    fields = {
        "state": State.QUEUED, "is_confirmed": True, "attempt": 1, "worker": "",
        "finished_at": None, "not_before": None, "dispatched_at": None,
        "is_mail_due": False, "is_cancel_asked": False,
    }  # fmt: skip
    with transaction.atomic():
        _decide(run, asked_by, said, **fields)
        transaction.on_commit(lambda: dispatch(run))


def discard_run(run: IngestRun, *, asked_by: str) -> None:
    """End a held run without loading; the data held stay."""
    _decide(
        run, asked_by, "Discarded.",
        state=State.CANCELLED, is_mail_due=False,
        message=f"Discarded by a person. {run.message}",
    )  # fmt: skip


def _decide(run: IngestRun, asked_by: str, text: str, **fields: Any) -> None:
    if not IngestRun.objects.filter(pk=run.pk, state=State.HELD).update(**fields):
        raise RunRefused(f"Run {run.pk} does not wait for a decision (any more).")
    tell(run, text, who=asked_by)
