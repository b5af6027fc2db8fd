"""What every curated record shares: publication, doubt, references, origin.

Abstract models only; references and checks themselves are in ``sources.evidence``.

A column of a record holds only what is confirmed. What a source says without proof
waits as a ``FieldCheck`` beside the record: no page, filter, count or download can
show it by mistake. A whole record in doubt is a draft.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.dates import Precision, parse_end, parse_start, partial_text
from sources.evidence import FieldCheck, Reference


class Publication(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class Origin(models.TextChoices):
    FACT_BOOK = "fact_book", _("fact book")
    IMPORT = "import", _("import")
    PORTAL = "portal", _("portal")


Record = TypeVar("Record", bound="Publishable")


class PublishableQuerySet(models.QuerySet[Record]):
    """``PARENTS`` names the foreign keys whose records must be public as well."""

    PARENTS: ClassVar[tuple[str, ...]] = ()

    def public(self) -> Self:
        """What readers may see; use it for every page, count, filter and download."""
        wanted = Q(state=Publication.PUBLISHED)
        for parent in self.PARENTS:
            wanted &= Q(**{f"{parent}__state": Publication.PUBLISHED})
        return self.filter(wanted)

    def waiting(self) -> Self:
        """Drafts and records in review: the curators' queue."""
        return self.filter(state__in=[Publication.DRAFT, Publication.IN_REVIEW])

    def unchecked_drafts(self) -> Self:
        """Drafts that nobody asked to check; of curated records only."""
        asked = FieldCheck.objects.open().filter(
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=models.OuterRef("pk"),
            field="",
        )
        return self.filter(~models.Exists(asked), state=Publication.DRAFT)

    def due(self) -> Self:
        """Scheduled records whose time has come."""
        return self.filter(state=Publication.SCHEDULED, publish_at__lte=timezone.now())


class Publishable(models.Model):
    """A record, or a part of one, that readers see only once it is published."""

    state = models.CharField(
        _("state"),
        max_length=9,
        choices=Publication,
        default=Publication.DRAFT,
        db_index=True,
    )
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
                name="%(class)s_publish_at_valid",
            )
        ]

    @property
    def is_public(self) -> bool:
        """Whether this row is published; its parents have a state of their own."""
        return self.state == Publication.PUBLISHED


class Curated(Publishable):
    """A record people keep right: where it comes from, and how sure it is.

    ``is_verified``: a page that supports the record was read. ``uncertain_fields``
    names the fields whose value waits for a check, so that pages can say "not
    confirmed" without asking for the checks. ``loaded_key`` and ``loaded_digest`` are
    the key and the content of the starter entry last loaded: the record is found
    again even when it was renamed. One changed after ``loaded_at`` was edited here
    and is never overwritten by the starter.
    """

    # What finds a record again when it is loaded or imported a second time.
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("slug",)

    is_verified = models.BooleanField(_("verified"), default=False)
    uncertain_fields = models.JSONField(
        _("fields not confirmed"), default=list, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    origin = models.CharField(
        _("origin"), max_length=9, choices=Origin, default=Origin.PORTAL
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    loaded_key = models.CharField(
        max_length=250, blank=True, editable=False, db_index=True
    )
    loaded_at = models.DateTimeField(null=True, blank=True, editable=False)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    references = models.ManyToManyField(
        Reference,
        blank=True,
        related_name="%(app_label)s_%(class)s_set",
        verbose_name=_("references"),
    )
    checks = GenericRelation(FieldCheck, related_query_name="%(class)s")

    class Meta(Publishable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the record since the starter loaded it."""
        return self.loaded_at is None or self.updated_at > self.loaded_at

    def prepare(self) -> None:
        """Fill columns that follow from others; writers in bulk call it themselves."""

    @property
    def has_stages(self) -> bool:
        """Whether a review of its own decides about publication: a ``stage`` tells."""
        return hasattr(self, "stage")

    def publish_parts(self) -> None:
        """Publish the parts that were drafts only because this record was one."""

    def adopt(self, field: str, value: Any) -> None:
        """Take over a confirmed value; relations are adopted by the models' own."""
        setattr(self, field, self._meta.get_field(field).to_python(value))  # type: ignore[union-attr]


class Dated(models.Model):
    """From when to when, each as exact as its source: a day, a month or a year.

    ``start`` is the first day that the source may mean, ``end`` the last.
    """

    PRECISIONS = [
        (Precision.YEAR, _("year")),
        (Precision.MONTH, _("month")),
        (Precision.DAY, _("day")),
    ]

    start = models.DateField(_("start"), null=True, blank=True)
    start_precision = models.CharField(
        _("start is exact to the"), max_length=5, choices=PRECISIONS, default="day"
    )
    end = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(
        _("end is exact to the"), max_length=5, choices=PRECISIONS, default="day"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(end__isnull=True)
                | Q(end__gte=models.F("start")),
                name="%(class)s_end_valid",
            )
        ]

    @property
    def start_text(self) -> str:
        """Such as 2012, 2012-03 or 2012-03-11; "" when not known."""
        return partial_text(self.start, self.start_precision)

    @property
    def end_text(self) -> str:
        return partial_text(self.end, self.end_precision)

    def set_start(self, text: str) -> None:
        self.start, self.start_precision = parse_start(text)

    def set_end(self, text: str) -> None:
        self.end, self.end_precision = parse_end(text)
