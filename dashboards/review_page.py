"""One practice before its reviewer: the text, its past, and what may be done now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from dashboards.practice_words import GRADE_NAMES, RULES, grade_name
from dashboards.review_fields import (
    ORDER,
    field_texts,
    label_of,
    step_of,
)
from dashboards.review_steps import step_context
from dashboards.review_words import (
    DECISIONS,
    ROLES,
    STEPS,
    STORY,
    TIES,
    missing_words,
    reason_words,
)
from dashboards.word_diff import Piece, word_diff
from practices.actors import actors_of, may, ties_of
from practices.analysis.completeness import Step, completeness
from practices.analysis.evidence import ORDER as GRADE_ORDER
from practices.analysis.evidence import Graded, Why
from practices.content import content_of, digests
from practices.machine import Action, Actor, Condition, rule_for
from practices.models import FieldComment, GoodPractice, StateChange
from practices.services import content_with_files, graded
from practices.stages import Stage

# Empty ones of these say nothing worth a line.
QUIET = {"country", "organisation_name", "project_name", "status", "is_failure"}
JUDGES = {Actor.CURATOR, Actor.SECRETARIAT, Actor.EXPERT}


@dataclass(frozen=True, slots=True)
class FieldView:
    """``diff`` is empty where it says what readers have already."""

    name: str
    label: str
    text: str
    diff: list[Piece] = field(default_factory=list)
    lack: str = ""
    comments: list[FieldComment] = field(default_factory=list)
    typed: str = ""
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story in words."""

    step: StateChange
    who: str
    role: str
    did: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent and could not be done; nothing of it is lost."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    changed: frozenset[str] = frozenset()
    is_conflict: bool = False

    def comment(self, name: str) -> str:
        return self.values.get(f"comment-{name}", "")


def review_context(
    practice: GoodPractice, user: User, typed: Typed | None = None
) -> dict[str, Any]:
    typed = typed or Typed()
    content = content_with_files(practice)
    told = completeness(content)
    actors, ties = actors_of(user, practice), ties_of(user, practice)
    comments = _comments(practice)
    offered = _offered(practice, user, has_ties=bool(ties))
    return {
        "practice": practice,
        "typed": typed,
        "seen": " ".join(f"{k}:{v}" for k, v in digests(content).items()),
        "changed_labels": [label_of(name) for name in sorted(typed.changed)],
        "groups": _groups(practice, content, told, comments, typed),
        "whole_comments": comments.get("", []),
        "file_comments": comments.get("attachments", []),
        "typed_files": typed.comment("attachments"),
        "typed_whole": typed.comment(""),
        "attachments": practice.attachments.current(),
        "completeness": told,
        "missing": [(label_of(m.field), missing_words(m)) for m in told.missing],
        "ties": [TIES[tie] for tie in sorted(ties)],
        "offered": offered,
        "may_comment": Action.ASK_CHANGES in [name for name, _label in offered],
        "lines": story_lines(practice),
        "authors": practice.authorships.select_related("user"),
        "versions": practice.versions.defer("content", "names", "attachments"),
        **_grade(practice, content, may_lower=_lowers(actors) and not ties),
        **_opinion(practice, user, typed, may_sign=Action.SIGN in may(user, practice)
                   and not ties),
        **step_context(practice, user, actors, has_ties=bool(ties)),
    }  # fmt: skip


def _offered(
    practice: GoodPractice, user: User, *, has_ties: bool
) -> list[tuple[Action, Any]]:
    """What they may do now; whoever is tied is not offered what needs no tie."""
    actors, stage = actors_of(user, practice), Stage(practice.stage)
    allowed = set()
    for action in may(user, practice):
        rule = rule_for(action, stage, actors & JUDGES)
        if rule and not (has_ties and Condition.NO_CONFLICT in rule.conditions):
            allowed.add(action)
    return [(action, label) for action, label in DECISIONS.items() if action in allowed]


def _groups(
    practice: GoodPractice,
    content: Mapping[str, Any],
    told: Any,
    comments: Mapping[str, list[FieldComment]],
    typed: Typed,
) -> list[tuple[Any, list[FieldView]]]:
    """The text by the steps of the form it was written in."""
    texts, before = _texts(practice, content)
    lacks = {missing.field: missing_words(missing) for missing in told.missing}
    groups: dict[str, list[FieldView]] = {step: [] for step in Step}
    for name in ORDER:
        old = before[name] if before else texts[name]
        if name in QUIET and not (texts[name] or old or comments.get(name)):
            continue
        groups[step_of(name)].append(
            FieldView(
                name=name,
                label=label_of(name),
                text=texts[name],
                diff=word_diff(old, texts[name]) if old != texts[name] else [],
                lack=lacks.get(name, ""),
                comments=comments.get(name, []),
                typed=typed.comment(name),
                is_changed=name in typed.changed,
            )
        )
    return [(STEPS[step], views) for step, views in groups.items() if views]


def _texts(
    practice: GoodPractice, content: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str] | None]:
    """The text in work, and the published one where a revision is under way."""
    if not hasattr(practice, "working_copy"):
        return field_texts(dict(content))[0], None
    now, before = field_texts(dict(content), content_of(practice))
    return now, before


def _comments(practice: GoodPractice) -> dict[str, list[FieldComment]]:
    """By field, the newest round last."""
    found: dict[str, list[FieldComment]] = {}
    rows = practice.comments.select_related("review", "said_by", "resolved_by")
    for comment in rows:
        found.setdefault(comment.field, []).append(comment)
    return found


def story_lines(practice: GoodPractice) -> list[Line]:
    """What happened to it, in words; for authors too."""
    return [_line(step) for step in practice.story.select_related("who")]


def _line(step: StateChange) -> Line:
    is_portal = step.role == Actor.SYSTEM
    who = str(step.who) if step.who else ""
    role = str(ROLES.get(step.role, step.role))
    return Line(step, "" if is_portal else who, role,
                str(STORY.get(step.action, step.action)))  # fmt: skip


def _lowers(actors: Iterable[Actor]) -> bool:
    return bool({Actor.EXPERT, Actor.CURATOR} & set(actors))


def _grade(
    practice: GoodPractice, content: Mapping[str, Any], *, may_lower: bool
) -> dict[str, Any]:
    found: Graded = graded(practice, dict(content))
    by_rules = graded(_uncapped(practice), dict(content)).grade
    lower = GRADE_ORDER[GRADE_ORDER.index(by_rules) + 1 :] if by_rules else ()
    return {
        "grade": grade_name(found.grade),
        "rule": RULES[found.grade] if found.grade else "",
        "supports": [
            reason_words(reason)
            for reason in found.reasons
            if not reason.is_lack and reason.why is not Why.LOWERED
        ],
        "lacks": [reason_words(reason) for reason in found.reasons if reason.is_lack],
        "grade_by_rules": grade_name(by_rules),
        "lower_grades": [(grade.value, GRADE_NAMES[grade.value]) for grade in lower],
        "may_lower": may_lower and (bool(lower) or bool(practice.grade_cap)),
    }


def _uncapped(practice: GoodPractice) -> GoodPractice:
    """The same record before anybody lowered its grade; never saved."""
    return GoodPractice(pk=practice.pk)


def _opinion(
    practice: GoodPractice, user: User, typed: Typed, *, may_sign: bool
) -> dict[str, Any]:
    """Those signed, and what stands in the boxes of whoever may sign."""
    opinions = list(practice.opinions.all())
    mine = next((item for item in opinions if item.expert_id == user.pk), None)
    boxes = {"name": user.name, "role": "", "text": ""}
    if mine:
        boxes = {"name": mine.name, "role": mine.role, "text": mine.text}
    sent = {name: typed.values.get(f"opinion_{name}") for name in boxes}
    return {
        "opinions": opinions,
        "may_sign": may_sign,
        "has_signed": mine is not None,
        "signing": {name: sent[name] or held for name, held in boxes.items()},
    }
