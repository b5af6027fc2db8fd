"""Pairs that may be one organisation, merges that were made, links that were tried."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    def open(self) -> Self:
        """What a curator still has to look at; neither was merged away since."""
        return self.filter(
            dismissed_at__isnull=True,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )


class DuplicatePair(models.Model):
    """Two organisations that may be one; ``first`` is the one with the smaller id.

    ``score`` is 0 to 100, ``reasons`` are codes of ``desk.analysis.duplicates``. A
    dismissed pair is kept, so that it is never proposed again.
    """

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    dismissed_at = models.DateTimeField(_("not a duplicate"), null=True, blank=True)
    dismissed_by = models.CharField(_("decided by"), max_length=150, blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="duplicatepair_unique"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicatepair_order_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id} ({self.score})"


class MergeRecord(models.Model):
    """What a merge moved and changed: enough to take it back exactly.

    ``moved``: rows as model, pk, field and their ``updated_at`` before and after, null
    where they have none. ``dropped``: rows that the survivor already had, as Django
    serialises them. ``fields``: the survivor's fields, old and new value.
    ``stamps``: the state and ``updated_at`` of both records.
    """

    survivor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    merged = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    moved = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    stamps = models.JSONField(default=dict)
    done_at = models.DateTimeField(_("merged"), default=timezone.now)
    done_by = models.CharField(_("by"), max_length=150)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)

    class Meta:
        ordering = ["-done_at", "-id"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return f"{self.merged_id} -> {self.survivor_id}"


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def broken(self) -> Self:
        """Those that failed on enough different days, the longest first."""
        found = self.filter(failed_days__gte=settings.LINK_CHECK_FAILURES)
        return found.order_by("first_failed", "url")

    def due(self) -> Self:
        never_first = F("next_at").asc(nulls_first=True)
        due = Q(next_at__isnull=True) | Q(next_at__lte=timezone.now())
        return self.filter(due).order_by(never_first, "pk")


class LinkCheck(models.Model):
    """How an address of a curated record answered when the portal last asked.

    ``status`` is the HTTP status of the end of all redirects, null without an answer;
    then ``problem`` says why. ``failed_days`` counts the days on which it failed since
    it last answered. ``redirect_to`` is where it leads, "" where it stays.
    """

    url = models.CharField(_("address"), max_length=500, unique=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    redirect_to = models.CharField(_("leads to"), max_length=1000, blank=True)
    checked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("last answered"), null=True, blank=True)
    first_failed = models.DateField(_("fails since"), null=True, blank=True)
    last_failed = models.DateField(_("last failed"), null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days failed"), default=0)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_days=0, first_failed__isnull=True)
                | Q(failed_days__gt=0, first_failed__isnull=False),
                name="linkcheck_first_failed_valid",
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        return self.failed_days >= settings.LINK_CHECK_FAILURES

    def again_in(self, days: int) -> None:
        self.next_at = timezone.now() + timedelta(days=days)
