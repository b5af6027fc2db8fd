"""The offline form in words, and the preview of one that came back filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dashboards.practice_form import STEPS, names_of
from dashboards.practice_form_evidence import EvidenceForm
from dashboards.practice_form_words import HINTS, LABELS
from dashboards.practice_offline_words import OFFLINE_HINTS, limit_text
from dashboards.practice_words import field_name
from dashboards.review_words import STEPS as STEP_NAMES
from practices.analysis.completeness import Step
from practices.content.fields import EVIDENCE, MOST_ITEMS
from practices.languages import LANGUAGES
from practices.models import EvidenceItem
from practices.offline.asking import PIECES, Asked, Filled, OfflineForm, Part
from practices.offline.meaning import AS_TEXT, Meaning
from strategies.models import Domain, Theme

# Asked for piece by piece, or told by another field.
_APART = {"evidence", "country", *AS_TEXT.values()}
ORDER = [name for step in STEPS for name in names_of(step) if name not in _APART]


def offline_form() -> OfflineForm:
    """The fields of the form on the page, in its order and with its limits."""
    choices = _choices()
    parts = []
    for step in STEPS:
        fields = [
            Asked(
                name, _label(name), _hint(name), limit_text(name), choices.get(name, ())
            )
            for name in names_of(step)
            if name not in _APART
        ]
        parts.append(Part(str(STEP_NAMES[step]), fields))
        if step is Step.EVIDENCE:
            parts.extend(_evidence())
    return OfflineForm(
        title=_("Good practice: form to fill in offline"),
        language=settings.LANGUAGE_CODE,
        about=[
            _(
                "Write into the right-hand column and leave the left one as it is: by "
                "the words in brackets the portal knows which field is which."
            ),
            _(
                "Not everything has to be told at once. Upload the form when you are "
                "back online; you see what was understood before a draft is made."
            ),
        ],
        parts=parts,
        columns=(_("What is asked"), _("Your text")),
        lists_heading=_("Lists to choose from"),
    )


def _asked(name: str, choices: Mapping[str, list[str]]) -> Asked:
    limit = limit_text(name)
    return Asked(name, _label(name), _hint(name), limit, choices.get(name, ()))


def _evidence() -> Iterator[Part]:
    fields = [
        Asked(name, _evidence_name(name), _evidence_hint(name))
        for name in EvidenceForm.base_fields
        if name in EVIDENCE
    ]
    for number in range(1, PIECES + 1):
        heading = _("Evidence %(number)d") % {"number": number}
        yield Part(heading, fields, f"evidence.{number}")


def _choices() -> dict[str, list[str]]:
    return {
        "language": [str(label) for _code, label in LANGUAGES],
        "themes": list(Theme.objects.values_list("name", flat=True)),
        "domains": [
            f"{domain.name} ({domain.kind}:{domain.code})"
            for domain in Domain.objects.all()
        ],
    }


def _label(name: str) -> str:
    return str(LABELS.get(name) or field_name(name))


def _hint(name: str) -> str:
    return str(OFFLINE_HINTS.get(name) or HINTS.get(name) or "")


def _evidence_name(name: str) -> str:
    known = EvidenceForm.base_fields.get(name)
    return str(known.label) if known else name


def _evidence_hint(name: str) -> str:
    if name == "kind":
        names = " · ".join(str(label) for _code, label in EvidenceItem.Kind.choices)
        return _("One of: %(names)s.") % {"names": names}
    hint = OFFLINE_HINTS.get(f"evidence.{name}")
    return str(hint or EvidenceForm.base_fields[name].help_text)


@dataclass(frozen=True, slots=True)
class Box:
    """One text of the preview, to be looked at and corrected."""

    name: str
    label: str
    text: str
    help: str
    errors: list[str]

    @property
    def rows(self) -> int:
        return min(12, 1 + self.text.count("\n") + len(self.text) // 80)


@dataclass(frozen=True, slots=True)
class Piece:
    heading: str
    boxes: list[Box]
    errors: list[str]


def preview(meaning: Meaning) -> dict[str, Any]:
    """Context of the page: boxes in the order of the form, what is wrong first said."""
    told = {item.name: item for item in meaning.fields}
    names = [
        *dict.fromkeys(["title", *(name for name in ORDER if name in told), *told])
    ]
    boxes = [_box(name, told.get(name)) for name in names]
    pieces = [
        _piece(place, piece, errors)
        for place, (piece, errors) in enumerate(meaning.evidence)
    ]
    untold = [_label(name) for name in ORDER if name not in names]
    return {
        "boxes": boxes,
        "pieces": pieces,
        "left": "\n\n".join(meaning.left),
        "untold": untold,
        "wrong": [box for box in boxes if box.errors],
        "wrong_pieces": [piece for piece in pieces if piece.errors],
        "may_make": "title" in meaning.content,
    }


def _box(name: str, told: Any) -> Box:
    text = told.text if told else ""
    errors = list(told.errors) if told else []
    if name == "title" and not text:
        errors = [_("A practice needs a title.")]
    return Box(f"field-{name}", _label(name), text, _hint(name), errors)


def _piece(place: int, piece: Mapping[str, str], errors: list[str]) -> Piece:
    boxes = [
        Box(f"evidence-{place}-{name}", _evidence_name(name), text, "", [])
        for name, text in piece.items()
        if text
    ]
    return Piece(_("Evidence %(number)d") % {"number": place + 1}, boxes, errors)


def sent_back(sent: Mapping[str, Any]) -> Filled:
    """The texts of the preview, as they were corrected."""
    fields: dict[str, str] = {}
    pieces: dict[str, dict[str, str]] = {}
    for key, text in sent.items():
        kind, _dash, rest = key.partition("-")
        text = text.strip()
        if kind == "field" and text:
            fields[rest] = text
        elif kind == "evidence" and text:
            number, _dash, name = rest.partition("-")
            pieces.setdefault(number, {})[name] = text
    left = [sent["left"].strip()] if sent.get("left", "").strip() else []
    return Filled(fields, list(pieces.values())[:MOST_ITEMS], left)
