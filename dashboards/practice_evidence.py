"""The evidence of a practice for its page: rows, rules, and figures of the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict

from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.registry import KINDS
from dashboards.practice_words import RULES, grade_name, lacks, supports
from practices.analysis.evidence import Grade, Graded, grade_of
from practices.content.fields import EVIDENCE
from practices.models import Attachment, EvidenceItem
from practices.models.content import FIGURES
from sources.queryforms import InvalidQuery, validate

MOST_FIGURES = 4  # drawn on one page; others are links


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence with its own grade; ``exhibit`` where it is drawn."""

    item: EvidenceItem
    grade: str
    lacks: list[str]
    exhibit: Exhibit | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it; ``rule`` is what the grade asks for, "" where there is none."""

    grade: str
    rule: str
    supports: list[str]
    lacks: list[str]
    pieces: Sequence[Piece]

    @property
    def exhibits(self) -> list[Exhibit]:
        return [piece.exhibit for piece in self.pieces if piece.exhibit]


def evidence_of(practice: Any) -> Evidence:
    """``practice`` comes from ``whole_practices``; the grade is that of its column."""
    items = list(practice.evidence_items.all())
    documents = [f for f in practice.seen_files if f.kind == Attachment.Kind.DOCUMENT]
    sources = [item for item in practice.references.all() if item.url]
    found = grade_of(
        [_fields(item) for item in items],
        text=practice.evidence_of_success,
        documents=len(documents) + len(sources),
        cap=Grade(practice.grade_cap) if practice.grade_cap else None,
    )
    return Evidence(
        grade=grade_name(found.grade),
        rule=str(RULES[found.grade]) if found.grade else "",
        supports=supports(found.reasons),
        lacks=lacks(found.reasons),
        pieces=[_piece(item, place) for place, item in enumerate(items)],
    )


def _piece(item: EvidenceItem, place: int) -> Piece:
    found: Graded = grade_of([_fields(item)])
    exhibit = figure_of(item.figure) if place < MOST_FIGURES else None
    return Piece(item, grade_name(found.grade), lacks(found.reasons), exhibit)


def figure_of(address: str) -> Exhibit | None:
    """The portal's figure at that address; None where there is none any more."""
    parts = urlsplit(address)
    kind = KINDS.get(parts.path.removeprefix(FIGURES).strip("/"))
    if kind is None or not parts.path.startswith(FIGURES):
        return None
    try:
        return kind.build(validate(kind.form, QueryDict(parts.query)))
    except InvalidQuery:
        return None


def _fields(item: EvidenceItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in EVIDENCE}
