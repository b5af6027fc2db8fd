"""The addresses that links are checked of: those of curated records, and no others.

What a visitor types (reports, questions, proposals of practices) is in none of these
columns until a curator published it; drafts are left out for that reason.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from accounts.models import Organisation
from practices.models import EvidenceItem, GoodPractice
from programmes.models import Call, Programme, SupportActivity
from projects.models import Project
from sources.curation import Curated, Publishable
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


def curated_addresses() -> set[str]:
    """Of public records and of what they cite; one query for each column."""
    found = set(cited().values_list("url", flat=True))
    found |= set(told().values_list("source_url", flat=True))
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


def told() -> "QuerySet[EvidenceItem]":
    """The evidence of public practices, in the words that readers see."""
    public = GoodPractice.objects.public()
    return EvidenceItem.objects.filter(practice__in=public.order_by().values("pk"))


def _throughs() -> "Iterator[QuerySet[Any, Any]]":
    """Of every kind of record that can cite, an app's added later included."""
    for model in apps.get_models():
        if not issubclass(model, Curated):
            continue
        rows = model._default_manager.public()  # type: ignore[attr-defined]
        yield rows.filter(references__isnull=False).values("references")
