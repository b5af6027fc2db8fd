"""Everything a record says, with what hangs on it: the haystack of the tests."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from regions.text import fold
from sources.curation import Curated, Dated

# Seen from the other side, these lead away from the record.
AWAY = {"history", "successors", "predecessors", "parts", "seen_from", "practices"}
# Far ends that are named, not told in full.
NAMED = (
    "acronym", "name", "term", "title", "code", "slug", "nuts_code", "url", "note",
    "town", "country", "number",
)  # fmt: skip


def told(record: models.Model) -> str:
    """All of its texts, folded: its columns, links, parts, checks and references."""
    return f" {fold(' | '.join(texts(record)))} "


def says(haystack: str, value: Any) -> bool:
    """Whether a value of the fact book is in it, however it is written."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return any(f" {form} " in haystack for form in _numbers(value))
    return fold(str(value)) in haystack


def texts(record: models.Model, depth: int = 2) -> Iterator[str]:
    for field in record._meta.concrete_fields:
        if field.is_relation:
            if depth and (other := getattr(record, field.name)) is not None:
                yield from _named(other)
        else:
            yield from _flat(getattr(record, field.name))
    if isinstance(record, Dated):
        yield from (record.start_text, record.end_text)
    if depth:
        yield from _around(record, depth)


def _around(record: models.Model, depth: int) -> Iterator[str]:
    for field in record._meta.many_to_many:
        for other in getattr(record, field.name).all():
            yield from _named(other)
    for part in _parts(record):
        yield from texts(part, depth - 1)
    if isinstance(record, Curated):
        for check in record.checks.all():
            yield from _flat([check.field, check.value, check.reason])
        for reference in record.references.all():
            yield from (reference.title, reference.url, reference.note)


def _parts(record: models.Model) -> Iterator[models.Model]:
    """Rows that point to the record, its versions left out."""
    for relation in record._meta.related_objects:
        name = relation.get_accessor_name()
        is_version = hasattr(relation.related_model, "history_date")
        is_many = relation.one_to_many
        if name and name not in AWAY and is_many and not is_version:
            yield from getattr(record, name).all()


def _named(record: models.Model) -> Iterator[str]:
    for name in NAMED:
        if value := getattr(record, name, None):
            yield str(value)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, Decimal):
        yield f"{value.normalize():f}"
    elif value is not None:
        yield str(value)


def _numbers(value: float) -> set[str]:
    exact = f"{Decimal(str(value)).normalize():f}"
    return {fold(exact), fold(f"{value:,}"), fold(f"{value:,}".replace(",", " "))}
