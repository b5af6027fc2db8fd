"""Two organisations become one, and two again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Organisation
from desk.models import MergeRecord
from desk.references import Plan, Tie, plan
from sources.curation import Publication

# What a curator chooses for the survivor; those of one place go together.
CHOICES: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "name_local": ("name_local",),
    "acronym": ("acronym",),
    "kind": ("kind",),
    "country": ("country",),
    "town": ("town",),
    "region": ("region_id", "nuts_code", "nuts_version"),
    "website": ("website",),
    "note": ("note",),
}


class MergeRefusedError(Exception):
    """``reasons`` are sentences, each with what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def obstacles(found: Plan, merged: Organisation, survivor: Organisation) -> list[str]:
    """Why the two cannot be merged yet; empty where they can."""
    if merged.pk == survivor.pk:
        return [_("An organisation cannot be merged into itself.")]
    said = [
        _("%(name)s was merged into another one already.") % {"name": one}
        for one in (merged, survivor)
        if one.merged_into_id is not None
    ]
    for row in found.blocks:
        of = getattr(row, "project", None) or getattr(row, "practice", None)
        said.append(
            _(
                "%(kind)s “%(row)s”%(of)s: %(survivor)s is there too, and may be so "
                "once only. Remove or change one of the two first."
            )
            % {
                "kind": str(row._meta.verbose_name).capitalize(),
                "row": row,
                "of": f" ({of})" if of else "",
                "survivor": survivor,
            }
        )
    return said


@transaction.atomic
def merge(
    merged_id: int,
    survivor_id: int,
    *,
    take: Collection[str],
    by: str,
    reason: str = "",
) -> MergeRecord:
    """Move all that names the one to the other, which takes over the fields ``take``.

    The merged one is archived and its address leads to the survivor. MergeRefusedError
    where a rule forbids it; then nothing was changed.
    """
    merged, survivor = _locked(merged_id, survivor_id)
    found = plan(merged, survivor)
    if said := obstacles(found, merged, survivor):
        raise MergeRefusedError(*said)
    record = MergeRecord(
        survivor=survivor, merged=merged, reason=reason[:100], done_by=by[:150]
    )
    record.stamps = {
        "survivor": _stamp(survivor),
        "merged": _stamp(merged),
        "state": merged.state,
    }
    record.dropped = [serializers.serialize("json", [row]) for row in found.drop]
    for row in found.drop:
        row.delete()
    why = _("merged into %(survivor)s") % {"survivor": survivor}
    record.moved = [_move(tie, row, survivor.pk, why) for tie, row in found.move]
    record.fields = _take(survivor, merged, take)
    if record.fields:
        _save(survivor, _("merged with %(merged)s") % {"merged": merged})
    merged.merged_into = survivor
    merged.state = Publication.ARCHIVED
    _save(merged, why)
    record.stamps |= {
        "survivor_after": _stamp(survivor),
        "merged_after": _stamp(merged),
    }
    record.save()
    return record


@transaction.atomic
def undo(record_id: int, *, by: str) -> MergeRecord:
    """Everything as it was; MergeRefusedError where rows changed since."""
    record = MergeRecord.objects.select_for_update().get(pk=record_id)
    merged, survivor = _locked(record.merged_id, record.survivor_id)
    rows = _rows(record)
    if said := changes_since(record, merged, survivor, rows):
        raise MergeRefusedError(*said)
    why = _("merge undone")
    for name, (old, _new) in record.fields.items():
        setattr(survivor, name, old)
    if record.fields:
        _save(survivor, why, stamp=record.stamps["survivor"])
    for entry, row in zip(record.moved, rows, strict=True):
        setattr(row, entry["column"], merged.pk)
        _save(row, why, stamp=entry["before"])
    for text in record.dropped:
        for item in serializers.deserialize("json", text):
            item.save()
    merged.merged_into = None
    merged.state = record.stamps["state"]
    _save(merged, why, stamp=record.stamps["merged"])
    record.undone_at, record.undone_by = timezone.now(), by[:150]
    record.save()
    return record


def changes_since(
    record: MergeRecord, merged: Organisation, survivor: Organisation, rows: list[Any]
) -> list[str]:
    """Why the merge cannot be taken back; empty where it can."""
    if record.undone_at:
        return [_("This merge was undone already.")]
    if survivor.merged_into_id is not None:
        return [
            _("%(name)s was merged into another one since: undo that merge first.")
            % {"name": survivor}
        ]
    said = []
    if (
        merged.merged_into_id != survivor.pk
        or _stamp(merged) != (record.stamps["merged_after"])
    ):
        said.append(_("%(name)s was changed since.") % {"name": merged})
    if any(getattr(survivor, name) != new for name, (_o, new) in record.fields.items()):
        said.append(
            _("A field that %(name)s took over was changed since.") % {"name": survivor}
        )
    for entry, row in zip(record.moved, rows, strict=True):
        if row is None:
            said.append(
                _("A row of %(model)s that was moved is gone.")
                % {"model": entry["model"]}
            )
        elif getattr(row, entry["column"]) != survivor.pk or (
            _stamp(row) != entry["after"]
        ):
            said.append(
                _("%(kind)s “%(row)s” was changed since.")
                % {"kind": str(row._meta.verbose_name).capitalize(), "row": row}
            )
    return said


def _locked(merged: int, survivor: int) -> tuple[Organisation, Organisation]:
    """Both rows, locked in the order of their ids."""
    held = Organisation.objects.select_for_update().order_by("pk")
    found = {row.pk: row for row in held.filter(pk__in=[merged, survivor])}
    return found[merged], found[survivor]


def _take(
    survivor: Organisation, merged: Organisation, take: Collection[str]
) -> dict[str, list[Any]]:
    """The survivor's fields that change, old and new."""
    changed = {}
    for name in (n for choice in CHOICES if choice in take for n in CHOICES[choice]):
        old, new = getattr(survivor, name), getattr(merged, name)
        if old != new:
            changed[name] = [old, new]
            setattr(survivor, name, new)
    return changed


def _move(tie: Tie, row: Any, survivor: int, why: str) -> dict[str, Any]:
    before = _stamp(row)
    setattr(row, tie.column, survivor)
    _save(row, why)
    return {
        "model": row._meta.label_lower,
        "pk": row.pk,
        "column": tie.column,
        "before": before,
        "after": _stamp(row),
    }


def _rows(record: MergeRecord) -> list[Any]:
    """The rows moved, in the record's order; None for one that is gone."""
    return [
        apps.get_model(entry["model"])._base_manager.filter(pk=entry["pk"]).first()
        for entry in record.moved
    ]


def _stamp(row: Any) -> str | None:
    found: datetime | None = getattr(row, "updated_at", None)
    return found.isoformat() if found else None


def _save(row: Any, why: str, *, stamp: str | None = None) -> None:
    """Saved with its reason in the history; ``stamp`` is when it last changed."""
    row._change_reason = why[:100]
    row.save()
    if stamp is not None:
        row.updated_at = parse_datetime(stamp)
        type(row)._base_manager.filter(pk=row.pk).update(updated_at=row.updated_at)
