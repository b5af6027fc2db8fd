"""Writing planned rows in bulk, with their history, inside the caller's transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.resources import CatalogueResource
from exchange.resources.base import LINKS
from exchange.services.planned import CHANGED, NEW, PlannedRow
from sources.bulk import written_in_bulk

BATCH = 500


def write(rows: Sequence[PlannedRow], *, user: Any, reason: str) -> None:
    """Write the good rows; what the database refuses becomes an error of its row.

    Changes come before new records, so that a seat given up can be taken.
    """
    for resource, of_kind in _by_kind(rows):
        if not any(row.action in (CHANGED, NEW) for row in of_kind):
            continue
        for action in (CHANGED, NEW):
            waiting = [row for row in of_kind if row.action == action]
            waiting = [row for row in waiting if _is_whole(row)]
            # Seats and marks that are given up first.
            waiting.sort(key=lambda row: bool(getattr(row.record, "is_lead", False)))
            written: list[PlannedRow] = []
            for start in range(0, len(waiting), BATCH):
                written += _batch(resource, waiting[start : start + BATCH], action)
            _history(resource, written, action, user=user, reason=reason)
        written_in_bulk.send(resource.model)


def _by_kind(
    rows: Sequence[PlannedRow],
) -> Iterator[tuple[CatalogueResource, list[PlannedRow]]]:
    kinds: dict[str, list[PlannedRow]] = {}
    for row in rows:
        kinds.setdefault(row.resource.kind, []).append(row)
    for of_kind in kinds.values():
        yield of_kind[0].resource, of_kind


def _is_whole(row: PlannedRow) -> bool:
    """Whether what the record stands under was written; else an error."""
    project = getattr(row.record, "project", None)
    if project is None or project.pk is not None:
        return True
    row.add(
        "project", _("The project of this row is left out, so its partners are too.")
    )
    return False


def _batch(
    resource: CatalogueResource, rows: Sequence[PlannedRow], action: str
) -> list[PlannedRow]:
    """All at once; one by one where the database refuses a row of them."""
    try:
        with transaction.atomic():
            _save(resource, rows, action)
    except IntegrityError:
        if len(rows) == 1:
            if action == NEW:
                rows[0].record.pk = None
            column = resource.keys[-1].columns[-1]
            rows[0].add(
                column, _("It clashes with a record that is held. Look at it again.")
            )
            return []
        return [done for row in rows for done in _batch(resource, [row], action)]
    return list(rows)


def _save(resource: CatalogueResource, rows: Sequence[PlannedRow], action: str) -> None:
    records = [row.record for row in rows]
    names = {"updated_at"}
    for record in records:
        record.updated_at = timezone.now()
        names.update(resource.touch(record))
        record.prepare()
    if action == NEW:
        for record in records:
            record.pk = None
        resource.model._base_manager.bulk_create(records)
    else:
        for row in rows:
            for column in row.changes:
                names.update(resource.columns[column].attributes)
        names.update(_derived(resource.model))
        fields = names - set(resource.link_names)
        resource.model._base_manager.bulk_update(records, sorted(fields))
    for name in resource.link_names:
        _save_links(resource.model, name, records)


def _derived(model: Any) -> set[str]:
    """Columns that ``prepare`` fills in."""
    known = {field.name for field in model._meta.concrete_fields}
    return known & {"search_text", "normalised_name", "acronym"}


def _save_links(model: Any, name: str, records: Sequence[Any]) -> None:
    field = model._meta.get_field(name)
    through = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    changed = [r for r in records if name in r.__dict__.get(LINKS, {})]
    pks = [record.pk for record in changed]
    through._base_manager.filter(**{f"{own}__in": pks}).delete()
    through._base_manager.bulk_create(
        [
            through(**{own: record.pk, other: linked.pk})
            for record in changed
            for linked in record.__dict__[LINKS][name]
        ],
        batch_size=BATCH,
    )


def _history(
    resource: CatalogueResource,
    rows: Sequence[PlannedRow],
    action: str,
    *,
    user: Any,
    reason: str,
) -> None:
    """History rows as saving one by one would have written, links with them."""
    if not rows:
        return
    made = resource.model.history.bulk_history_create(
        [row.record for row in rows],
        batch_size=BATCH,
        update=action == CHANGED,
        default_user=user,
        default_change_reason=reason,
        default_date=timezone.now(),
    )
    for row, entry in zip(rows, made, strict=True):
        row.history_id = entry.pk
    for field in resource.model.history.model._history_m2m_fields:
        _history_of_links(resource.model, field, made)


def _history_of_links(model: Any, field: Any, made: Sequence[Any]) -> None:
    through = field.remote_field.through
    historical = apps.get_model(
        model._meta.app_label, f"Historical{model._meta.object_name}_{field.name}"
    )
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    by_record = {getattr(entry, model._meta.pk.attname): entry.pk for entry in made}
    rows: list[models.Model] = []
    links = through._base_manager.filter(**{f"{own}__in": list(by_record)})
    for pk, record, linked in links.values_list("pk", own, other):
        values = {own: record, other: linked, through._meta.pk.name: pk}
        rows.append(historical(history_id=by_record[record], **values))
    historical._base_manager.bulk_create(rows, batch_size=BATCH)
