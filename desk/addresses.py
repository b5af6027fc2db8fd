"""The addresses that links are checked of: those of curated records, and no others.

What a visitor types (reports, questions, proposals of practices) is in none of these
columns until a curator published it; drafts are left out for that reason.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from accounts.models import Organisation
from programmes.models import Call, Programme, SupportActivity
from projects.models import Project
from sources.curation import Publishable
from sources.evidence import Reference
from strategies.models import Strategy

COLUMNS: tuple[tuple[type[Publishable], str], ...] = (
    (Project, "website"),
    (Organisation, "website"),
    (Programme, "url"),
    (Programme, "legal_basis_url"),
    (Call, "url"),
    (SupportActivity, "url"),
    (Strategy, "url"),
)
CITING: tuple[type[Publishable], ...] = (
    Project,
    Organisation,
    Programme,
    Call,
    SupportActivity,
    Strategy,
)


def curated_addresses() -> set[str]:
    """Of public records and of what they cite; one query for each column."""
    found = set(cited().values_list("url", flat=True))
    for model, column in COLUMNS:
        rows = model._default_manager.public()  # type: ignore[attr-defined]
        found |= set(rows.values_list(column, flat=True))
    return {url for url in found if url.startswith(("http://", "https://"))}


def cited() -> "QuerySet[Reference]":
    """References that a public record rests on."""
    wanted = Reference.objects.none()
    for through in _throughs():
        wanted = wanted | Reference.objects.filter(pk__in=through)
    return wanted


def _throughs() -> "Iterator[QuerySet[Any, Any]]":
    for model in CITING:
        rows = model._default_manager.public()  # type: ignore[attr-defined]
        yield rows.filter(references__isnull=False).values("references")
