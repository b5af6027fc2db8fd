"""Loading curated records that come with the portal; again and again without harm.

An app turns its starter file into entries; here they become rows, with their
references, checks and history. What a person edited since is never overwritten.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from sources.curation import Curated, Origin, Publication
from sources.links import record_links, replace_checks, replace_links

REASON = "fact book"
Record = TypeVar("Record", bound=Curated)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a starter file.

    ``raw`` is the entry as written, of which ``draft``, ``verified``, ``checks``,
    ``note`` and ``references`` are read here. ``values`` are its columns, ``links``
    the ids of what it is linked to, by field.
    """

    key: str
    raw: Mapping[str, Any]
    values: Mapping[str, Any]
    links: Mapping[str, Collection[int]] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        checks = self.raw.get("checks", [])
        return {
            "state": (
                Publication.DRAFT if self.raw.get("draft") else Publication.PUBLISHED
            ),
            "is_verified": self.raw.get("verified", True),
            "uncertain_fields": [c["field"] for c in checks if c["field"]],
            "note": self.raw.get("note", ""),
            "origin": Origin.FACT_BOOK,
            **self.values,
        }

    @property
    def digest(self) -> str:
        """Changes with the entry, and with what its codes stand for here."""
        told = [
            dict(self.raw),
            self.columns,
            {k: sorted(v) for k, v in self.links.items()},
        ]
        text = json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Loaded(Generic[Record]):
    """All records by key, and what became of the entries.

    ``touched`` are the keys that were written now: only their parts are to be
    written too. ``kept`` counts records left alone because a person edited them.
    """

    records: dict[str, Record]
    touched: set[str]
    new: int = 0
    updated: int = 0
    kept: int = 0

    def __add__(self, other: "Loaded[Record]") -> "Loaded[Record]":
        return Loaded(
            self.records | other.records,
            self.touched | other.touched,
            self.new + other.new,
            self.updated + other.updated,
            self.kept + other.kept,
        )

    def __str__(self) -> str:
        text = f"{len(self.records):,} held, {self.new:,} new, {self.updated:,} changed"
        return f"{text}, {self.kept:,} edited here" if self.kept else text


@transaction.atomic
def load_entries(model: type[Record], entries: Sequence[Entry]) -> Loaded[Record]:
    """Create what is new, update what changed in the file and was not edited here."""
    loaded = Loaded(_held(model, entries), set())
    created, changed = [], []
    for entry in entries:
        record = loaded.records.get(entry.key)
        if record is None:
            created.append((entry, _fresh(model, entry)))
        elif record.loaded_digest != entry.digest:
            if record.loaded_digest and not record.is_edited:
                changed.append((entry, record))
            else:
                loaded.kept += 1
    written = [*created, *changed]
    _create(model, created)
    replace_links(
        model, {r.pk: (e.raw.get("references", []), e.links) for e, r in written}
    )
    record_links(model, [record.pk for _, record in created])
    for entry, record in changed:
        _update(record, entry)
    _write_checks(model, written)
    _mark_loaded(model, [record for _, record in written])
    loaded.records.update({entry.key: record for entry, record in written})
    loaded.touched = {entry.key for entry, _ in written}
    loaded.new, loaded.updated = len(created), len(changed)
    return loaded


def _held(model: type[Record], entries: Sequence[Entry]) -> dict[str, Record]:
    """Records by the key they were loaded under, else by their natural key."""
    keys = {entry.key: entry for entry in entries}
    manager = model._default_manager
    held = {r.loaded_key: r for r in manager.filter(loaded_key__in=list(keys))}
    if len(held) == len(keys) or not manager.exists():
        return held
    for key in keys.keys() - held.keys():
        natural = {name: keys[key].values[name] for name in model.NATURAL_KEY}
        if record := manager.filter(**natural).first():
            held[key] = record
    return held


def _fresh(model: type[Record], entry: Entry) -> Record:
    record = model(**entry.columns, loaded_key=entry.key, loaded_digest=entry.digest)
    record.prepare()
    return record


def _create(model: type[Record], created: Sequence[tuple[Entry, Record]]) -> None:
    records = [record for _, record in created]
    if records and hasattr(model, "history"):
        bulk_create_with_history(
            records, model, batch_size=500, default_change_reason=REASON
        )
    else:
        model._default_manager.bulk_create(records, batch_size=500)


def _update(record: Curated, entry: Entry) -> None:
    for name, value in entry.columns.items():
        setattr(record, name, value)
    record.loaded_digest = entry.digest
    record._change_reason = REASON  # type: ignore[attr-defined]  # simple-history's
    record.save()


def _write_checks(model: type[Record], written: Sequence[tuple[Entry, Record]]) -> None:
    checks = {
        record.pk: (entry.raw.get("draft") or "", entry.raw.get("checks", []))
        for entry, record in written
    }
    replace_checks(model, checks)


def _mark_loaded(model: type[Record], records: Sequence[Record]) -> None:
    """Last of all: a record saved after this moment was edited by a person."""
    loaded_at = timezone.now()
    ids = [record.pk for record in records]
    model._default_manager.filter(pk__in=ids).update(loaded_at=loaded_at)
    for record in records:
        record.loaded_at = loaded_at
