"""Taking an import back: what nobody touched since returns to what it was."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.lookups import Lookups
from exchange.mapping import Entry
from exchange.models import ImportBatch, ImportedRow
from exchange.resources import RESOURCES, CatalogueResource
from exchange.services.batches import RefusedError
from exchange.services.planned import PlannedRow
from exchange.services.write import write
from sources.bulk import written_in_bulk


@transaction.atomic
def undo(batch_id: int, user: Any) -> tuple[int, list[ImportedRow]]:
    """How many records were taken back, and the rows kept with the reason in each.

    New records go, changed ones get the values of before. Raises RefusedError where the
    batch is not loaded.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.State.LOADED:
        raise RefusedError(_("Only an import that was loaded can be undone."))
    rows = list(batch.rows.all())
    reason = f"undo {batch.reason}"[:100]
    for kind in reversed(RESOURCES):
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            _undo_kind(RESOURCES[kind](), of_kind, user, reason)
    ImportedRow.objects.bulk_update(rows, ["is_undone", "kept"], batch_size=500)
    batch.state, batch.undone_at = ImportBatch.State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    kept = [row for row in rows if not row.is_undone]
    return len(rows) - len(kept), kept


def _undo_kind(
    resource: CatalogueResource, rows: Sequence[ImportedRow], user: Any, reason: str
) -> None:
    pks = [row.object_id for row in rows]
    locked = resource.records().filter(pk__in=pks).select_for_update(of=("self",))
    records = {record.pk: record for record in locked}
    _mark_edited(resource, rows, records)
    _restore([row for row in rows if not row.is_new], resource, records, user, reason)
    _remove([row for row in rows if row.is_new], resource)
    written_in_bulk.send(resource.model)


def _mark_edited(
    resource: CatalogueResource,
    rows: Sequence[ImportedRow],
    records: dict[int, Any],
) -> None:
    history = resource.model.history.model._base_manager
    newest = dict(
        history.filter(id__in=list(records))
        .values("id")
        .annotate(newest=Max("history_id"))
        .values_list("id", "newest")
    )
    edits = history.select_related("history_user").in_bulk(
        [pk for pk in newest.values() if pk], field_name="history_id"
    )
    for row in rows:
        if row.object_id not in records:
            row.kept = str(_("It is not there any more."))
        elif newest.get(row.object_id) != row.history_id:
            edit = edits.get(newest.get(row.object_id))
            row.kept = _edited_by(edit)


def _edited_by(edit: Any) -> str:
    if edit is None:
        return _("It was edited since.")
    said = {
        "who": edit.history_user or _("the portal"),
        "when": edit.history_date.strftime("%Y-%m-%d %H:%M"),
    }
    return (_("It was edited since, by %(who)s on %(when)s.") % said)[:300]


def _restore(
    rows: Sequence[ImportedRow],
    resource: CatalogueResource,
    records: dict[int, Any],
    user: Any,
    reason: str,
) -> None:
    """Write the texts of before back through the same columns."""
    lookups = Lookups()
    planned: dict[PlannedRow, ImportedRow] = {}
    for row in rows:
        if row.kept:
            continue
        headings = {name: name for name in row.before}
        back = PlannedRow(
            str(row.pk),
            Entry(row.number, dict(row.before), headings),
            resource,
            record=records[row.object_id],
            was_held=True,
        )
        _assign(back, lookups)
        planned[back] = row
    write(list(planned), user=user, reason=reason)
    for back, row in planned.items():
        row.is_undone = not back.errors
        row.kept = " ".join(error.message for error in back.errors)[:300]


def _assign(back: PlannedRow, lookups: Lookups) -> None:
    cleaned: dict[str, Any] = {}
    for name, column in back.resource.columns.items():
        if name not in back.entry.cells:
            cleaned[name] = column.get_value(back.record)
            continue
        text = back.entry.cells[name]
        try:
            value = (
                column.clean({name: text}, lookups=lookups, cleaned=cleaned)
                if text
                else column.nothing(back.resource.model)
            )
        except ValidationError as error:
            back.add(name, " ".join(error.messages))
            continue
        cleaned[name] = value
        back.changes[name] = (column.text(back.record), text)
        column.assign(back.record, value)


def _remove(rows: Sequence[ImportedRow], resource: CatalogueResource) -> None:
    waiting = {row.object_id: row for row in rows if not row.kept}
    for pk in _referred_to(resource.model, list(waiting)):
        row = waiting.pop(pk)
        row.kept = str(_("Other records refer to it by now."))
    resource.model._base_manager.filter(pk__in=list(waiting)).delete()
    for row in waiting.values():
        row.is_undone = True


def _referred_to(model: Any, pks: list[int]) -> set[int]:
    """Those that a record outside of this import points to."""
    found: set[int] = set()
    for relation in model._meta.related_objects:
        name = relation.field.name
        if relation.many_to_many:
            through = relation.field.remote_field.through
            column = relation.field.m2m_reverse_name()
            rows = through._base_manager.filter(**{f"{column}__in": pks})
            found.update(rows.values_list(column, flat=True))
        elif relation.on_delete is not None:
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": pks})
            found.update(rows.values_list(f"{name}_id", flat=True))
    return found & set(pks)
