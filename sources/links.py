"""Bulk writing of what hangs on curated records: references, links, checks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from sources.curation import Curated
from sources.evidence import FieldCheck, Reference

# By the record's id: its references as written, and ids of linked rows by field.
Links = dict[int, tuple[Sequence[Mapping[str, str]], Mapping[str, Collection[int]]]]
# By the record's id: why it is a draft (or ""), and its fields to be checked.
Checks = Mapping[int, tuple[str, Sequence[Mapping[str, Any]]]]

RefKey = tuple[str, str, str]


def reference_key(entry: Mapping[str, str]) -> RefKey:
    return entry["title"], entry.get("url", ""), entry.get("note", "")


def references_for(entries: Iterable[Mapping[str, str]]) -> dict[RefKey, int]:
    """Ids of the references by title, address and note; made where missing."""
    wanted = dict.fromkeys(reference_key(entry) for entry in entries)
    titles = {title for title, _, _ in wanted}
    held = _held_references(titles)
    Reference.objects.bulk_create(
        [
            Reference(title=title, url=url, note=note)
            for title, url, note in wanted
            if (title, url, note) not in held
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    return _held_references(titles)


def replace_links(model: type[Curated], links: Links) -> None:
    """Make the links of these records what is given; others stay untouched."""
    ids = references_for(entry for refs, _ in links.values() for entry in refs)
    by_field: dict[str, dict[int, Collection[int]]] = {"references": {}}
    for pk, (refs, others) in links.items():
        by_field["references"][pk] = [ids[reference_key(entry)] for entry in refs]
        for name, targets in others.items():
            by_field.setdefault(name, {})[pk] = targets
    for name, targets_of in by_field.items():
        _replace(model, name, targets_of)


def replace_checks(model: type[Curated], checks: Checks) -> None:
    """Make the open checks of these records what is given; decided ones stay."""
    kind = ContentType.objects.get_for_model(model)
    FieldCheck.objects.open().filter(
        content_type=kind, object_id__in=list(checks)
    ).delete()
    FieldCheck.objects.bulk_create(
        FieldCheck(content_type=kind, object_id=pk, **row)
        for pk, (draft, fields) in checks.items()
        for row in [
            *([{"reason": draft}] if draft else []),
            *(
                {"field": f["field"], "value": f.get("value"), "reason": f["reason"]}
                for f in fields
            ),
        ]
    )


def record_links(model: type[Curated], created: Collection[int]) -> None:
    """Give the first version of these records the links they were loaded with.

    Simple history writes such rows itself, but only where signals are sent.
    """
    versions = getattr(model, "history", None)
    if versions is None or not created:
        return
    held = versions.filter(id__in=list(created)).values_list("id", "history_id")
    version_of = dict(held)
    for relation in versions.model._history_m2m_fields:
        ours, theirs = relation.m2m_column_name(), relation.m2m_reverse_name()
        tracked = getattr(versions.model, relation.name).model
        through = relation.remote_field.through._default_manager
        rows = through.filter(**{f"{ours}__in": list(created)})
        tracked._default_manager.bulk_create(
            (
                tracked(history_id=version_of[row[ours]], **row)
                for row in rows.values("id", ours, theirs)
            ),
            batch_size=1000,
        )


def _held_references(titles: Collection[str]) -> dict[RefKey, int]:
    rows = Reference.objects.filter(title__in=titles)
    return {
        (title, url, note): pk
        for pk, title, url, note in rows.values_list("pk", "title", "url", "note")
    }


def _replace(
    model: type[Curated], name: str, targets_of: Mapping[int, Collection[int]]
) -> None:
    """Through rows in bulk: no signal, so no history row for each link."""
    relation = model._meta.get_field(name)
    through = getattr(model, name).through
    if not isinstance(relation, models.ManyToManyField):
        raise TypeError(f"{model.__name__}.{name} is no many-to-many field")
    ours, theirs = relation.m2m_column_name(), relation.m2m_reverse_name()
    through._default_manager.filter(**{f"{ours}__in": list(targets_of)}).delete()
    through._default_manager.bulk_create(
        (
            through(**{ours: pk, theirs: target})
            for pk, targets in targets_of.items()
            for target in dict.fromkeys(targets)
        ),
        batch_size=1000,
    )
