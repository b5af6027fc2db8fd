"""Who was introduced to whom by a match, what they wrote, and the story of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.match_machine import IntroductionState
from practices.models.matches import MatchProposal, MatchRequest

INTRODUCTION_STATES = [
    (IntroductionState.ASKED.value, _("asked")),
    (IntroductionState.AGREED.value, _("both sides agreed")),
    (IntroductionState.REFUSED.value, _("the other side declined")),
    (IntroductionState.ENDED.value, _("ended")),
]


def _person(**more: Any) -> Any:
    """Somebody whose account may go while the row stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        **more,
    )


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def waiting(self) -> Self:
        return self.filter(state=IntroductionState.ASKED)

    def reported(self) -> Self:
        return self.filter(reported_at__isnull=False)


class Introduction(models.Model):
    """The asker wants to meet the other side of a proposal: both have to agree.

    Asking is the asker's consent, ``answered_by`` gives the other's. No address is
    shown to either; they write to each other through the portal.
    """

    proposal = models.OneToOneField(
        MatchProposal, models.CASCADE, related_name="introduction"
    )
    message = models.TextField(_("first words"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=7,
        choices=INTRODUCTION_STATES,
        default=IntroductionState.ASKED.value,
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = _person(verbose_name=_("answered by"))
    remark = models.TextField(_("remark"), blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = _person()
    report = models.TextField(_("what is wrong"), blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answered_at__isnull=True),
                name="introduction_answered_at_valid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("match:introduction", args=[self.pk])

    @property
    def request(self) -> MatchRequest:
        return self.proposal.request

    @property
    def is_agreed(self) -> bool:
        return self.state == IntroductionState.AGREED


class MatchMessage(models.Model):
    """One message of the thread that two sides share."""

    introduction = models.ForeignKey(
        Introduction, models.CASCADE, related_name="messages"
    )
    author = _person(verbose_name=_("from"))
    text = models.TextField(_("message"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["written_at", "id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.text[:60]


class MatchStep(models.Model):
    """One line of the story of a request: who did what, when, with which words."""

    request = models.ForeignKey(MatchRequest, models.CASCADE, related_name="story")
    introduction = models.ForeignKey(
        Introduction, models.CASCADE, null=True, blank=True, related_name="+"
    )
    act = models.CharField(_("what"), max_length=10)
    from_state = models.CharField(_("from"), max_length=10, blank=True)
    to_state = models.CharField(_("to"), max_length=10)
    who = _person(verbose_name=_("who"))
    part = models.CharField(_("as"), max_length=7)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("step of a match")
        verbose_name_plural = _("steps of matches")

    def __str__(self) -> str:
        return f"{self.request_id}: {self.act}"
