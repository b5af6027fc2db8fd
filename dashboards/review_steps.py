"""The open step of a practice: with whom, until when, and who could have it."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from practices.machine import Action, Actor, rule_for
from practices.models import GoodPractice, Review
from practices.services.notices import curators, reviewers_for
from practices.stages import IN_REVIEW, Stage


def step_context(
    practice: GoodPractice,
    user: User,
    actors: frozenset[Actor],
    *,
    has_ties: bool,
) -> dict[str, Any]:
    """The open step: with whom, until when, and who could have it."""
    stage = Stage(practice.stage)
    if stage not in IN_REVIEW:
        return {"review": None}
    review = practice.reviews.open().select_related("reviewer").first()
    review = review or Review(practice=practice, step=Review.Step(stage.value))
    wanted = Action.PASS if stage is Stage.COMPLETENESS else Action.APPROVE
    can_judge = rule_for(wanted, stage, actors) is not None and not has_ties
    can_assign = Actor.CURATOR in actors
    return {
        "review": review,
        "is_overdue": bool(review.due) and review.due < timezone.localdate(),
        "may_take": can_judge and review.reviewer_id != user.pk,
        "candidates": candidates(review) if can_assign else [],
    }


def candidates(review: Review) -> list[User]:
    """Who could be given the step; ties of theirs are asked when it is given."""
    is_first = review.step == Review.Step.COMPLETENESS
    found = curators() if is_first else reviewers_for(review)
    return sorted(found, key=str)
