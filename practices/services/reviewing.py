"""The way through review: submitted, looked at twice, sent back, approved, declined."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.actors import actors_of, ties_of
from practices.content import FIELDS
from practices.content.fields import MOST_TEXT, plain
from practices.errors import NotAllowed
from practices.machine import Action, Condition, rule_for
from practices.models import FieldComment, GoodPractice, Review
from practices.services.drafts import drop_work
from practices.services.moves import Asked, moving, permitted
from practices.services.notices import tell_authors, tell_reviewers
from practices.services.rounds import close_review, open_review
from practices.services.work import locked
from practices.stages import Stage


def submit(practice: GoodPractice, *, by: User, revision: int) -> GoodPractice:
    """To completeness review. ``Incomplete`` says what is missing."""
    with moving(practice, Action.SUBMIT, by=by, revision=revision) as row:
        row.is_first_post = _is_first_post(row, by)
        review = open_review(row, Review.Step.COMPLETENESS)
        row.comments.open().update(resolved_at=timezone.now(), resolved_by=by)
        tell_reviewers(review)
    return row


def ask_changes(
    practice: GoodPractice,
    *,
    by: User,
    revision: int,
    comments: Mapping[str, str],
    remark: str = "",
) -> GoodPractice:
    """Back to the authors with a comment at each field; "" is the whole practice.

    One comment or the remark has to say something; unknown fields raise
    ``ValidationError``.
    """
    said = _comments(comments)
    told = remark.strip() or "\n".join(said.values())
    with moving(
        practice, Action.ASK_CHANGES, by=by, revision=revision, comment=told
    ) as row:
        review = close_review(row, Review.Outcome.CHANGES, by=by, remark=remark)
        if review is None:  # the state was set by hand, past the review
            review = open_review(row, Review.Step(row.stage))
            close_review(row, Review.Outcome.CHANGES, by=by, remark=remark)
        FieldComment.objects.bulk_create(
            FieldComment(review=review, practice=row, field=name, text=text, said_by=by)
            for name, text in said.items()
        )
        tell_authors(row, "changes_asked", comment=told)
    return row


def resolve_comment(comment: FieldComment, *, by: User) -> None:
    """An author ticks a comment off; what is still open at submitting goes with it."""
    with transaction.atomic():
        permitted(Asked(locked(comment.practice, None), Action.EDIT, by))
        FieldComment.objects.filter(pk=comment.pk, resolved_at__isnull=True).update(
            resolved_at=timezone.now(), resolved_by=by
        )


def pass_completeness(
    practice: GoodPractice, *, by: User, revision: int, remark: str = ""
) -> GoodPractice:
    """On to the review of its substance."""
    with moving(practice, Action.PASS, by=by, revision=revision, comment=remark) as row:
        close_review(row, Review.Outcome.PASSED, by=by, remark=remark)
        tell_reviewers(open_review(row, Review.Step.SUBSTANCE))
        tell_authors(row, "passed")
    return row


def approve(
    practice: GoodPractice, *, by: User, revision: int, remark: str = ""
) -> GoodPractice:
    """Its substance is good; a curator publishes it."""
    with moving(
        practice, Action.APPROVE, by=by, revision=revision, comment=remark
    ) as row:
        close_review(row, Review.Outcome.PASSED, by=by, remark=remark)
        tell_authors(row, "approved", comment=remark)
    return row


def decline(
    practice: GoodPractice, *, by: User, revision: int, reason: str
) -> GoodPractice:
    """Closed with a reason; of a revision, the published text stays as it is."""
    with moving(
        practice, Action.DECLINE, by=by, revision=revision, comment=reason
    ) as row:
        close_review(row, Review.Outcome.DECLINED, by=by, remark=reason)
        if row.is_public:
            drop_work(row)
        tell_authors(row, "declined", comment=reason)
    return row


@transaction.atomic
def assign(
    practice: GoodPractice, reviewer: User, *, by: User, revision: int
) -> Review:
    """Give the open step to somebody who may take it, themselves included.

    A curator assigns anybody; an expert, or a secretariat, takes a step for
    themselves. Raises ``NotAllowed`` where the reviewer may not judge it.
    """
    row = locked(practice, revision)
    if by != reviewer:
        permitted(Asked(row, Action.ASSIGN, by))
    step = Action.PASS if row.stage == Stage.COMPLETENESS else Action.APPROVE
    stage = Stage(row.stage)
    if rule_for(step, stage, actors_of(reviewer, row)) is None:
        raise NotAllowed(_("That is not theirs to review."), Action.ASSIGN, stage)
    if ties_of(reviewer, row):
        text = _("They wrote it or share its organisation or project.")
        raise NotAllowed(text, Action.ASSIGN, stage, Condition.NO_CONFLICT)
    review = row.reviews.open().first() or open_review(row, Review.Step(row.stage))
    review.reviewer = reviewer
    review.save()
    if by != reviewer:
        tell_reviewers(review)
    return review


def _comments(comments: Mapping[str, str]) -> dict[str, str]:
    """Those that say something; of fields that are there."""
    unknown = sorted(set(comments) - {*FIELDS, "attachments", ""})
    if unknown:
        text = _("There is no field “%(name)s”.") % {"name": ", ".join(unknown)}
        raise ValidationError({"comments": [text]})
    said = {name: plain(text)[:MOST_TEXT] for name, text in comments.items()}
    return {name: text for name, text in said.items() if text}


def _is_first_post(row: GoodPractice, by: Any) -> bool:
    """Nothing of theirs was published before."""
    others = GoodPractice.objects.written_by(by).exclude(pk=row.pk)
    return (
        not row.versions.exists() and not others.filter(versions__isnull=False).exists()
    )
