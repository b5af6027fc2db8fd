"""The data cube: dataflow, slice, reference area, series, vintage."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from indicators.fields import FlagsField, SeriesArrayField
from indicators.periods import FREQUENCIES, format_period
from regions.models import Region
from sources.models import IngestRun, Source


class Dataflow(models.Model):
    """A published dataset. ``code`` is the publisher's own, in lower case.

    ``dimensions`` are the ids of all dimensions but the geo and time ones, in key
    order; empty until the first load.
    """

    # The moment whose facts it tells, where that is not now (``describe_as_of``).
    told_as_of: datetime | None = None

    agency = models.CharField(_("agency"), max_length=20)
    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=400, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="dataflows", verbose_name=_("source")
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    dimensions = models.JSONField(_("dimensions"), default=list, blank=True)
    nuts_version = models.PositiveSmallIntegerField(
        _("prevailing NUTS version"), null=True, blank=True
    )
    source_updated = models.DateTimeField(_("source release"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    # How it is fetched: a fetcher of sources.registry, and what only that one reads.
    fetcher = models.CharField(_("fetcher"), max_length=40, blank=True)
    address = models.URLField(_("file address"), max_length=500, blank=True)
    options = models.JSONField(_("options of the fetcher"), default=dict, blank=True)
    release_every = models.PositiveSmallIntegerField(
        _("days between releases"), null=True, blank=True
    )
    # The publisher has closed it: no further release is to be missed.
    is_discontinued = models.BooleanField(_("no longer updated"), default=False)
    first_period = models.CharField(_("first period"), max_length=10, blank=True)
    last_period = models.CharField(_("last period"), max_length=10, blank=True)

    class Meta:
        ordering = ["agency", "code"]
        verbose_name = _("dataflow")
        verbose_name_plural = _("dataflows")
        permissions = [("upload_observations", _("Can upload observations"))]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], name="dataflow_agency_code_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}:{self.code}"

    @property
    def target(self) -> str:
        """How ingest runs name this dataflow."""
        return f"{self.agency}:{self.code}"


class Slice(models.Model):
    """All dimensions of a dataflow fixed but geo and time; ``key`` joins their codes.

    "A.TOTAL.PC_GDP" for dimensions freq, sectperf, unit. An indicator is one.
    """

    dataflow = models.ForeignKey(Dataflow, models.CASCADE, related_name="slices")
    key = models.CharField(_("key"), max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataflow", "key"], name="slice_dataflow_key_unique"
            )
        ]

    def __str__(self) -> str:
        return self.key


class ReferenceArea(models.Model):
    """A geo code as one dataflow publishes it, and the region it means.

    The same code is another region in another NUTS version, so the meaning
    belongs to the dataflow. Only ``region`` kinds have territory; aggregates,
    extra-regio and codes from before NUTS 2010 are kept apart by ``kind``.
    """

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        BELOW_LEVEL_2 = "below_level_2", _("below NUTS 2")
        EXTRA_REGIO = "extra_regio", _("extra-regio")
        AGGREGATE = "aggregate", _("aggregate")
        EARLIER = "earlier", _("NUTS code before 2010")
        COUNTRY = "country", _("territory outside NUTS")

    dataflow = models.ForeignKey(Dataflow, models.CASCADE, related_name="areas")
    code = models.CharField(_("code as published"), max_length=20)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="areas"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataflow", "code"], name="referencearea_dataflow_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind="region", region__isnull=False)
                | (~Q(kind="region") & Q(region__isnull=True)),
                name="referencearea_region_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Series(models.Model):
    """One combination of all dimension codes, geo included.

    Its foreign keys and those of its vintages are not checked row by row by the
    database, which took longer than the load; ``indicators.integrity`` checks them.
    """

    slice = models.ForeignKey(
        Slice, models.CASCADE, related_name="series", db_constraint=False,
        db_index=False,  # the unique key begins with it
    )  # fmt: skip
    area = models.ForeignKey(
        ReferenceArea, models.CASCADE, related_name="series", db_constraint=False
    )

    class Meta:
        verbose_name_plural = _("series")
        constraints = [
            models.UniqueConstraint(
                fields=["slice", "area"], name="series_slice_area_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.slice}.{self.area}"


class VintageQuerySet(models.QuerySet["Vintage"]):
    def current(self) -> Self:
        return self.filter(valid_to__isnull=True)

    def held(self, moment: datetime | None) -> Self:
        """What the portal held at a moment; None: what it holds now."""
        if moment is None:
            return self.current()
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=moment), valid_from__lte=moment
        )


class Vintage(models.Model):
    """A series' observations as the portal held them from one run to another.

    Arrays run over consecutive periods from ``start`` (an ordinal, see
    ``indicators.periods``). A value is None where the publisher gives none;
    ``statuses`` and ``confidentiality`` are null when every item would be "".
    Current: ``valid_to`` is null, at most one for a series. ``text_digest`` is of the
    series as it was written, where that text alone says what is held.
    """

    series = models.ForeignKey(
        Series, models.CASCADE, related_name="vintages", db_constraint=False
    )
    opened_by = models.ForeignKey(
        IngestRun, models.PROTECT, related_name="opened", db_constraint=False
    )
    closed_by = models.ForeignKey(
        IngestRun, models.PROTECT, null=True, blank=True, related_name="closed",
        db_constraint=False, db_index=False,  # indexed below, where it is not null
    )  # fmt: skip
    valid_from = models.DateTimeField(_("held from"))
    valid_to = models.DateTimeField(_("held to"), null=True, blank=True)
    frequency = models.CharField(
        _("frequency"), max_length=1, choices=list(FREQUENCIES.items())
    )
    start = models.IntegerField(_("first period"))
    values = SeriesArrayField(_("values"), item="float")
    statuses = FlagsField(_("statuses"), null=True, blank=True)
    confidentiality = FlagsField(_("confidentiality"), null=True, blank=True)
    digest = models.BigIntegerField(_("digest of the content"))
    text_digest = models.BigIntegerField(
        _("digest of the source text"), null=True, blank=True
    )

    objects = VintageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["closed_by"],
                condition=Q(closed_by__isnull=False),
                name="vintage_closed_by_idx",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(valid_to__isnull=True),
                name="vintage_current_unique",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, closed_by__isnull=True)
                | Q(
                    valid_to__isnull=False,
                    valid_to__gte=models.F("valid_from"),
                    closed_by__isnull=False,
                ),
                name="vintage_valid_to_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {format_period(self.frequency, self.start)}"
