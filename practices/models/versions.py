"""The text in work beside a published practice, and the texts published so far."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice


class WorkingCopy(models.Model):
    """The new text of a published practice, until it is published in turn.

    ``content`` is a whole content in the form of ``practices.content``.
    """

    practice = models.OneToOneField(
        GoodPractice, models.CASCADE, related_name="working_copy"
    )
    content = models.JSONField()
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text in work")
        verbose_name_plural = _("texts in work")

    def __str__(self) -> str:
        return f"{self.practice_id}"


class PublishedVersion(models.Model):
    """What readers saw from a moment on; written once, never changed.

    ``content`` is in the form of ``practices.content``; ``names`` gives the name of
    each key in it at that time ("region": {"ES21@2024": "..."}); ``attachments`` are
    name, kind, digest, alt and caption. No person is in it. ``changed`` names the
    fields that differ from the version before.
    """

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    content = models.JSONField()
    names = models.JSONField(default=dict)
    attachments = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    note = models.CharField(_("what changed"), max_length=500, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "number"], name="publishedversion_number_unique"
            )
        ]

    def __str__(self) -> str:
        return _("version %(number)d") % {"number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a published version is never changed")
        super().save(*args, **kwargs)


class StateChange(models.Model):
    """One line of the story: who did what, when, from which stage to which.

    ``role`` is the part the person played; ``who`` is lost with the account, the
    line stays.
    """

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="story")
    action = models.CharField(_("what"), max_length=20)
    from_stage = models.CharField(_("from"), max_length=14, blank=True)
    to_stage = models.CharField(_("to"), max_length=14)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    role = models.CharField(_("as"), max_length=12)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("step")
        verbose_name_plural = _("story")

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.action}"
