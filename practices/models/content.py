"""What a practice is made of besides its columns: evidence and attachments."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models.practice import GoodPractice
from sources.curation import Publication

FIGURES = "/api/v1/figures/"
FOLDER = "practices"  # of the files of attachments, below the media


class EvidenceItem(models.Model):
    """One piece of evidence: what was measured or written down, and by whom.

    ``indicator_slug`` names an indicator of the portal, ``figure`` the address of one
    of its figures (``/api/v1/figures/...``); both are kept as text, since they are
    looked up when shown and may be renamed. ``comparison`` says what the result is
    held against: a control group, other regions, the trend of before.
    """

    class Kind(models.TextChoices):
        FIGURE = "figure", _("a measured figure")
        DOCUMENT = "document", _("a report or evaluation")
        STATEMENT = "statement", _("a statement")

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="evidence_items"
    )
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(
        _("kind"), max_length=9, choices=Kind, default=Kind.STATEMENT
    )
    indicator = models.CharField(_("what is shown"), max_length=250, blank=True)
    indicator_slug = models.CharField(
        _("indicator of the portal"), max_length=100, blank=True
    )
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    baseline_value = models.FloatField(_("value before"), null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(
        _("year before"), null=True, blank=True
    )
    result_value = models.FloatField(_("value after"), null=True, blank=True)
    result_year = models.PositiveSmallIntegerField(
        _("year after"), null=True, blank=True
    )
    comparison = models.CharField(_("compared with"), max_length=500, blank=True)
    source_title = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    figure = models.CharField(_("figure of the portal"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(figure="") | Q(figure__startswith=FIGURES),
                name="evidenceitem_figure_valid",
            ),
            models.CheckConstraint(
                condition=Q(baseline_year__isnull=True)
                | Q(result_year__isnull=True)
                | Q(result_year__gte=F("baseline_year")),
                name="evidenceitem_years_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator or self.note or self.get_kind_display()


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def public(self) -> Self:
        """Those of the published text, found clean."""
        return self.filter(
            is_published=True,
            scan=Attachment.Scan.CLEAN,
            practice__state=Publication.PUBLISHED,
        )

    def current(self) -> Self:
        """Those of the text in work."""
        return self.filter(is_current=True)


def attachment_path(attachment: "Attachment", _name: str) -> str:
    """By content, never by the name a stranger gave."""
    return f"{FOLDER}/{attachment.digest[:2]}/{attachment.digest}{attachment.suffix}"


def smaller_path(attachment: "Attachment", width: int) -> str:
    """Of a narrower copy of an image."""
    path = attachment_path(attachment, "").removesuffix(attachment.suffix)
    return f"{path}-{width}{attachment.suffix}"


class Attachment(models.Model):
    """An image or document, cleaned; its name is only shown, never used as a path.

    ``is_current``: part of the text in work; ``is_published``: part of the published
    one. A published attachment is never changed: another takes its place. ``digest``
    is the SHA-256 of the bytes as kept, ``size`` their number.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("image")
        DOCUMENT = "document", _("document")

    class Scan(models.TextChoices):
        WAITING = "waiting", _("not yet scanned")
        CLEAN = "clean", _("nothing found")
        INFECTED = "infected", _("refused")

    practice = models.ForeignKey(
        GoodPractice, models.CASCADE, related_name="attachments"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    suffix = models.CharField(max_length=10)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt = models.CharField(_("text alternative"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    scan = models.CharField(_("scan"), max_length=8, choices=Scan, default=Scan.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    is_published = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    added_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="image", is_published=True) | ~Q(alt=""),
                name="attachment_alt_valid",
            )
        ]

    def __str__(self) -> str:
        return self.name
