"""Who may do what to a practice, and where it then stands: one table. Pure.

Rights and stages are decided here and nowhere else; ``practices.services`` ask before
every write. ``docs/practices.md`` shows the table in words.
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from practices.stages import CLOSED, EDITABLE, IN_REVIEW, STANDING, Stage


class Actor(StrEnum):
    """The part a person plays towards one practice; a person may play several."""

    LEAD = "lead"
    CO_AUTHOR = "co_author"
    CURATOR = "curator"
    SECRETARIAT = "secretariat"
    EXPERT = "expert"
    READER = "reader"
    SYSTEM = "system"


class Action(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    ASK_CHANGES = "ask_changes"
    PASS = "pass"  # noqa: S105  # no password
    APPROVE = "approve"
    DECLINE = "decline"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    ASK_REVISION = "ask_revision"
    START_REVISION = "start_revision"
    DISCARD_REVISION = "discard_revision"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    INVITE = "invite"
    ASSIGN = "assign"
    SIGN = "sign"


class Condition(StrEnum):
    COMPLETE = "complete"
    NO_CONFLICT = "no_conflict"
    COMMENT = "comment"
    FIRST_POST = "first_post"
    SECOND_PERSON = "second_person"
    FUTURE = "future"
    RIPE = "ripe"
    WAS_PUBLIC = "was_public"


@dataclass(frozen=True, slots=True)
class Rule:
    """``target`` is None where the stage stays; ``public_target``: where a text of the
    practice is published already."""

    action: Action
    at: Set[Stage]
    target: Stage | None
    who: Set[Actor]
    conditions: Set[Condition] = frozenset()
    public_target: Stage | None = None

    def leads_to(self, stage: Stage, *, is_public: bool) -> Stage:
        if is_public and self.public_target is not None:
            return self.public_target
        return self.target or stage


A, S, C = Action, Stage, Condition
AUTHORS = {Actor.LEAD, Actor.CO_AUTHOR}
DESK = {Actor.CURATOR, Actor.SECRETARIAT}
ALL = frozenset(Stage)
CLEAN = {C.NO_CONFLICT}
SAID = {C.NO_CONFLICT, C.COMMENT}
UNDER_WAY = {S.COMPLETENESS, S.CHANGES_ASKED, S.SUBSTANCE, S.APPROVED, S.SCHEDULED}

RULES = (
    Rule(A.EDIT, EDITABLE, None, AUTHORS),
    Rule(A.SUBMIT, EDITABLE, S.COMPLETENESS, {Actor.LEAD}, {C.COMPLETE}),
    Rule(A.ASK_CHANGES, {S.COMPLETENESS}, S.CHANGES_ASKED, DESK, SAID),
    Rule(
        A.ASK_CHANGES,
        {S.SUBSTANCE},
        S.CHANGES_ASKED,
        {Actor.CURATOR, Actor.EXPERT},
        SAID,
    ),
    Rule(A.PASS, {S.COMPLETENESS}, S.SUBSTANCE, DESK, {*CLEAN, C.FIRST_POST}),
    Rule(
        A.APPROVE, {S.SUBSTANCE}, S.APPROVED, {Actor.EXPERT}, {*CLEAN, C.SECOND_PERSON}
    ),
    Rule(A.DECLINE, IN_REVIEW, S.DECLINED, {Actor.CURATOR}, SAID, S.PUBLISHED),
    Rule(A.DECLINE, {S.SUBSTANCE}, S.DECLINED, {Actor.EXPERT}, SAID, S.PUBLISHED),
    Rule(A.PUBLISH, {S.APPROVED, S.SCHEDULED}, S.PUBLISHED, {Actor.CURATOR}, CLEAN),
    Rule(A.PUBLISH, {S.SCHEDULED}, S.PUBLISHED, {Actor.SYSTEM}, {C.RIPE}),
    Rule(
        A.SCHEDULE,
        {S.APPROVED, S.SCHEDULED},
        S.SCHEDULED,
        {Actor.CURATOR},
        {*CLEAN, C.FUTURE},
    ),
    Rule(A.UNSCHEDULE, {S.SCHEDULED}, S.APPROVED, {Actor.CURATOR}, CLEAN),
    Rule(
        A.ASK_REVISION,
        {S.PUBLISHED},
        S.REVISION_ASKED,
        {Actor.CURATOR, Actor.EXPERT},
        SAID,
    ),
    Rule(A.START_REVISION, {S.PUBLISHED, S.REVISION_ASKED}, S.REVISING, AUTHORS),
    Rule(
        A.DISCARD_REVISION,
        UNDER_WAY | {S.REVISING},
        S.PUBLISHED,
        {Actor.LEAD},
        {C.WAS_PUBLIC},
    ),
    Rule(A.WITHDRAW, ALL - CLOSED, S.WITHDRAWN, {Actor.LEAD}),
    Rule(A.ARCHIVE, ALL - {S.ARCHIVED}, S.ARCHIVED, {Actor.CURATOR}, {C.COMMENT}),
    Rule(A.REOPEN, {S.WITHDRAWN}, S.DRAFT, {Actor.LEAD}),
    Rule(A.REOPEN, CLOSED, S.DRAFT, {Actor.CURATOR}, {C.COMMENT}),
    Rule(A.INVITE, ALL - CLOSED, None, {Actor.LEAD}),
    Rule(A.ASSIGN, IN_REVIEW, None, {Actor.CURATOR}),
    Rule(
        A.SIGN,
        STANDING | {S.SUBSTANCE, S.APPROVED, S.SCHEDULED},
        None,
        {Actor.EXPERT},
        CLEAN,
    ),
)


def rule_for(action: Action, stage: Stage, actors: Set[Actor]) -> Rule | None:
    """The first rule that lets one of these parts do it at this stage."""
    for rule in RULES:
        if rule.action is action and stage in rule.at and rule.who & actors:
            return rule
    return None


def stages_for(action: Action, actors: Set[Actor]) -> frozenset[Stage]:
    """Where these parts may do it; empty: nowhere, it is not theirs to do."""
    found = [rule.at for rule in RULES if rule.action is action and rule.who & actors]
    return frozenset().union(*found)


def actions_at(stage: Stage, actors: Set[Actor]) -> list[Action]:
    """What a page may offer, conditions apart, in the order of the table."""
    return [action for action in Action if rule_for(action, stage, actors)]
