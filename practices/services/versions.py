"""Numbered versions of what readers see, and the grade of its evidence."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q

from practices.analysis.evidence import Grade, Graded, grade_of
from practices.content import Content, content_of
from practices.content.reading import domain_key, region_key
from practices.models import Attachment, GoodPractice, PublishedVersion
from sources.curation import Publication


@transaction.atomic
def record_version(practice: GoodPractice, *, note: str = "") -> PublishedVersion:
    """The version of what readers see now; made where none says the same already."""
    row = GoodPractice.objects.select_for_update().get(pk=practice.pk)
    content, files = content_of(row), _files(row)
    last = row.versions.first()
    digest = _digest(content, files)
    if last and last.digest == digest:
        return last
    version = PublishedVersion.objects.create(
        practice=row,
        number=last.number + 1 if last else 1,
        content=content,
        names=_names(row),
        attachments=files,
        changed=_changed(last, content, files),
        note=note,
        digest=digest,
    )
    keep_grade(row, content)
    return version


def keep_versions() -> int:
    """Versions of what was published or corrected past the services; how many.

    The starter, imports and the admin write rows themselves; this follows them.
    """
    latest = Max("versions__published_at")
    behind = Q(latest__isnull=True) | Q(latest__lt=F("updated_at"))
    found = GoodPractice.objects.filter(state=Publication.PUBLISHED)
    before = PublishedVersion.objects.count()
    for practice in found.annotate(latest=latest).filter(behind):
        record_version(practice)
    return PublishedVersion.objects.count() - before


def graded(practice: GoodPractice, content: Content | None = None) -> Graded:
    """The grade of a text with its reasons, by the rules of ``analysis.evidence``."""
    content = content_of(practice) if content is None else content
    documents = practice.attachments.current().filter(kind=Attachment.Kind.DOCUMENT)
    return grade_of(
        content["evidence"],
        text=content["evidence_of_success"],
        documents=documents.count() + practice.references.exclude(url="").count(),
        cap=Grade(practice.grade_cap) if practice.grade_cap else None,
    )


def keep_grade(practice: GoodPractice, content: Content | None = None) -> None:
    """Into its column, for facets; the row does not count as edited."""
    grade = graded(practice, content).grade
    practice.evidence_grade = grade.value if grade else ""
    GoodPractice.objects.filter(pk=practice.pk).update(
        evidence_grade=practice.evidence_grade
    )


def _files(practice: GoodPractice) -> list[dict[str, Any]]:
    fields = ("name", "kind", "digest", "alt", "caption")
    return list(practice.attachments.filter(is_published=True).values(*fields))


def _names(practice: GoodPractice) -> dict[str, dict[str, str]]:
    """What the keys in the content stood for."""
    single = {
        "organisation": practice.organisation,
        "project": practice.project,
        "programme": practice.programme,
    }
    return {
        **{name: {row.slug: str(row)} for name, row in single.items() if row},
        "regions": {region_key(r): r.name for r in practice.regions.all()},
        "themes": {theme.slug: theme.name for theme in practice.themes.all()},
        "domains": {domain_key(d): d.name for d in practice.domains.all()},
    }


def _digest(content: Content, files: list[dict[str, Any]]) -> str:
    text = json.dumps([content, files], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _changed(
    last: PublishedVersion | None, content: Content, files: list[dict[str, Any]]
) -> list[str]:
    if last is None:
        return []
    names = [name for name, value in content.items() if last.content.get(name) != value]
    return [*names, "attachments"] if last.attachments != files else names
