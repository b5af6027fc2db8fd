"""What a curated record rests on, and what of it is still to be checked."""

from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reference(models.Model):
    """A page or document that a record rests on; shared by all that cite it.

    Without an address it names what cannot be linked. ``note`` says how far it was
    read ("not opened"); empty means that it was read and supports the record.
    """

    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("address"), max_length=500, blank=True)
    note = models.CharField(_("how it was read"), max_length=300, blank=True)

    class Meta:
        ordering = ["title", "url"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(
                fields=["url", "title", "note"], name="reference_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title


class FieldCheckQuerySet(models.QuerySet["FieldCheck"]):
    def open(self) -> Self:
        """What a curator still has to decide."""
        return self.filter(state=FieldCheck.State.OPEN)

    def of(self, record: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class FieldCheck(models.Model):
    """One thing to be checked: a field's value in waiting, or a whole draft.

    ``field`` is empty when the whole record is in doubt. ``value`` is JSON in the
    form that the record's ``adopt`` takes; it gets into the record's column only
    when a curator confirms it (``sources.checks``).
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be checked")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=60, blank=True)
    value = models.JSONField(_("value in waiting"), null=True, blank=True)
    reason = models.TextField(_("what is to be checked"))
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.OPEN
    )
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    objects = FieldCheckQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field"],
                condition=Q(state="open"),
                name="fieldcheck_open_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="fieldcheck_decided_at_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.name} {self.object_id}: {self.field or self.reason}"
