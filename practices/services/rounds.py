"""Steps of review: opened, given to somebody, closed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from practices.models import GoodPractice, Review
from practices.services.work import person

# Days a reviewer has, by step.
DAYS = {Review.Step.COMPLETENESS: 10, Review.Step.SUBSTANCE: 21}


def open_review(row: GoodPractice, step: Review.Step) -> Review:
    """Whoever did the same step of this practice last is asked again."""
    before = row.reviews.filter(step=step, reviewer__is_active=True).last()
    return Review.objects.create(
        practice=row,
        step=step,
        reviewer=before.reviewer if before else None,
        due=timezone.localdate() + timedelta(days=DAYS[step]),
    )


def close_review(
    row: GoodPractice, outcome: Review.Outcome, *, by: Any, remark: str = ""
) -> Review | None:
    """The open step gets its outcome, and whoever decided; None where none is open."""
    review = row.reviews.open().first()
    if review is None:
        return None
    review.outcome, review.decided_at = outcome, timezone.now()
    review.reviewer, review.remark = person(by) or review.reviewer, remark.strip()
    review.save()
    return review


def drop_open(row: GoodPractice) -> None:
    row.reviews.open().update(outcome=Review.Outcome.DROPPED, decided_at=timezone.now())
