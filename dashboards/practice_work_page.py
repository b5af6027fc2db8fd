"""One's own practice: where it stands, what is missing, what was said, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from dashboards.practice_edit_page import edit_address, step_links
from dashboards.practice_work_words import BESIDE, DECLARATION, NEXT, OFFERS, Offer
from dashboards.review_fields import label_of, step_of
from dashboards.review_page import story_lines
from dashboards.review_words import missing_words
from practices.actors import may
from practices.analysis.completeness import Step, completeness
from practices.machine import Action
from practices.models import Authorship, FieldComment, GoodPractice
from practices.services import content_with_files
from practices.stages import EDITABLE, STANDING, Stage


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent and could not be done; nothing of it is lost."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A reviewer's comment, with the place where its field is written."""

    comment: FieldComment
    label: str
    url: str


def work_context(
    practice: GoodPractice, user: User, refused: Refused | None = None
) -> dict[str, Any]:
    refused = refused or Refused()
    told = completeness(content_with_files(practice))
    actions = set(may(user, practice))
    stage = Stage(practice.stage)
    seats = list(practice.authorships.select_related("user"))
    return {
        "practice": practice,
        "refused": refused,
        "next": NEXT[stage],
        "beside": BESIDE if practice.is_public and stage not in STANDING else "",
        "is_open": Action.EDIT in actions,
        "is_editable": stage in EDITABLE,
        "completeness": told,
        "missing": [(label_of(m.field), missing_words(m), _field_url(practice, m.field))
                    for m in told.missing],
        "wishes": _wishes(practice),
        "steps": step_links(practice),
        "first_step": edit_address(practice, Step.BASICS),
        "may_submit": Action.SUBMIT in actions,
        "declaration": DECLARATION,
        "offers": [offer for offer in OFFERS if _fits(offer, practice, actions)],
        "lines": story_lines(practice),
        "authors": seats,
        "lead": next((s.user for s in seats if s.role == Authorship.Role.LEAD), None),
        "people_url": _address("practices:people", practice),
    }  # fmt: skip


def _fits(offer: Offer, practice: GoodPractice, actions: set[Action]) -> bool:
    if offer.action is Action.DISCARD_REVISION and not practice.is_public:
        return False
    return offer.action in actions


def _wishes(practice: GoodPractice) -> list[Wish]:
    found = practice.comments.open().select_related("said_by")
    return [Wish(c, label_of(c.field), _field_url(practice, c.field)) for c in found]


def _field_url(practice: GoodPractice, name: str) -> str:
    """Where the field is written; "" for the practice as a whole."""
    if not name:
        return ""
    if name == "attachments":
        return edit_address(practice, Step.FILES)
    return edit_address(practice, step_of(name), name)


def _address(name: str, practice: GoodPractice) -> str:
    try:
        return reverse(name, args=[practice.slug])
    except NoReverseMatch:
        return ""
