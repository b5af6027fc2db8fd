"""Which records use an address."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from desk.addresses import COLUMNS
from practices.models import EvidenceItem
from sources.evidence import Reference


def users_of(urls: Collection[str]) -> dict[str, list[Any]]:
    """Address -> references and records that have it; one query for each column."""
    found: dict[str, list[Any]] = defaultdict(list)
    columns: list[tuple[Any, str]] = [*COLUMNS, (Reference, "url")]
    for model, column in columns:
        for record in model._default_manager.filter(**{f"{column}__in": urls}):
            found[getattr(record, column)].append(record)
    for item in EvidenceItem.objects.filter(source_url__in=urls).select_related(
        "practice"
    ):
        found[item.source_url].append(item.practice)
    return found
