"""The records that rows may mean, and addresses for new ones; loaded once a kind."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from exchange.resources import CatalogueResource
from exchange.resources.base import Key

Cleaned = dict[str, Any]


class Held:
    """The records that the rows may mean, found by any of the resource's keys."""

    def __init__(
        self, resource: CatalogueResource, rows: Sequence[Cleaned], *, lock: bool
    ) -> None:
        self._keys = resource.keys
        self._index: dict[tuple[int, Any], list[Any]] = {}
        self.records: list[Any] = []
        known: dict[int, Any] = {}
        for place, key in enumerate(self._keys):
            wanted = {key.narrow(row) for row in rows if _has(row, key)} - {None}
            if not wanted:
                continue
            queryset = resource.records().filter(**{key.filter: wanted})
            if lock:
                queryset = queryset.select_for_update(of=("self",))
            for found in queryset:
                record = known.setdefault(found.pk, found)
                self._index.setdefault((place, key.of_record(record)), []).append(
                    record
                )
        self.records = list(known.values())

    def find(self, row: Cleaned) -> list[Any]:
        for place, key in enumerate(self._keys):
            if _has(row, key):
                found = self._index.get((place, key.of_row(row)), [])
                if found:
                    return found
        return []


class Slugs:
    """Addresses for new records, without a query for each."""

    def __init__(self, resource: CatalogueResource) -> None:
        self._resource = resource
        self._model = resource.model
        self._taken: set[str] | None = None

    def give(self, record: Any) -> None:
        if not self._resource.has_slug or record.pk is not None:
            return
        if self._taken is None:
            slugs = self._model._default_manager.values_list("slug", flat=True)
            self._taken = set(slugs)
        base = (
            record.slug
            or slugify(self._resource.slug_text(record))[:80].strip("-")
            or "item"
        )
        slug, number = base, 2
        while slug in self._taken:
            slug, number = f"{base}-{number}", number + 1
        record.slug = slug
        self._taken.add(slug)


def _has(row: Cleaned, key: Key) -> bool:
    return all(name in row for name in key.columns)
