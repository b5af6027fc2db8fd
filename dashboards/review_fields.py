"""A practice's text field by field, as words a reviewer can read and compare."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from dashboards.catalogue_words import euro_text
from dashboards.practice_words import field_name
from practices.analysis.completeness import BY_NAME, Step
from practices.content import Content
from practices.languages import LANGUAGES
from practices.models import EvidenceItem
from programmes.models import Programme
from projects.models import Project
from regions.countries import country_name
from regions.models import Region
from strategies.models import Domain, Theme

# In the order a reader meets them; what has no step of its own stands with another.
BESIDE = {
    "country": Step.PLACE,
    "organisation_name": Step.PLACE,
    "project_name": Step.PLACE,
    "status": Step.STORY,
    "is_failure": Step.STORY,
}
ORDER = (
    "title", "summary", "language", "themes", "domains", "regions", "country",
    "organisation", "organisation_name", "project", "project_name", "programme",
    "contact_office", "description", "start", "end", "status", "difficulties",
    "not_worked", "is_failure", "cost_eur", "cost_note", "resources_needed",
    "evidence_of_success", "evidence", "transfer_potential", "preconditions",
)  # fmt: skip
_LINKS: dict[str, Any] = {
    "organisation": Organisation,
    "project": Project,
    "programme": Programme,
}


def label_of(name: str) -> str:
    """The field's name; "" is the practice as a whole."""
    return field_name(name) if name else _("The whole practice")


def step_of(name: str) -> str:
    return str(BESIDE[name] if name in BESIDE else BY_NAME[name].step)


def field_texts(*contents: Content) -> list[dict[str, str]]:
    """Each content as field name to text, "" where nothing is said.

    Links are looked up for all contents together: six statements at most.
    """
    names = _names(contents)
    return [
        {name: _text(name, content.get(name), names) for name in ORDER}
        for content in contents
    ]


def _text(name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    if name == "is_failure":
        return _("yes") if value else ""
    if value in (None, "", []):
        return ""
    if name == "evidence":
        return "\n".join(map(_evidence, value))
    if name == "cost_eur":
        return euro_text(Decimal(value))
    if name == "country":
        return country_name(value)
    if name == "language":
        return str(dict(LANGUAGES).get(value, value))
    if name in names:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names[name].get(key, key) for key in keys)
    return str(value)


def _evidence(item: Mapping[str, Any]) -> str:
    """One line: what is shown, the values, what they are held against, the source."""
    what = item.get("indicator") or item.get("indicator_slug") or ""
    kind = dict(EvidenceItem.Kind.choices).get(item.get("kind", ""), "")
    values = _values(item)
    parts = [
        f"{what}: {values}" if what and values else what or values,
        _labelled(_("compared with"), item.get("comparison")),
        _labelled(_("source"), item.get("source_title")),
        item.get("source_url") or "",
        item.get("figure") or "",
        item.get("note") or "",
    ]
    return "; ".join(part for part in parts if part) or str(kind)


def _values(item: Mapping[str, Any]) -> str:
    """ "12 (2015) → 30 (2019) firms"; a value that is not known is a dash."""
    sides = [
        (item.get("baseline_value"), item.get("baseline_year")),
        (item.get("result_value"), item.get("result_year")),
    ]
    if all(value is None for value, _year in sides):
        return ""
    told = [
        f"{'–' if value is None else f'{value:g}'}{f' ({year})' if year else ''}"
        for value, year in sides
    ]
    return f"{' → '.join(told)} {item.get('unit') or ''}".strip()


def _labelled(label: str, value: str | None) -> str:
    return f"{label}: {value}" if value else ""


def _names(contents: tuple[Content, ...]) -> dict[str, dict[str, str]]:
    """Names of what the keys stand for; a key nobody knows stays as it is."""
    found: dict[str, dict[str, str]] = {}
    for name, model in _LINKS.items():
        slugs = {content[name] for content in contents if content.get(name)}
        rows = model.objects.filter(slug__in=slugs) if slugs else ()
        found[name] = {row.slug: str(row) for row in rows}
    keys = {name: _keys(contents, name) for name in ("regions", "themes", "domains")}
    codes = [key.partition("@")[0] for key in keys["regions"]]
    found["regions"] = {
        f"{region.code}@{region.version}": f"{region.name} ({region.code})"
        for region in Region.objects.filter(code__in=codes)
    }
    themes = Theme.objects.filter(slug__in=keys["themes"])
    found["themes"] = {theme.slug: theme.name for theme in themes}
    bare = [key.partition(":")[2] for key in keys["domains"]]
    found["domains"] = {
        f"{domain.kind}:{domain.code}": domain.name
        for domain in Domain.objects.filter(code__in=bare)
    }
    return found


def _keys(contents: tuple[Content, ...], name: str) -> set[str]:
    return {key for content in contents for key in content.get(name) or ()}
