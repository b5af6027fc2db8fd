"""What the page of a practice shows."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboards.catalogue_words import unconfirmed
from dashboards.practice_evidence import evidence_of
from dashboards.practice_facts import practice_facts, texts, untold
from dashboards.practice_words import bonds, field_name
from dashboards.served_files import narrower
from practices.related import related_practices
from practices.tables import organisation_of
from sources.models import ErrorReport

# BibTeX reads these as commands.
_SPECIAL = str.maketrans({c: f"\\{c}" for c in "{}%&$#_"})


def practice_page(practice: Any, request: HttpRequest) -> dict[str, Any]:
    """Context of ``/practices/<slug>/``; ``practice`` is of ``whole_practices``."""
    versions = list(practice.versions.all())
    return {
        "practice": practice,
        "facts": practice_facts(practice),
        "texts": [(field_name(name), name, text) for name, text in texts(practice)],
        "untold": [field_name(name) for name in untold(practice)],
        "evidence": evidence_of(practice),
        "unconfirmed": unconfirmed(practice),
        "opinions": list(practice.opinions.all()),
        "files": _files(practice),
        "versions": [(item, _changes(item)) for item in versions],
        "version": versions[0] if versions else None,
        "related": [(item.practice, bonds(item)) for item in
                    related_practices(practice)],
        "corrections": ErrorReport.objects.of(practice).corrections(),
        "citation": citation(practice, request),
        "bibtex": bibtex(practice, request),
    }  # fmt: skip


def citation(practice: Any, request: HttpRequest) -> str:
    """How to cite what the reader sees today: version, date and address."""
    whose = organisation_of(practice)
    named = f"{whose}: {practice.title}" if whose else practice.title
    version = _version_words(practice)
    return _(
        "%(title)s. Good practice%(version)s. Smart Specialisation Portal, "
        "%(address)s (read %(day)s)."
    ) % {
        "title": named,
        "version": f", {version}" if version else "",
        "address": _address(practice, request),
        "day": date_format(timezone.localdate(), "j F Y"),
    }


def bibtex(practice: Any, request: HttpRequest) -> str:
    """The same for a reference manager."""
    version = practice.versions.all()[0] if practice.versions.all() else None
    day: date = (version.published_at if version else practice.first_published).date()
    number = f"-v{version.number}" if version else ""
    whose = organisation_of(practice) or "Smart Specialisation Portal"
    note = "; ".join(filter(None, (_version_words(practice),
                                   _("read %s") % timezone.localdate())))  # fmt: skip
    fields = {
        "author": f"{{{whose.translate(_SPECIAL)}}}",
        "title": f"{{{practice.title.translate(_SPECIAL)}}}",
        "year": str(day.year),
        "howpublished": "Smart Specialisation Portal, good practice",
        "note": note.translate(_SPECIAL),
        "url": _address(practice, request),
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items()]
    return "\n".join([f"@misc{{{practice.slug}{number},", *lines, "}", ""])


def _version_words(practice: Any) -> str:
    versions = practice.versions.all()
    if not versions:
        return ""
    return _("version %(number)d of %(day)s") % {
        "number": versions[0].number,
        "day": date_format(versions[0].published_at, "j F Y"),
    }


def _address(practice: Any, request: HttpRequest) -> str:
    """That of the version where there is one: it never changes."""
    place = practice.get_absolute_url()
    if versions := practice.versions.all():
        place = reverse("practices:version", args=[practice.slug, versions[0].number])
    return request.build_absolute_uri(place)


def _changes(version: Any) -> list[str]:
    return [field_name(name) for name in version.changed]


def _files(practice: Any) -> list[tuple[Any, str, str]]:
    """Public files with their addresses; of images, those of narrower copies too."""
    found = []
    for item in practice.seen_files:
        place = reverse("practices:file", args=[practice.slug, item.pk])
        found.append((item, place, narrower(item, place)))
    return found
