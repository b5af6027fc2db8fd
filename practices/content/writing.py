"""From a content to rows; called inside a transaction."""

from decimal import Decimal
from typing import Any

from practices.content.fields import DATES, LINKS, LISTS, TEXTS, Content
from practices.content.lookup import keys_of, linked, listed
from practices.models import EvidenceItem, GoodPractice


def write(practice: GoodPractice, content: Content) -> None:
    """Take over the given fields, cleaned before, and save the row.

    What the content does not name stays as it is.
    """
    for name, value in content.items():
        _write_column(practice, name, value)
    lists = {name: listed(name, content[name]) for name in LISTS if name in content}
    _place(practice, lists)
    if "domains" in lists:
        practice.is_mapping_draft = False
    practice.save()
    for name, rows in lists.items():
        getattr(practice, name).set(rows)
    if "evidence" in content:
        _write_evidence(practice, content["evidence"])


def _write_column(practice: GoodPractice, name: str, value: Any) -> None:
    if name in TEXTS or name == "is_failure":
        setattr(practice, name, value)
    elif name in DATES:
        _write_date(practice, name, value)
    elif name in LINKS:
        setattr(practice, name, linked(name, value))
    elif name == "cost_eur":
        practice.cost_eur = None if value is None else Decimal(value)


def _write_date(practice: GoodPractice, name: str, text: str) -> None:
    if text:
        (practice.set_start if name == "start" else practice.set_end)(text)
    else:
        setattr(practice, name, None)


def _place(practice: GoodPractice, lists: dict[str, list[Any]]) -> None:
    """Codes as given, and the country, follow from regions that changed."""
    regions = lists.get("regions")
    if regions is None or not practice.pk:
        return
    if keys_of("regions", regions) == keys_of("regions", practice.regions.all()):
        return
    practice.nuts_codes = sorted(region.code for region in regions)
    versions = {region.version for region in regions}
    practice.nuts_version = max(versions) if versions else None
    if regions:
        practice.country = regions[0].country


def _write_evidence(practice: GoodPractice, items: list[Content]) -> None:
    practice.evidence_items.all().delete()
    EvidenceItem.objects.bulk_create(
        EvidenceItem(practice=practice, position=place, **item)
        for place, item in enumerate(items)
    )
