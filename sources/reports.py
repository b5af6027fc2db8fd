"""What readers report as wrong, and what became of it."""

from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> Self:
        """What a curator still has to answer."""
        return self.filter(state__in=ErrorReport.UNDECIDED)

    def corrections(self) -> Self:
        """What the public log of corrections shows, the newest first."""
        accepted = self.filter(state=ErrorReport.State.ACCEPTED)
        return accepted.exclude(public_note="").order_by("-decided_at", "-id")

    def of(self, record: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class ErrorReport(models.Model):
    """A reader's word that something is wrong, as a ticket for curators.

    Without a record it is about the portal as a whole. ``label`` and ``address`` are
    those of the record when it was reported. ``message`` and ``contact`` are never
    shown to the public; ``public_note`` is, once the report is accepted.
    ``resolution`` is the curators' own note.
    """

    class State(models.TextChoices):
        OPEN = "open", _("new")
        IN_HAND = "in_hand", _("in hand")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    UNDECIDED = (State.OPEN, State.IN_HAND)

    content_type = models.ForeignKey(
        ContentType, models.CASCADE, null=True, blank=True, verbose_name=_("kind")
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    label = models.CharField(_("about"), max_length=250, blank=True)
    address = models.CharField(_("page"), max_length=500, blank=True)
    field = models.CharField(_("what is wrong"), max_length=120, blank=True)
    message = models.TextField(_("message"))
    contact = models.EmailField(_("e-mail of the reader"), blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.OPEN, db_index=True
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    resolution = models.TextField(_("what was decided"), blank=True)
    public_note = models.TextField(_("public note"), blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        indexes = [
            models.Index(
                fields=["content_type", "object_id"], name="errorreport_record_idx"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "in_hand"], decided_at__isnull=True)
                | Q(state__in=["accepted", "declined"], decided_at__isnull=False),
                name="errorreport_decided_at_valid",
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="errorreport_record_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.label or _('the portal')}"
