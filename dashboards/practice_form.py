"""The authors' form, a step at a time: what was typed becomes fields of a content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dashboards import practice_form_fields as fields
from dashboards.practice_form_evidence import evidence_set
from dashboards.practice_form_words import HINTS, LABELS, ROWS
from dashboards.practice_words import field_name
from dashboards.review_fields import ORDER, step_of
from practices.analysis.completeness import Step
from practices.content import Content
from practices.languages import LANGUAGES

# The steps with fields; files have a page of their own.
STEPS: tuple[Step, ...] = tuple(step for step in Step if step is not Step.FILES)
_MAKERS: Mapping[str, Callable[[Content], forms.Field]] = {
    "title": lambda _c: fields.text_line("title"),
    "language": lambda _c: forms.ChoiceField(choices=LANGUAGES),
    "themes": lambda _c: fields.theme_choice(),
    "domains": lambda _c: fields.domain_choice(),
    "regions": lambda _c: fields.LinksField("region"),
    "country": lambda _c: fields.country_choice(),
    "organisation": lambda _c: fields.LinkField("organisation"),
    "organisation_name": lambda _c: fields.text_line("organisation_name"),
    "project": lambda _c: fields.LinkField("project"),
    "project_name": lambda _c: fields.text_line("project_name"),
    "programme": lambda content: fields.programme_choice(content["programme"]),
    "contact_office": lambda _c: fields.text_line("contact_office"),
    "start": lambda _c: fields.date_line(),
    "end": lambda _c: fields.date_line(),
    "status": lambda _c: fields.text_line("status"),
    "is_failure": lambda _c: forms.BooleanField(required=False),
    "cost_eur": lambda _c: fields.AmountField(required=False, max_length=40),
    "cost_note": lambda _c: fields.text_line("cost_note"),
}


def names_of(step: str) -> list[str]:
    """The fields of a step, in the order in which they are asked for."""
    return [name for name in ORDER if step_of(name) == step]


class StepForm(forms.Form):
    """The fields of one step; evidence is a set of forms beside it."""

    def __init__(self, step: str, content: Content, **kwargs: Any) -> None:
        super().__init__(initial=content, **kwargs)
        for name in names_of(step):
            if name != "evidence":
                self.fields[name] = _field(name, content)


def _field(name: str, content: Content) -> forms.Field:
    if name in ROWS:
        made: forms.Field = fields.text_area(ROWS[name])
    else:
        made = _MAKERS[name](content)
    made.label = str(LABELS.get(name) or field_name(name))
    made.help_text = str(HINTS.get(name, ""))
    return made


@dataclass(slots=True)
class Sheet:
    """One step before its author: ``form``, ``evidence`` (a set of forms, or None).

    ``errors`` of the service are put beside their fields with ``refuse``.
    """

    step: str
    form: StepForm
    evidence: Any = None
    others: list[str] = field(default_factory=list)

    @property
    def told(self) -> Content:
        """The fields that can be read; those that cannot say so beside them."""
        self.form.is_valid()
        told = dict(self.form.cleaned_data)
        if self.evidence is not None and self.evidence.is_valid():
            told["evidence"] = self.evidence.items
        return told

    @property
    def is_valid(self) -> bool:
        is_fine = self.evidence is None or self.evidence.is_valid()
        return self.form.is_valid() and is_fine and not self.others

    def refuse(self, error: ValidationError) -> None:
        by_field = getattr(error, "error_dict", {"": [error]})
        for name, wrong in by_field.items():
            if name in self.form.fields:
                self.form.add_error(name, wrong)
            else:
                self.others += [m for item in wrong for m in item.messages]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Id of the control, its label, and what is wrong with it."""
        found = [
            (box.id_for_label or f"id_{box.name}", str(box.label), str(text))
            for box in self.form
            for text in box.errors
        ]
        for place, piece in enumerate(self.evidence.forms if self.evidence else [], 1):
            if not getattr(piece, "cleaned_data", {}).get("DELETE"):
                found += [
                    (box.id_for_label, f"{place}: {box.label}", str(text))
                    for box in piece
                    for text in box.errors
                ]
        if self.evidence is not None and self.evidence.is_bound:
            found += [("", "", str(e)) for e in self.evidence.non_form_errors()]
        return [*found, *(("", "", text) for text in self.others)]


def sheet_of(step: str, content: Content, host: str, data: Any = None) -> Sheet:
    """The step with what is kept, or with what was sent."""
    form = StepForm(step, content, data=data)
    evidence = None
    if step == Step.EVIDENCE:
        evidence = evidence_set(content["evidence"], data, host)
    return Sheet(step, form, evidence)
