"""What reviewers ask for, say and sign."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due__lt=today)


class Review(models.Model):
    """One step of one round: asked for, with a day by which to answer.

    Without a reviewer it waits for whoever takes it.
    """

    class Step(models.TextChoices):
        COMPLETENESS = "completeness", _("completeness")
        SUBSTANCE = "substance", _("substance")

    class Outcome(models.TextChoices):
        PASSED = "passed", _("passed")
        CHANGES = "changes", _("changes asked for")
        DECLINED = "declined", _("declined")
        DROPPED = "dropped", _("no longer needed")

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="reviews")
    step = models.CharField(_("step"), max_length=12, choices=Step)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practice_reviews",
        verbose_name=_("reviewer"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due = models.DateField(_("due"))
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(outcome=""), name="review_open_unique"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="review_decided_at_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.get_step_display()}"


class FieldCommentQuerySet(models.QuerySet["FieldComment"]):
    def open(self) -> Self:
        return self.filter(resolved_at__isnull=True)


class FieldComment(models.Model):
    """What a reviewer asks to change in one field; "" is the practice as a whole."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="comments")
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("comment"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = FieldCommentQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return f"{self.field}: {self.text}"


class ExpertOpinion(models.Model):
    """An expert's signed word, shown with the published practice.

    ``name`` and ``role`` are as the expert signed them, and stay with the text.
    """

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="opinions")
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=150)
    text = models.TextField(_("opinion"))
    signed_on = models.DateField(_("signed"))
    version = models.PositiveIntegerField(_("about version"), null=True, blank=True)

    class Meta:
        ordering = ["signed_on", "id"]
        verbose_name = _("expert opinion")
        verbose_name_plural = _("expert opinions")

    def __str__(self) -> str:
        return self.name
