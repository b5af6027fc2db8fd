"""A published version of a practice as readers saw it, and what changed in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dashboards.catalogue_words import euro_text
from dashboards.practice_words import field_name
from practices.content.fields import DATES, FIELDS, LINKS, LISTS, TEXTS
from practices.languages import LANGUAGES
from practices.models import PublishedVersion
from regions.countries import country_name

# Texts in which line ends and lists count.
LONG = {
    "summary",
    "description",
    "resources_needed",
    "evidence_of_success",
    "difficulties",
    "not_worked",
    "transfer_potential",
    "preconditions",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field; ``before`` is what the version before said, where it changed."""

    label: str
    text: str
    is_long: bool
    is_changed: bool
    before: str = ""


def version_rows(
    version: PublishedVersion, earlier: PublishedVersion | None
) -> list[Row]:
    """Fields that say something, or said something before."""
    rows = [_row(name, version, earlier) for name in FIELDS if name != "title"]
    return [row for row in rows if row.text or row.before]


def _row(name: str, version: PublishedVersion, earlier: PublishedVersion | None) -> Row:
    is_changed = name in version.changed
    before = _words(name, earlier) if earlier and is_changed else ""
    text = _words(name, version)
    return Row(field_name(name), text, name in LONG, is_changed, before)


def _words(name: str, version: PublishedVersion) -> str:
    """The value of one field for reading; names are those of that time."""
    value = version.content.get(name)
    names: Mapping[str, str] = version.names.get(name, {})
    if name in LISTS:
        return ", ".join(names.get(key, key) for key in value or [])
    if name in LINKS:
        return names.get(value, value) if value else ""
    if name == "evidence":
        return "\n\n".join(_piece(item) for item in value or [])
    return _single(name, value)


def _single(name: str, value: Any) -> str:
    if name == "cost_eur":
        return euro_text(_decimal(value))
    if name == "is_failure":
        return _("yes") if value else ""
    if name == "country":
        return country_name(value) if value else ""
    if name == "language":
        return str(dict(LANGUAGES).get(value, value))
    return str(value or "") if name in (*TEXTS, *DATES) else ""


def _decimal(value: Any) -> Any:
    return Decimal(value) if value else None


def _piece(item: Mapping[str, Any]) -> str:
    """One piece of evidence as a sentence."""
    told = item.get("indicator") or item.get("note") or ""
    values = [
        f"{item[f'{when}_value']:g} ({item.get(f'{when}_year') or '?'})"
        for when in ("baseline", "result")
        if item.get(f"{when}_value") is not None
    ]
    parts = [
        told,
        " → ".join(values)
        + (f" {item['unit']}" if values and item.get("unit") else ""),
        item.get("comparison", ""),
        item.get("source_title") or item.get("source_url", ""),
    ]
    return "; ".join(part for part in parts if part)
