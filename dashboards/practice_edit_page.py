"""One step of the authors' form: what the page shows around its fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.practice_form import STEPS, Sheet, names_of
from dashboards.practice_form_fields import domain_groups
from dashboards.practice_form_words import LEDES, MARKDOWN, ROWS
from dashboards.review_fields import field_texts, label_of
from dashboards.review_words import STEPS as STEP_NAMES
from dashboards.review_words import missing_words
from practices.analysis.completeness import (
    BY_NAME,
    Lack,
    Step,
    completeness,
    words,
)
from practices.content import Content, digests
from practices.errors import Conflict
from practices.models import FieldComment, GoodPractice
from practices.services import content_with_files

# How a field is laid out, where its widget does not say it.
_SHAPES = {"regions": "lines", "domains": "domains", "themes": "boxes",
           "is_failure": "check"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """One field with its limits in words and its comments; ``groups`` of domains."""

    bound: BoundField
    shape: str
    required: bool
    limits: tuple[int, int]
    words: int
    comments: list[FieldComment]
    groups: Any = ()

    @property
    def is_off(self) -> bool:
        """Something is said, and it is too short or too long; 0 is no limit."""
        least, most = self.limits
        return bool(self.words) and (self.words < least or 0 < most < self.words)

    @property
    def lines(self) -> list[str]:
        """What stands in the lines, and an empty one."""
        return [*(self.bound.value() or []), ""]


@dataclass(frozen=True, slots=True)
class Side:
    """A field that two people changed: both texts, and where it is typed."""

    name: str
    label: str
    theirs: str
    yours: str


def step_links(practice: GoodPractice, current: str = "") -> list[dict[str, Any]]:
    """All steps, files too, with how many things each lacks."""
    lacking = [m.step for m in completeness(content_with_files(practice)).missing]
    places = {step: edit_address(practice, step) for step in Step}
    return [
        {
            "name": STEP_NAMES[step],
            "url": place,
            "is_current": step == current,
            "lacks": lacking.count(step),
        }
        for step, place in places.items()
    ]


def edit_address(practice: GoodPractice, step: str, name: str = "") -> str:
    """Of a step, or of one field in it."""
    if step == Step.FILES:
        return reverse("practices:files", args=[practice.slug])
    place = reverse("practices:edit", args=[practice.slug, step])
    return f"{place}#field-{name}" if name else place


def next_address(practice: GoodPractice, step: str) -> str:
    """Where “save and continue” leads: the step after it, at last the overview."""
    links = step_links(practice, step)
    place = next(i for i, link in enumerate(links) if link["is_current"])
    if place + 1 < len(links):
        return str(links[place + 1]["url"])
    return reverse("practices:work", args=[practice.slug])


def edit_context(
    practice: GoodPractice,
    sheet: Sheet,
    content: Content,
    conflict: Conflict | None = None,
) -> dict[str, Any]:
    """``content`` is the text of now, from whose fields the marks are made."""
    places = list(STEPS)
    number = places.index(Step(sheet.step)) + 1
    marks = {name: mark for name, mark in digests(content).items()
             if name in names_of(sheet.step)}  # fmt: skip
    return {
        "practice": practice,
        "sheet": sheet,
        "boxes": _boxes(practice, sheet),
        "evidence_comments": _comments(practice).get("evidence", []),
        "evidence_lack": _evidence_lack(content),
        "heading": STEP_NAMES[sheet.step],
        "lede": LEDES[sheet.step],
        "number": number,
        "of": len(places),
        "steps": step_links(practice, sheet.step),
        "seen": seen_text(marks),
        "markdown": MARKDOWN,
        "sides": _sides(conflict),
        "conflict": conflict,
    }


def seen_text(marks: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())


def seen_marks(text: str) -> dict[str, str]:
    """The marks that a page was sent with."""
    return dict(part.split(":", 1) for part in text.split() if ":" in part)


def read_only_context(
    practice: GoodPractice, step: str, content: Content, typed: Content
) -> dict[str, Any]:
    """The step as text, and what was typed where it could not be kept."""
    typed = dict(typed)
    names = names_of(step)
    amount = typed.pop("cost_eur", content["cost_eur"])
    held, sent = field_texts(content, {**content, **typed})
    if amount != content["cost_eur"]:
        sent["cost_eur"] = str(amount or "")  # it may be no number
    return {
        "practice": practice,
        "heading": STEP_NAMES[step],
        "steps": step_links(practice, step),
        "rows": [
            (label_of(name), held[name], sent[name] if sent[name] != held[name] else "")
            for name in names
        ],
        "has_typed": any(sent[name] != held[name] for name in names),
    }


def _boxes(practice: GoodPractice, sheet: Sheet) -> list[Box]:
    comments = _comments(practice)
    found = []
    for bound in sheet.form:
        asked = BY_NAME.get(bound.name)
        limits = (asked.min_words, asked.max_words) if asked else (0, 0)
        value = bound.value()
        shape = _SHAPES.get(bound.name) or ("text" if bound.name in ROWS else "plain")
        groups = domain_groups(value or []) if shape == "domains" else ()
        found.append(
            Box(bound, shape,
                bool(asked and asked.required), limits, words(value),
                comments.get(bound.name, []), groups)
        )  # fmt: skip
    return found


def _evidence_lack(content: Content) -> str:
    """Of evidence that is merely wanting nothing is said while typing."""
    found = completeness(content).missing
    lack = next((m for m in found if m.field == "evidence"), None)
    return missing_words(lack) if lack and lack.lack != Lack.EMPTY else ""


def _comments(practice: GoodPractice) -> dict[str, list[FieldComment]]:
    found: dict[str, list[FieldComment]] = {}
    for comment in practice.comments.open().select_related("said_by"):
        found.setdefault(comment.field, []).append(comment)
    return found


def _sides(conflict: Conflict | None) -> list[Side]:
    if conflict is None:
        return []
    names = list(conflict.theirs)
    blank = dict.fromkeys(names, "")
    theirs, yours = field_texts({**blank, **conflict.theirs},
                                {**blank, **conflict.yours})  # fmt: skip
    return [
        Side(name, label_of(name), theirs[name] or _("nothing"),
             yours[name] or _("nothing"))
        for name in names
    ]  # fmt: skip
