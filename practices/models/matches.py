"""Requests for a match: what is looked for, and what fits."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from practices.match_machine import SENT, UNDONE, RequestState
from practices.models.practice import GoodPractice
from regions.models import Region
from strategies.models import Domain

REQUEST_STATES = [
    (RequestState.OPEN.value, _("open: nothing is proposed yet")),
    (RequestState.PROPOSED.value, _("proposed by the portal")),
    (RequestState.COMPLETED.value, _("completed by a curator")),
    (RequestState.INTRODUCED.value, _("introduced")),
    (RequestState.CLOSED.value, _("closed")),
    (RequestState.DECLINED.value, _("declined")),
]


class MatchRequestQuerySet(models.QuerySet["MatchRequest"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def undone(self) -> Self:
        """A curator has not completed them."""
        return self.filter(state__in=sorted(UNDONE))

    def sent(self) -> Self:
        return self.filter(state__in=sorted(SENT))

    def live(self) -> Self:
        return self.filter(state__in=sorted(UNDONE | SENT))

    def reported(self) -> Self:
        """Somebody reports what was written to them."""
        reports = MatchProposal.objects.filter(introduction__reported_at__isnull=False)
        return self.filter(pk__in=reports.values("request"))


class MatchRequest(models.Model):
    """Two questions of one person for one region: the challenge and its domain.

    Private: its asker and curators see it, and the other side what an introduction
    needs. It goes with the asker's account. ``touched_at`` is when either side did
    something last; ``silence_asked_at``, when the asker was asked whether it is still
    wanted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="match_requests"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", verbose_name=_("region")
    )
    domain = models.ForeignKey(
        Domain, models.PROTECT, related_name="+", verbose_name=_("domain")
    )
    challenge = models.TextField(_("challenge"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=REQUEST_STATES,
        default=RequestState.OPEN.value,
        db_index=True,
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    touched_at = models.DateTimeField(_("last change"), default=timezone.now)
    silence_asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MatchRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("match request")
        verbose_name_plural = _("match requests")

    def __str__(self) -> str:
        return f"{self.region_id}: {self.challenge[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("match:detail", args=[self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in UNDONE | SENT

    @property
    def is_sent(self) -> bool:
        return self.state in SENT


class MatchProposal(models.Model):
    """A region or a practice that fits a request, with what speaks for and against it.

    ``reasons`` are ``analysis.matching.Said`` as plain values: part, verdict, facts.
    ``score`` is 0 to 100, null where a curator chose what the portal cannot rank.
    """

    class Source(models.TextChoices):
        PORTAL = "portal", _("proposed by the portal")
        CURATOR = "curator", _("chosen by a curator")

    request = models.ForeignKey(MatchRequest, models.CASCADE, related_name="proposals")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+"
    )
    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, null=True, blank=True, related_name="+"
    )
    source = models.CharField(_("from"), max_length=7, choices=Source)
    score = models.FloatField(_("score"), null=True, blank=True)
    reasons = models.JSONField(default=list)
    note = models.TextField(_("note of the curator"), blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = [models.F("score").desc(nulls_last=True), "id"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=True, practice__isnull=False)
                | Q(region__isnull=False, practice__isnull=True),
                name="matchproposal_subject_valid",
            ),
            models.UniqueConstraint(
                fields=["request", "region"], name="matchproposal_region_unique"
            ),
            models.UniqueConstraint(
                fields=["request", "practice"], name="matchproposal_practice_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What is proposed, by name."""
        if self.practice:
            return self.practice.title
        return f"{self.region.name} ({self.region.code})" if self.region else ""
