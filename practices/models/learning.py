"""What other regions ask, take over and are told again."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from practices.models.practice import GoodPractice
from regions.models import Region
from sources.curation import Publication


class Heard(models.Model):
    """From whom it comes; held back until a curator let it through."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
    )
    created_at = models.DateTimeField(_("said"), default=timezone.now)
    is_held = models.BooleanField(_("waits for a curator"), default=False)

    class Meta:
        abstract = True


class Interest(Heard):
    """ "I am interested": passed on to the authors; no address is shown."""

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="interests")
    message = models.TextField(_("message"), blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [
            models.UniqueConstraint(fields=["practice", "user"], name="interest_unique")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.region or ''}"


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> Self:
        """Answered, and the author agrees; of public practices."""
        return self.filter(
            is_public=True,
            is_held=False,
            practice__state=Publication.PUBLISHED,
            practice__is_qa_public=True,
        ).exclude(answer="")

    def open(self) -> Self:
        return self.filter(answer="", is_held=False)


class Question(Heard):
    """A question to the authors; with its answer public only where they agree."""

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="questions")
    text = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_public = models.BooleanField(_("public"), default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_at_valid",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def public(self) -> Self:
        """Confirmed by an author, of public practices."""
        return self.filter(
            state=Adoption.State.CONFIRMED, practice__state=Publication.PUBLISHED
        )


class Adoption(models.Model):
    """A region says that it adapted the practice; an author confirms it.

    ``region`` is of today; ``year`` is when it began there.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed")

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="adoptions")
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="adoptions",
        verbose_name=_("region"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name=_("organisation"),
    )
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    told_at = models.DateTimeField(_("told"), default=timezone.now)
    year = models.PositiveSmallIntegerField(_("since"))
    changes = models.TextField(_("what was changed"))
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("the author's remark"), blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["year", "id"]
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "region", "year"],
                condition=~Q(state="refused"),
                name="adoption_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="adoption_decided_at_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.region}"


class ReconfirmationQuerySet(models.QuerySet["Reconfirmation"]):
    def open(self) -> Self:
        return self.filter(outcome="")

    def overdue(self, today: date) -> Self:
        return self.open().filter(due__lt=today)


class Reconfirmation(models.Model):
    """Still running? With what results? Asked every two years.

    One that lapsed can still be answered; the practice is then confirmed again.
    """

    class Outcome(models.TextChoices):
        RUNNING = "running", _("still running")
        ENDED = "ended", _("has ended")
        LAPSED = "lapsed", _("not answered")

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="reconfirmations"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due = models.DateField(_("due"))
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    outcome = models.CharField(_("answer"), max_length=7, choices=Outcome, blank=True)
    results = models.TextField(_("results since"), blank=True)

    objects = ReconfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("re-confirmation")
        verbose_name_plural = _("re-confirmations")
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(outcome=""),
                name="reconfirmation_open_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.get_outcome_display()}"
