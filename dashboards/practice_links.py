"""What authors link to by typing: names before their eyes, keys in the content."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from indicators.models import Indicator
from practices.content.lookup import choices_of
from practices.content.reading import region_key
from projects.models import Project
from regions.models import Region
from search.queries import find

SUGGESTIONS = 8
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of record: ``named`` finds rows by what was typed, ``label`` shows one.

    ``keyed`` finds rows by a key as a content or a label has it.
    """

    rows: Callable[[], QuerySet[Any]]
    key: Callable[[Any], str]
    label: Callable[[Any], str]
    keyed: Callable[[str], Q]
    named: Callable[[str], Q]
    unknown: Promise


def _slug(key: str) -> Q:
    return Q(slug=key)


def _region(key: str) -> Q:
    code, _at, version = key.strip().upper().partition("@")
    number = int(version) if version.isdecimal() else settings.NUTS_VERSION
    return Q(code=code, version=number)


def _region_label(region: Region) -> str:
    """ "País Vasco (ES21)"; of an older classification with its year."""
    is_current = region.version == settings.NUTS_VERSION
    return f"{region.name} ({region.code if is_current else region_key(region)})"


def _body_label(body: Organisation) -> str:
    return f"{body.name} ({body.slug})"


def _project_label(project: Project) -> str:
    return f"{project.acronym} ({project.slug})"


TARGETS: Mapping[str, Target] = {
    "region": Target(
        Region.objects.all,
        region_key,
        _region_label,
        _region,
        lambda text: Q(name__iexact=text, version=settings.NUTS_VERSION),
        gettext_lazy("“%(text)s” is no region of the portal. Write its NUTS code."),
    ),
    "organisation": Target(
        lambda: choices_of("organisation"),
        lambda row: str(row.slug),
        _body_label,
        _slug,
        lambda text: Q(name__iexact=text) | Q(acronym__iexact=text),
        gettext_lazy(
            "No organisation called “%(text)s” is held here. Choose one that is, or "
            "write the name into the field below."
        ),
    ),
    "project": Target(
        lambda: choices_of("project"),
        lambda row: str(row.slug),
        _project_label,
        _slug,
        lambda text: Q(acronym__iexact=text) | Q(name__iexact=text),
        gettext_lazy(
            "No project called “%(text)s” is held here. Choose one that is, or write "
            "the name into the field below."
        ),
    ),
    "indicator": Target(
        Indicator.objects.all,
        lambda row: str(row.slug),
        lambda row: str(row.name),
        _slug,
        lambda text: Q(name__iexact=text),
        gettext_lazy("The portal has no indicator called “%(text)s”."),
    ),
}


def label_of(kind: str, key: str) -> str:
    """How a record is shown in a text field; what nobody knows stays as it is."""
    target = TARGETS[kind]
    row = target.rows().filter(target.keyed(key)).first() if key else None
    return target.label(row) if row else key


def labels_of(kind: str, keys: Sequence[str]) -> list[str]:
    """The same for several; one statement."""
    target = TARGETS[kind]
    wanted = Q(pk__in=[])
    for key in keys:
        wanted |= target.keyed(key)
    rows = target.rows().filter(wanted) if keys else ()
    labels = {target.key(row): target.label(row) for row in rows}
    return [labels.get(key, key) for key in keys]


def key_of(kind: str, text: str) -> str:
    """The key of the record that was typed: its label, key, code or whole name.

    Raises ``ValidationError`` where there is none, or more than one of that name.
    """
    target = TARGETS[kind]
    text = text.strip()
    inside = _IN_BRACKETS.search(text)
    for wanted in ((target.keyed(inside[1]) if inside else None), target.keyed(text)):
        row = target.rows().filter(wanted).first() if wanted is not None else None
        if row:
            return target.key(row)
    named = list(target.rows().filter(target.named(text))[:SUGGESTIONS])
    if not named:
        raise ValidationError(str(target.unknown) % {"text": text[:80]})
    if len(named) > 1:
        labels = "; ".join(target.label(row) for row in named)
        raise ValidationError(
            _("Several are called so. Write one of these: %(labels)s")
            % {"labels": labels}
        )
    return target.key(named[0])


def suggested(kind: str, q: str) -> list[dict[str, str]]:
    """The best few for what is being typed; ``label`` is what the field then says."""
    target = TARGETS[kind]
    found = find(q, [kind])
    hits = found.hits(list(found.records[:SUGGESTIONS]))
    rows = target.rows().in_bulk([hit.key for hit in hits])
    return [
        {"label": target.label(rows[hit.key]), "note": hit.note}
        for hit in hits
        if hit.key in rows
    ]
