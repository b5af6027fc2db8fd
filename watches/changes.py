"""What a curated record says differently, from its history.

Each version is reduced to what readers see of it: a state, its values and its links.
A version that differs in nothing else than technical columns is no change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Max

from sources.curation import Publication
from watches.digests import FieldChange
from watches.spans import Span
from watches.values import links_changed, value_changed

# Columns in which no reader would see a difference.
TECHNICAL = frozenset(
    {
        *("id", "slug", "state", "stage", "publish_at", "is_verified"),
        *("uncertain_fields", "is_mapping_draft", "origin", "search_text"),
        *("created_at", "updated_at", "loaded_key", "loaded_at", "loaded_digest"),
        *("start_precision", "end_precision", "revision", "edited_at", "edited_by"),
    }
)


@dataclass(frozen=True, slots=True)
class Version:
    """``values`` by column, ``links`` the keys of what it is linked to, by relation.

    ``is_made``: with it the record began.
    """

    moment: datetime
    is_made: bool
    is_public: bool
    values: Mapping[str, Any]
    links: Mapping[str, frozenset[int]]

    def says_the_same(self, other: "Version") -> bool:
        return self.values == other.values and self.links == other.links


@dataclass(frozen=True, slots=True)
class Change:
    """``is_appeared``: readers could not see it before. ``moment`` is of the last
    version with a difference that readers see.
    """

    moment: datetime
    is_appeared: bool
    fields: Sequence[FieldChange] = ()


def changes_of(model: Any, keys: Sequence[int], span: Span) -> dict[int, Change]:
    """Key -> what changed in the span; a record in which nothing did is left out.

    The number of statements depends on the model's relations, not on the records.
    """
    found = {}
    for key, versions in _versions(model, keys, span).items():
        change = _change(model, versions, span)
        if change is not None:
            found[key] = change
    return found


def _change(model: Any, versions: Sequence[Version], span: Span) -> Change | None:
    """``versions`` are oldest first: the one held at the beginning, where there was
    one, and all of the span.
    """
    first, last = versions[0], versions[-1]
    if not last.is_public:
        return None
    if not first.is_public or (first.is_made and first.moment > span.since):
        shown = first
        for before, after in pairwise(versions):
            shown = after if after.is_public and not before.is_public else shown
        return Change(shown.moment, is_appeared=True)
    if last.says_the_same(first):
        return None
    moment = last.moment
    for before, after in pairwise(versions):
        moment = after.moment if not after.says_the_same(before) else moment
    return Change(moment, False, list(_differences(model, first, last)))


def _differences(model: Any, old: Version, new: Version) -> Iterator[FieldChange]:
    for field in model._meta.concrete_fields:
        name = field.attname
        if name in new.values and old.values[name] != new.values[name]:
            yield value_changed(field, old.values[name], new.values[name])
    for name in new.links:
        if old.links[name] != new.links[name]:
            relation = model._meta.get_field(name)
            yield links_changed(relation, old.links[name], new.links[name])


def _versions(model: Any, keys: Sequence[int], span: Span) -> dict[int, list[Version]]:
    """Of each record, oldest first; nothing where no version is of the span."""
    history = model.history.model
    held = history._default_manager.filter(id__in=keys)
    before = held.filter(history_date__lte=span.since).order_by().values("id")
    first = before.annotate(last=Max("history_id")).values("last")
    rows = [
        *held.filter(history_id__in=first),
        *held.filter(**span.on("history_date")).order_by("history_date", "history_id"),
    ]
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if field.name not in TECHNICAL and hasattr(history, field.attname)
    ]
    links = _links(history, [row.history_id for row in rows])
    found: dict[int, list[Version]] = defaultdict(list)
    for row in rows:
        found[row.id].append(
            Version(
                row.history_date,
                row.history_type == "+",
                row.state == Publication.PUBLISHED and row.history_type != "-",
                {name: getattr(row, name) for name in columns},
                {name: frozenset(of[row.history_id]) for name, of in links.items()},
            )
        )
    return {
        key: versions
        for key, versions in found.items()
        if versions[-1].moment > span.since
    }


def _links(history: Any, ids: Iterable[int]) -> dict[str, dict[int, set[int]]]:
    """Relation -> version -> keys of what it was linked to; one query a relation."""
    found: dict[str, dict[int, set[int]]] = {}
    for relation in history._history_m2m_fields:
        tracked = getattr(history, relation.name).model
        theirs = relation.m2m_reverse_name()
        rows = tracked._default_manager.filter(history_id__in=ids)
        of: dict[int, set[int]] = defaultdict(set)
        for version, key in rows.values_list("history_id", theirs):
            of[version].add(key)
        found[relation.name] = of
    return found
