"""The one way from stage to stage: asks the table, writes the row and its story."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.actors import actors_of, ties_of
from practices.analysis.completeness import completeness
from practices.errors import Incomplete, NotAllowed
from practices.machine import Action, Actor, Condition, Rule, rule_for, stages_for
from practices.models import GoodPractice, Review, StateChange
from practices.services.work import content_with_files, locked, person
from practices.stages import Stage, state_for


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish to act: who, on which row, with which words and for when."""

    row: GoodPractice
    action: Action
    by: Any
    comment: str = ""
    when: datetime | None = None

    @property
    def actors(self) -> frozenset[Actor]:
        return (
            frozenset({Actor.SYSTEM})
            if self.by is None
            else actors_of(self.by, self.row)
        )

    @property
    def stage(self) -> Stage:
        return Stage(self.row.stage)


@contextmanager
def moving(
    practice: GoodPractice,
    action: Action,
    *,
    by: Any,
    revision: int | None,
    comment: str = "",
    when: datetime | None = None,
) -> Iterator[GoodPractice]:
    """One transaction around a step: gives the locked row, then moves and tells it.

    ``by`` is a user, or None for the portal itself. Raises ``Conflict`` for another
    revision than the one that was seen, ``NotAllowed`` where the table forbids it.
    """
    with transaction.atomic():
        row = locked(practice, revision)
        asked = Asked(row, action, by, comment.strip(), when)
        rule, actors = permitted(asked)
        before = Stage(row.stage)
        target = rule.leads_to(before, is_public=row.is_public)
        yield row
        _step(row, asked, target)
        _tell_story(asked, before, target, actors & rule.who)


def permitted(asked: Asked) -> tuple[Rule, frozenset[Actor]]:
    """The rule that lets them, and their parts; raises ``NotAllowed`` if none does."""
    actors = asked.actors
    rule = rule_for(asked.action, asked.stage, actors)
    if rule is None:
        raise _refused(asked, actors)
    for condition in sorted(rule.conditions):
        _CHECKS[condition](asked, actors)
    return rule, actors


def touch(row: GoodPractice, by: Any) -> None:
    """Count a change, so that whoever read the row before is told."""
    row.revision += 1
    row.edited_at, row.edited_by = timezone.now(), person(by)


def _step(row: GoodPractice, asked: Asked, target: Stage) -> None:
    row.state = state_for(target, is_public=row.is_public)
    row.stage = target
    if target != Stage.SCHEDULED:
        row.publish_at = None
    touch(row, asked.by)
    row._change_reason = asked.action.value  # type: ignore[attr-defined]  # simple-history's
    row.save()


def _tell_story(
    asked: Asked, before: Stage, after: Stage, parts: frozenset[Actor]
) -> None:
    StateChange.objects.create(
        practice=asked.row,
        action=asked.action,
        from_stage=before,
        to_stage=after,
        who=person(asked.by),
        role=min(parts),
        comment=asked.comment,
    )


def _refused(asked: Asked, actors: frozenset[Actor]) -> NotAllowed:
    elsewhere = stages_for(asked.action, actors)
    text = (
        _("This cannot be done now: the practice is “%(stage)s”.")
        % {"stage": asked.row.get_stage_display()}
        if elsewhere
        else _("This is not yours to do.")
    )
    return NotAllowed(text, asked.action, asked.stage, is_ever=bool(elsewhere))


def _not(asked: Asked, condition: Condition, text: str) -> NotAllowed:
    return NotAllowed(text, asked.action, asked.stage, condition)


def _complete(asked: Asked, _actors: frozenset[Actor]) -> None:
    found = completeness(content_with_files(asked.row))
    if not found.is_complete:
        text = _("It is %(percent)d %% complete; %(count)d fields want a look.") % {
            "percent": found.percent,
            "count": len(found.missing),
        }
        raise Incomplete(text, found, asked.stage)


def _no_conflict(asked: Asked, _actors: frozenset[Actor]) -> None:
    if asked.by is not None and ties_of(asked.by, asked.row):
        raise _not(
            asked,
            Condition.NO_CONFLICT,
            _("You wrote it or share its organisation or project: others judge it."),
        )


def _comment(asked: Asked, _actors: frozenset[Actor]) -> None:
    if not asked.comment:
        raise _not(asked, Condition.COMMENT, _("Say why: the reason is kept."))


def _first_post(asked: Asked, actors: frozenset[Actor]) -> None:
    if asked.row.is_first_post and Actor.CURATOR not in actors:
        raise _not(
            asked,
            Condition.FIRST_POST,
            _("The first practice of an author is looked at by a curator."),
        )


def _second_person(asked: Asked, _actors: frozenset[Actor]) -> None:
    passed = asked.row.reviews.filter(
        step=Review.Step.COMPLETENESS, outcome=Review.Outcome.PASSED
    ).last()
    if passed and asked.by is not None and passed.reviewer_id == asked.by.pk:
        raise _not(
            asked,
            Condition.SECOND_PERSON,
            _("You passed its completeness; its substance is for a second person."),
        )


def _future(asked: Asked, _actors: frozenset[Actor]) -> None:
    if asked.when is None or asked.when <= timezone.now():
        raise _not(asked, Condition.FUTURE, _("Choose a time to come."))


def _ripe(asked: Asked, _actors: frozenset[Actor]) -> None:
    if not asked.row.publish_at or asked.row.publish_at > timezone.now():
        raise _not(asked, Condition.RIPE, _("Its time has not come."))


def _was_public(asked: Asked, _actors: frozenset[Actor]) -> None:
    if not asked.row.is_public:
        raise _not(
            asked, Condition.WAS_PUBLIC, _("Nothing of it is published to go back to.")
        )


_CHECKS: dict[Condition, Callable[[Asked, frozenset[Actor]], None]] = {
    Condition.COMPLETE: _complete,
    Condition.NO_CONFLICT: _no_conflict,
    Condition.COMMENT: _comment,
    Condition.FIRST_POST: _first_post,
    Condition.SECOND_PERSON: _second_person,
    Condition.FUTURE: _future,
    Condition.RIPE: _ripe,
    Condition.WAS_PUBLIC: _was_public,
}
