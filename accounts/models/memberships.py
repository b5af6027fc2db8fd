"""Who says they work where; a right only once a curator confirmed it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def waiting(self) -> Self:
        return self.filter(state=Membership.State.ASKED)


class Membership(models.Model):
    """A person's organisation, as they named it.

    Nobody may do anything because they asked: confirming makes a ``Scope`` of the
    role contributor, and that is the right.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a curator")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="membership_unique"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | Q(state__in=["confirmed", "declined"], decided_at__isnull=False),
                name="membership_decided_at_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"
