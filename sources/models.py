"""Sources, snapshots and ingest runs: the provenance of every fact."""

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.evidence import FieldCheck, Reference
from sources.reports import ErrorReport

__all__ = ["ErrorReport", "FieldCheck", "IngestRun", "Reference", "Snapshot", "Source"]


class Source(models.Model):
    """A publisher of facts, with the licence it publishes under."""

    code = models.SlugField(_("code"), unique=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=200)
    licence_url = models.URLField(_("licence text"), blank=True)
    attribution = models.TextField(_("how to cite"), blank=True)

    class Meta:
        ordering = ["publisher"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.publisher


class Snapshot(models.Model):
    """Bytes as retrieved, kept once under their SHA-256 digest."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    name = models.CharField(_("file name"), max_length=255)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved"), default=timezone.now)
    # What the publisher's server said of this version, to ask whether it changed.
    etag = models.CharField(_("ETag"), max_length=200, blank=True)
    last_modified = models.CharField(_("Last-Modified"), max_length=60, blank=True)

    class Meta:
        ordering = ["-retrieved_at"]
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="snapshot_sha256_valid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"

    @property
    def path(self) -> Path:
        """The file under ``SNAPSHOT_DIR``; two-letter folders keep listings short."""
        folder: Path = settings.SNAPSHOT_DIR
        return folder / self.sha256[:2] / self.sha256


class IngestRunQuerySet(models.QuerySet["IngestRun"]):
    def finished_well(self) -> Self:
        return self.filter(state=IngestRun.State.LOADED)

    def good(self) -> Self:
        """What is held is what the publisher had: loaded, or nothing to load."""
        return self.filter(
            state__in=(IngestRun.State.LOADED, IngestRun.State.UNCHANGED)
        )

    def held_by(self, run: "IngestRun") -> Self:
        """The run's own row, as long as its worker holds the lease."""
        return self.filter(pk=run.pk, worker=run.worker, state=IngestRun.State.RUNNING)


class IngestRun(models.Model):
    """The loading of one thing, from the wish to the end; the row is the truth.

    ``target`` names what is loaded (``ESTAT:tgs00042``, ``gisco-nuts``); ``fetcher``
    and ``code`` say how to get it again. A running run holds a lease on its target,
    renewed by its worker: at most one runs for a target, and one whose lease ran out
    has lost its worker. Counts are in the target's own rows: series for data, regions
    for boundaries.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        LOADED = "loaded", _("loaded")
        UNCHANGED = "unchanged", _("checked, unchanged")
        CHECKED = "checked", _("dry run")
        HELD = "held", _("waits for a person")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    target = models.CharField(_("target"), max_length=200, db_index=True)
    fetcher = models.CharField(_("fetcher"), max_length=40, blank=True)
    code = models.CharField(_("code"), max_length=120, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.QUEUED
    )
    asked_by = models.CharField(_("asked by"), max_length=150, blank=True)
    request_id = models.CharField(_("request id"), max_length=64, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("lease ends"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    stage_started_at = models.DateTimeField(_("stage began"), null=True, blank=True)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), default=0)
    is_cancel_asked = models.BooleanField(_("cancellation asked"), default=False)
    # A person's yes to what a sanity rule stopped.
    is_confirmed = models.BooleanField(_("confirmed by a person"), default=False)
    # When its message last went to the broker, which may lose it.
    dispatched_at = models.DateTimeField(_("dispatched"), null=True, blank=True)
    # A digest of what went wrong, so that people hear of the same thing once.
    fault = models.CharField(_("fault"), max_length=64, blank=True)
    is_mail_due = models.BooleanField(_("mail due"), default=False)
    notified_at = models.DateTimeField(_("people told"), null=True, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="runs"
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    source_updated = models.DateTimeField(_("source release"), null=True, blank=True)
    read = models.PositiveBigIntegerField(_("read"), default=0)
    new = models.PositiveBigIntegerField(_("new"), default=0)
    revised = models.PositiveBigIntegerField(_("revised"), default=0)
    unchanged = models.PositiveBigIntegerField(_("unchanged"), default=0)
    retired = models.PositiveBigIntegerField(_("retired"), default=0)
    rejected = models.PositiveBigIntegerField(_("rejected"), default=0)
    observations = models.PositiveBigIntegerField(_("observations read"), default=0)
    message = models.TextField(_("message"), blank=True)
    rejections = models.JSONField(_("rejected rows"), default=list, blank=True)

    objects = IngestRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = _("ingest run")
        verbose_name_plural = _("ingest runs")
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(finished_at__gte=models.F("started_at")),
                name="ingestrun_finished_at_valid",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(state="running"),
                name="ingestrun_running_unique",
            ),
        ]
        indexes = [
            # Asked by almost every page: whether what it keeps is still right.
            models.Index(
                fields=["target", "finished_at"],
                condition=Q(state="loaded"),
                name="ingestrun_loaded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("sources:run", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Queued or running: its end is still to come."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)


class RunEvent(models.Model):
    """A sentence of a run's story; only ever added, so that no writer loses another's.

    Texts are English, as the messages of runs are.
    """

    run = models.ForeignKey(IngestRun, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.TextField(_("what happened"))
    # Apart from the text, which everybody may read.
    who = models.CharField(_("who asked for it"), max_length=150, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("event of a run")
        verbose_name_plural = _("events of runs")

    def __str__(self) -> str:
        return self.text
