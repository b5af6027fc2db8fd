"""Territory: regions of the NUTS versions, how codes changed, where to draw them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet["Region"]):
    def at_level(self, level: int) -> Self:
        """0 is countries, 1 and 2 the NUTS levels below."""
        return self.filter(level=level)

    def in_version(self, version: int) -> Self:
        """Regions of the NUTS classification published in that year."""
        return self.filter(version=version)

    def current(self) -> Self:
        """Regions of the version the portal shows."""
        return self.in_version(settings.NUTS_VERSION)

    def in_country(self, country: str) -> Self:
        """Everything of one country, the country itself included."""
        return self.filter(country=country)

    def in_eu(self) -> Self:
        """Regions of states that were EU members when their version applied."""
        return self.filter(bloc=Region.Bloc.EU)


class Region(models.Model):
    """A unit of one NUTS version; codes are redrawn, so a code alone is no key.

    ``country`` is the NUTS country code: Greece is EL, the United Kingdom UK. The
    parent is not always the code less its last character (UKN10 lies in UKN0).
    ``search_text`` holds code and names, folded by ``regions.text.fold``.
    """

    class Bloc(models.TextChoices):
        EU = "EU", _("European Union")
        EFTA = "EFTA", _("EFTA")
        CC = "CC", _("candidates and potential candidates")
        UK = "UK", _("United Kingdom")

    version = models.PositiveSmallIntegerField(_("NUTS version"))
    code = models.CharField(_("code"), max_length=5)
    level = models.PositiveSmallIntegerField(_("level"))
    country = models.CharField(_("country"), max_length=2)
    name = models.CharField(_("name"), max_length=120)
    name_native = models.CharField(_("name in native script"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    bloc = models.CharField(_("bloc"), max_length=4, choices=Bloc)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    search_text = models.CharField(max_length=300, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["-version", "code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        indexes = [
            models.Index(fields=["version", "level", "code"], name="region_level_idx"),
            models.Index(fields=["code"], name="region_code_idx"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="region_version_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(level__lte=3, level=Length("code") - 2),
                name="region_level_valid",
            ),
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True, code=F("country"))
                | Q(level__gt=0, parent__isnull=False),
                name="region_parent_valid",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                # A check that comes out null passes, so both must be said to be there.
                | Q(
                    lon__isnull=False,
                    lat__isnull=False,
                    lon__range=(-180, 180),
                    lat__range=(-90, 90),
                ),
                name="region_point_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("regions:detail", args=[self.code])


class RegionChange(models.Model):
    """What became of a code from one NUTS version to the next.

    One row per pair of codes; codes without a row are unchanged. ``code_old`` is
    empty for a new region, ``code_new`` for a discontinued one. Shares (0 to 1) say
    how much of the old region went into the new one, and how much of the new region
    came from the old one; null where nobody measured.
    """

    class Kind(models.TextChoices):
        RECODED = "recoded", _("same territory, new code")
        RENAMED = "renamed", _("same code, new name")
        BOUNDARY_SHIFT = "boundary_shift", _("boundary shift")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        SPLIT_MERGED = "split_merged", _("split and merged")
        NEW = "new", _("new")
        DISCONTINUED = "discontinued", _("discontinued")

    from_version = models.PositiveSmallIntegerField(_("from version"))
    to_version = models.PositiveSmallIntegerField(_("to version"))
    level = models.PositiveSmallIntegerField(_("level"))
    code_old = models.CharField(_("old code"), max_length=5, blank=True)
    code_new = models.CharField(_("new code"), max_length=5, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    area_share_of_old = models.FloatField(_("share of area"), null=True, blank=True)
    pop_share_of_old = models.FloatField(
        _("share of population"), null=True, blank=True
    )
    area_share_of_new = models.FloatField(
        _("share of the new area"), null=True, blank=True
    )
    pop_share_of_new = models.FloatField(
        _("share of the new population"), null=True, blank=True
    )

    class Meta:
        ordering = ["from_version", "level", "code_old", "code_new"]
        verbose_name = _("code change")
        verbose_name_plural = _("code changes")
        constraints = [
            models.UniqueConstraint(
                fields=["from_version", "to_version", "code_old", "code_new"],
                name="regionchange_codes_unique",
            ),
            models.CheckConstraint(
                condition=Q(to_version__gt=F("from_version")),
                name="regionchange_versions_valid",
            ),
            models.CheckConstraint(
                condition=Q(kind="new", code_old="") & ~Q(code_new="")
                | Q(kind="discontinued", code_new="") & ~Q(code_old="")
                | ~Q(kind__in=["new", "discontinued"])
                & ~Q(code_old="")
                & ~Q(code_new=""),
                name="regionchange_kind_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code_old or '?'} → {self.code_new or '?'} ({self.to_version})"


class Correspondence(models.Model):
    """The region of another version that is the same territory as ``source``.

    Derived from the regions and their changes by ``services.rebuild_correspondences``;
    every region corresponds to itself. No row means that no such region exists:
    territory that was split or merged is never joined, nor is a code that came back
    for another territory.
    """

    class Relation(models.TextChoices):
        SAME = "same", _("same territory")
        SHIFTED = "shifted", _("nearly the same territory")

    source = models.ForeignKey(Region, models.CASCADE, related_name="targets")
    target = models.ForeignKey(Region, models.CASCADE, related_name="sources")
    relation = models.CharField(_("relation"), max_length=7, choices=Relation)

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondences")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target"], name="correspondence_pair_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id} ({self.relation})"


class MapCell(models.Model):
    """Where a region stands in a schematic map that needs no boundaries.

    ``tile``: x and y are column and row of a 35 x 28 grid, top left is 0, 0.
    ``dorling``: centre and radius in a frame of 1000 x 1000, y downwards.
    """

    class Layout(models.TextChoices):
        TILE = "tile", _("tile grid")
        DORLING = "dorling", _("circles")

    region = models.ForeignKey(Region, models.CASCADE, related_name="cells")
    layout = models.CharField(_("layout"), max_length=7, choices=Layout)
    x = models.FloatField(_("x"))
    y = models.FloatField(_("y"))
    r = models.FloatField(_("radius"), null=True, blank=True)
    inset = models.BooleanField(_("not at its true place"), default=False)

    class Meta:
        verbose_name = _("map cell")
        verbose_name_plural = _("map cells")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "layout"], name="mapcell_region_layout_unique"
            ),
            models.CheckConstraint(
                condition=Q(layout="tile", r__isnull=True)
                | Q(layout="dorling", r__isnull=False, r__gt=0),
                name="mapcell_r_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.layout} ({self.x}, {self.y})"


class Boundary(models.Model):
    """The outline of a region at one scale, as the operator loaded it.

    ``rings``: closed rings of [x, y] in kilometres, EPSG:3035, x to the east and y to
    the north, simplified so that neighbours still share their border. Outer rings
    run counter-clockwise, holes clockwise: both fill rules draw them right.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="boundaries")
    scale = models.CharField(_("scale"), max_length=4)
    rings = models.JSONField(_("rings"))
    note = models.CharField(_("source"), max_length=200)
    loaded_at = models.DateTimeField(_("loaded"))

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "scale"], name="boundary_region_scale_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.scale}"
