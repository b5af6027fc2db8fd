"""What the portal tells a person, in the portal and by e-mail."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NONE = "none", _("never")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def not_mailed(self, delivery: str) -> Self:
        """Those whose mail is still to be sent."""
        return self.filter(delivery=delivery, mailed_at__isnull=True)

    def read(self) -> int:
        """Mark them as read; the number that had not been."""
        return self.unread().update(read_at=timezone.now())


class Notice(models.Model):
    """One message to one person; it stays in the inbox whether it is mailed or not.

    ``kind`` is a name of ``accounts.notice_kinds``. ``delivery`` is how the person
    wanted that kind when the notice was made. ``mailed_at`` is set before the mail is
    sent and taken back when sending fails: no mail goes out twice. ``key`` names what
    the notice is about, so that telling of it again makes no second one; "" for none.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    kind = models.SlugField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=500, blank=True)
    key = models.CharField(max_length=120, blank=True, editable=False)
    delivery = models.CharField(_("by e-mail"), max_length=7, choices=Delivery)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_inbox"),
            # The header of every page of a person counts these.
            models.Index(
                fields=["user"],
                condition=Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["delivery", "created_at"],
                condition=Q(mailed_at__isnull=True),
                name="notice_not_mailed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~Q(key=""), name="notice_key_unique"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class NoticePreference(models.Model):
    """How one person wants one kind by e-mail, where it is not the kind's default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.SlugField(_("kind"), max_length=40)
    delivery = models.CharField(_("by e-mail"), max_length=7, choices=Delivery)

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="noticepreference_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"
