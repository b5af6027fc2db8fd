"""What was imported, by whom, and what it takes to undo it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models import Snapshot


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)


class ImportBatch(models.Model):
    """One file on its way into the catalogue.

    ``options`` are those of the form: ``targets`` (what each heading means),
    ``formats`` (dates, numbers, lists), ``fixed`` values, ``empties`` and
    ``publish``. ``preview`` is what was shown (counts, samples, errors, and of each
    row the digest of what it would overwrite); ``errors`` are those of the rows that
    confirming left out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        LOADED = "loaded", _("loaded")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("undone")

    kind = models.CharField(_("kind"), max_length=20)
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING
    )
    file_name = models.CharField(_("file"), max_length=255)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="import_batches",
        verbose_name=_("by"),
    )
    options = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("left out"), default=0)
    started_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name

    @property
    def reason(self) -> str:
        """What the history of each record says."""
        return f"import {self.file_name}"[:100]


class ImportedRow(models.Model):
    """One record that a batch wrote.

    ``before`` are the texts of the changed columns as they were; empty for a new
    record. ``history_id`` is the record's history row that the batch wrote: a later
    one means that somebody edited it since. ``kept`` says why undoing left it.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    kind = models.CharField(_("kind"), max_length=20)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(_("record"), max_length=300)
    is_new = models.BooleanField(_("new"))
    history_id = models.PositiveBigIntegerField(null=True)
    before = models.JSONField(default=dict)
    is_undone = models.BooleanField(_("undone"), default=False)
    kept = models.CharField(_("kept because"), max_length=300, blank=True)

    class Meta:
        ordering = ["batch", "number", "pk"]
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return self.label


class SavedMapping(models.Model):
    """Columns of foreign sheets as a curator matched them, to be used again.

    ``definition`` has the form of the files in ``exchange/mappings``.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    definition = models.JSONField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self) -> str:
        return self.name
