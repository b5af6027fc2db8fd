"""Who writes a practice."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice


class Authorship(models.Model):
    """A person who may edit a practice; one of them leads and submits."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead author")
        CO_AUTHOR = "co_author", _("co-author")

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="authorships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="authorships"
    )
    role = models.CharField(_("role"), max_length=9, choices=Role)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since", "id"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"], name="authorship_unique"
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(role="lead"),
                name="authorship_lead_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor run out."""
        return self.filter(accepted_at__isnull=True, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A co-author asked by e-mail; of the token only its SHA-256 is kept."""

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email
