"""Who watches what, and up to when they have been told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from watches.models.webhooks import Endpoint


class Watch(models.Model):
    """One person follows one thing; ``watches.subjects`` knows what a key stands for.

    ``label`` is the thing's name when the watch was made, for the case that the thing
    is gone. Of what happened up to ``told_until`` the person knows. ``found`` are the
    keys of the records that a search found then, None where it found too many to be
    held and for what is no search.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        THEME = "theme", _("domain")
        INDICATOR = "indicator", _("indicator")
        SEARCH = "search", _("search")
        PRACTICE = "practice", _("good practice")

    class Frequency(models.TextChoices):
        DAILY = "daily", _("at most once a day")
        WEEKLY = "weekly", _("at most once a week")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    key = models.CharField(_("key"), max_length=600)
    label = models.CharField(_("name"), max_length=300)
    frequency = models.CharField(
        _("how often"), max_length=6, choices=Frequency, default=Frequency.WEEKLY
    )
    is_mailed = models.BooleanField(_("by e-mail"), default=True)
    endpoint = models.ForeignKey(
        Endpoint,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="watches",
        verbose_name=_("by webhook"),
    )
    found = models.JSONField(null=True, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    told_until = models.DateTimeField(_("told until"), default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "key"], name="watch_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["region", "theme", "indicator", "search", "practice"]
                ),
                name="watch_kind_valid",
            ),
            models.CheckConstraint(
                condition=models.Q(frequency__in=["daily", "weekly"]),
                name="watch_frequency_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"
