"""Taking back what a run has loaded: what was held before it is held again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.models import Dataflow, Vintage
from indicators.past import DataflowState
from indicators.services.past import past_kept, restore_past
from sources.exceptions import ConfirmationNeeded, IngestError
from sources.models import IngestRun

# What of a vintage is content; the rest says which run held it and when.
COPIED = [
    field.attname
    for field in Vintage._meta.concrete_fields
    if field.name not in ("id", "opened_by", "closed_by", "valid_from", "valid_to")
]
State = IngestRun.State


class RollbackRefused(IngestError):  # noqa: N818  # a state of affairs, not a fault
    """The run cannot be taken back, and the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a rollback does to the series of a dataflow."""

    reopened: int
    given_back: int
    retired: int


def roll_back(run: IngestRun, *, asked_by: str = "") -> IngestRun:
    """Give back what the dataflow held before the run; returns the run that did it.

    Nothing is deleted: the vintages of the run are closed and copies of those before
    them opened, so that a question about the time in between is still answered
    truthfully. One transaction. Raises RollbackRefused.
    """
    with transaction.atomic():
        dataflow, state = _locked(run)
        undo = _opened_run(run, asked_by)
        moment = timezone.now()
        with past_kept(dataflow, undo, moment=moment):
            change = _exchange(dataflow, undo, since=state.valid_to, moment=moment)
            restore_past(dataflow, state)
        undo.new, undo.revised, undo.retired = (
            change.reopened, change.given_back, change.retired,
        )  # fmt: skip
        _describe(undo, state)
        undo.state = State.LOADED
        undo.finished_at = timezone.now()
        undo.save()
    return undo


def rollback_change(run: IngestRun) -> Change:
    """What ``roll_back`` would do now; raises RollbackRefused as it does."""
    state = _state_before(run)
    held = _closed_since(state.dataflow, state.valid_to)
    stale = _opened_since(state.dataflow, state.valid_to)
    given_back = stale.filter(_same_series(held)).count()
    retired = stale.count() - given_back
    unmatched = held.exclude(_same_series(Vintage.objects.current()))
    return Change(unmatched.count(), given_back, retired)


def newest_loaded(target: str) -> IngestRun | None:
    """The run whose content a dataflow holds: the one that can be rolled back."""
    return (
        IngestRun.objects.finished_well()
        .filter(target=target, reverses__isnull=True, reversed_by__isnull=True)
        .filter(dataflow_before__isnull=False)
        .order_by("-dataflow_before__valid_to")
        .first()
    )


def ask_before_repeat(run: IngestRun) -> None:
    """Raise ConfirmationNeeded where the run brings again what was rolled back.

    A release is known by its bytes or by the publisher's date. Somebody took it back
    for a reason that a timetable does not know; a person's yes lets it pass.
    """
    same = Q(pk__in=[])
    if run.snapshot_id is not None:
        same |= Q(snapshot=run.snapshot_id)
    if run.source_updated is not None:
        same |= Q(source_updated=run.source_updated)
    last = (
        IngestRun.objects.finished_well()
        .filter(same, target=run.target, reverses__isnull=True)
        .order_by("-pk")
        .first()
    )
    if last is None or run.is_confirmed or not hasattr(last, "reversed_by"):
        return
    raise ConfirmationNeeded(
        _(
            "This is the release that run %(run)d had loaded of %(target)s and that "
            "was rolled back. Confirm this run to load it all the same."
        )
        % {"run": last.pk, "target": run.target}
    )


def _state_before(run: IngestRun) -> DataflowState:
    """What the run has changed; RollbackRefused unless it is the newest one loaded."""
    if run.reverses_id is not None:
        raise RollbackRefused(
            _("Run %(run)d is itself a rollback. Load the release again instead.")
            % {"run": run.pk}
        )
    if IngestRun.objects.filter(reverses=run).exists():
        raise RollbackRefused(
            _("Run %(run)d has been rolled back already.") % {"run": run.pk}
        )
    state = (
        DataflowState.objects.filter(run=run, run__state=State.LOADED)
        .select_related("dataflow")
        .first()
    )
    if state is None:
        raise RollbackRefused(
            _("Run %(run)d has loaded no observations that could be rolled back.")
            % {"run": run.pk}
        )
    newest = newest_loaded(run.target)
    if newest is not None and newest.pk != run.pk:
        raise RollbackRefused(
            _(
                "Run %(run)d is not the newest one loaded of %(target)s. Roll back "
                "run %(newest)d first."
            )
            % {"run": run.pk, "target": run.target, "newest": newest.pk}
        )
    return state


def _locked(run: IngestRun) -> tuple[Dataflow, DataflowState]:
    """The dataflow, held until the transaction ends, and what was before the run."""
    state = _state_before(run)
    dataflow = Dataflow.objects.select_for_update(no_key=True).get(pk=state.dataflow_id)
    # Another rollback may have been faster: ask again, now that nothing can move.
    return dataflow, _state_before(run)


def _opened_run(run: IngestRun, asked_by: str) -> IngestRun:
    """The run that reverses; RollbackRefused while another is under way."""
    try:
        with transaction.atomic():
            return IngestRun.objects.create(
                target=run.target,
                state=State.RUNNING,
                reverses=run,
                asked_by=asked_by,
                code=run.code,
            )
    except IntegrityError as error:
        raise RollbackRefused(
            _("A run of %(target)s is under way. Try again when it has ended.")
            % {"target": run.target}
        ) from error


def _describe(undo: IngestRun, state: DataflowState) -> None:
    """The story of the rollback, and the counts of the run whose content is back."""
    undo.source_updated = state.source_updated
    undo.message = _("Rolled back run %(run)d.") % {"run": undo.reverses_id}
    if earlier := newest_loaded(undo.target):
        undo.read, undo.observations = earlier.read, earlier.observations


def _exchange(
    dataflow: Dataflow, undo: IngestRun, *, since: datetime, moment: datetime
) -> Change:
    """Close what was opened since, open again what was closed since; sets, not rows."""
    closed = _opened_since(dataflow, since).update(valid_to=moment, closed_by=undo)
    held = _closed_since(dataflow, since)
    opened = _open_again(
        held.exclude(_same_series(Vintage.objects.current())), undo, moment
    )
    mine = Vintage.objects.filter(opened_by=undo)
    given_back = mine.filter(
        _same_series(Vintage.objects.filter(closed_by=undo))
    ).count()
    return Change(opened - given_back, given_back, closed - given_back)


def _closed_since(dataflow: Dataflow, since: datetime) -> QuerySet[Vintage]:
    """What was held right before a moment and is closed by now."""
    return Vintage.objects.filter(
        series__slice__dataflow=dataflow, valid_from__lt=since, valid_to__gte=since
    )


def _opened_since(dataflow: Dataflow, since: datetime) -> QuerySet[Vintage]:
    """What is held now and differs from what was held right before a moment."""
    same = _closed_since(dataflow, since).filter(
        series=OuterRef("series"), digest=OuterRef("digest")
    )
    return Vintage.objects.current().filter(
        ~Exists(same), series__slice__dataflow=dataflow, valid_from__gte=since
    )


def _same_series(vintages: QuerySet[Vintage]) -> Exists:
    return Exists(vintages.filter(series=OuterRef("series")))


def _open_again(held: QuerySet[Vintage], undo: IngestRun, moment: datetime) -> int:
    """Copies of vintages as current ones, inside the database; how many."""
    source = held.annotate(
        undo=Value(undo.pk), moment=Value(moment, output_field=DateTimeField())
    ).values_list(*COPIED, "undo", "moment")
    select, params = source.query.sql_with_params()
    columns = ", ".join(map(connection.ops.quote_name, COPIED))
    table = connection.ops.quote_name(Vintage._meta.db_table)
    target = f"{table} ({columns}, opened_by_id, valid_from)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target} {select}", params)
        return int(cursor.rowcount)
