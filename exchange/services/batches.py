"""An import from upload to undo: one transaction each."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from exchange.mapping import Formats, Step, guess_targets, steps
from exchange.mappings_held import mapping_named
from exchange.models import ImportBatch, ImportedRow
from exchange.parsers import RawSheet, read_sheet
from exchange.resources import RESOURCES
from exchange.rights import Reach, reach_of
from exchange.services.plan import KEEP, Planner
from exchange.services.planned import CHANGED, NEW, REJECTED, UNCHANGED, Plan
from exchange.services.write import write
from indicators.parsers.errors import ParseError
from sources.snapshots import keep_stream

State = ImportBatch.State
SHOWN_ROWS, SHOWN_CHANGES = 20, 50


class RefusedError(Exception):
    """What was asked for cannot be done any more; ``str()`` says why."""


@transaction.atomic
def take(
    uploaded: "UploadedFile[bytes]", *, kind: str, user: Any, options: Mapping[str, Any]
) -> ImportBatch:
    """Keep the file and look at it. Raises ParseError for what cannot be read.

    ``options``: ``mapping`` (name or ""), ``empties``, ``publish``.
    """
    data = uploaded.read()
    sheet = read_sheet(data)
    name = get_valid_filename(uploaded.name or "upload")[:255]
    batch = ImportBatch(
        kind=kind,
        file_name=name,
        user=user,
        snapshot=keep_stream([data], name=name),
        options={"empties": KEEP, "publish": False, **options},
    )
    choose_mapping(batch, sheet, str(options.get("mapping", "")))
    preview(batch, reach_of(user), sheet)
    batch.save()
    return batch


def choose_mapping(batch: ImportBatch, sheet: RawSheet, name: str) -> None:
    """Set what each heading means, as the mapping says; columns by hand come later."""
    mapping = mapping_named(name) if name else None
    names = list(RESOURCES[batch.kind]().columns)
    batch.options |= {
        "mapping": name,
        "targets": guess_targets(sheet.header, names, mapping),
        "formats": _formats(mapping.formats if mapping else Formats()),
        "fixed": dict(mapping.fixed) if mapping else {},
        "values": dict(mapping.values) if mapping else {},
    }


def _formats(formats: Formats) -> dict[str, Any]:
    return {
        "dates": list(formats.dates),
        "decimal": formats.decimal,
        "lists": formats.lists,
    }


def sheet_of(batch: ImportBatch) -> RawSheet:
    """The rows of the file as it was uploaded. Raises ParseError."""
    try:
        return read_sheet(batch.snapshot.path.read_bytes())
    except OSError as error:
        raise ParseError("the file is not kept any more") from error


def steps_of(batch: ImportBatch, sheet: RawSheet) -> list[Step]:
    options = batch.options
    formats = options["formats"]
    return steps(
        sheet,
        batch.kind,
        options["targets"],
        Formats(tuple(formats["dates"]), formats["decimal"], formats["lists"]),
        options["fixed"],
        options["values"],
    )


def preview(batch: ImportBatch, reach: Reach, sheet: RawSheet | None = None) -> None:
    """Put what the import would do now into the batch, which is not saved."""
    sheet = sheet or sheet_of(batch)
    plan = planner(batch, reach).plan(steps_of(batch, sheet))
    targets = batch.options["targets"]
    batch.preview = {
        "counts": plan.counts(),
        "errors": [error.as_json() for error in plan.errors],
        "first": _first_rows(plan),
        "changes": _changes(plan),
        "unused": [name for name in sheet.header if name and not targets.get(name)],
        "seen": dict(plan.seen()),
        "form": sheet.form,
        "rows": len(sheet.rows),
    }


def planner(batch: ImportBatch, reach: Reach, *, lock: bool = False) -> Planner:
    options = batch.options
    return Planner(reach, options["empties"], options["publish"], lock)


def _first_rows(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "number": row.entry.number,
            "kind": row.resource.kind,
            "action": row.action,
            "label": _label(row.record),
            "cells": {name: new for name, (_old, new) in row.changes.items()},
        }
        for row in [row for row in plan.rows if row.record is not None][:SHOWN_ROWS]
    ]


def _changes(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "number": row.entry.number,
            "label": _label(row.record),
            "column": row.entry.headings.get(name, name),
            "old": old,
            "new": new,
        }
        for row in plan.rows
        if row.action == CHANGED
        for name, (old, new) in row.changes.items()
    ][:SHOWN_CHANGES]


def _label(record: Any) -> str:
    name = getattr(record, "acronym", "") or getattr(record, "title", "")
    return str(name or getattr(record, "name", ""))[:300]


@transaction.atomic
def confirm(batch_id: int, user: Any) -> ImportBatch:
    """Load the good rows against the data of this moment; the others are listed.

    Raises RefusedError where the batch was decided upon before.
    """
    batch = _waiting(batch_id)
    reach = reach_of(user)
    if batch.kind not in reach.kinds:
        raise RefusedError(_("Your role does not reach this kind any more."))
    entries = steps_of(batch, sheet_of(batch))
    for step in entries:
        _one_at_a_time(step.kind)
    plan = planner(batch, reach, lock=True).plan(entries)
    _compare(plan, batch.preview["seen"])
    write(plan.rows, user=user, reason=batch.reason)
    _record(batch, plan)
    batch.state, batch.decided_at = State.LOADED, timezone.now()
    batch.save()
    return batch


def _waiting(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != State.WAITING:
        raise RefusedError(
            _("This import was decided upon before; nothing was done now.")
        )
    return batch


def _one_at_a_time(kind: str) -> None:
    """Imports of one kind wait for each other; SQLite writes one at a time anyway."""
    content_type = ContentType.objects.get_for_model(RESOURCES[kind].model)
    rows = ContentType.objects.select_for_update(no_key=True)
    rows.get(pk=content_type.pk)


def _compare(plan: Plan, seen: Mapping[str, str]) -> None:
    """Leave out what changed since the preview: nobody saw that overwritten."""
    for row in plan.rows:
        if row.errors or row.action == UNCHANGED:
            continue
        if seen.get(row.name) != row.digest:
            row.add(
                row.resource.keys[-1].columns[-1],
                _("The record changed since the preview. Upload the row again."),
            )


def _record(batch: ImportBatch, plan: Plan) -> None:
    counts = plan.counts()
    types = ContentType.objects.get_for_models(
        *{row.resource.model for row in plan.rows}
    )
    written = [row for row in plan.rows if row.history_id is not None]
    batch.created, batch.changed = counts[NEW], counts[CHANGED]
    batch.unchanged, batch.rejected = counts[UNCHANGED], counts[REJECTED]
    batch.errors = [error.as_json() for error in plan.errors]
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                batch=batch,
                number=row.entry.number,
                kind=row.resource.kind,
                content_type=types[row.resource.model],
                object_id=row.record.pk,
                label=_label(row.record),
                is_new=not row.was_held,
                history_id=row.history_id,
                before={}
                if not row.was_held
                else {name: old for name, (old, _new) in row.changes.items()},
            )
            for row in written
        ],
        batch_size=500,
    )


@transaction.atomic
def discard(batch_id: int) -> None:
    """Nothing is loaded. Raises RefusedError where that was decided before."""
    batch = _waiting(batch_id)
    batch.state, batch.decided_at = State.DISCARDED, timezone.now()
    batch.save(update_fields=["state", "decided_at"])


@transaction.atomic
def adjust(batch_id: int, user: Any, options: Mapping[str, Any]) -> ImportBatch:
    """Other columns or options for a file that waits; the preview is made anew."""
    batch = _waiting(batch_id)
    batch.options |= options
    preview(batch, reach_of(user))
    batch.save()
    return batch
