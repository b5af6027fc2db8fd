"""Funding programmes: what they are, what they followed, who may apply."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from regions.models import Region
from sources.curation import (
    Curated,
    Publishable,
    PublishableQuerySet,
)
from sources.slugs import unique_slug


class Period(models.TextChoices):
    """The EU's budget periods, by which programmes are found."""

    P2007 = "2007-2013", "2007\u20132013"
    P2014 = "2014-2020", "2014\u20132020"
    P2021 = "2021-2027", "2021\u20132027"


class PolicyArea(models.Model):
    """One of the six areas by which programmes and support are found."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("policy area")
        verbose_name_plural = _("policy areas")

    def __str__(self) -> str:
        return self.name


class ProgrammeQuerySet(PublishableQuerySet["Programme"]):
    def in_period(self, period: str) -> Self:
        return self.filter(period=period)

    def open_to(self, region: Region) -> Self:
        """Those whose eligible area takes in the region or its country.

        Programmes without a recorded area are left out: not known is not yes.
        """
        inside = Q(areas__country=region.country) & (
            Q(areas__region__isnull=True) | Q(areas__region=region)
        )
        return self.filter(inside).distinct()


class Programme(Curated):
    """A funding programme in one budget period; ERDF 2014-2020 is one of three.

    ``budget`` is in EUR billion at current prices, as exact as ``budget_precision``
    says; ``budget_2018_prices`` where the source has constant prices. ``period`` is
    the budget period it belongs to, ``first_year`` and ``last_year`` when it ran.
    """

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    acronym = models.CharField(_("acronym"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    period = models.CharField(_("period"), max_length=9, choices=Period)
    first_year = models.PositiveSmallIntegerField(_("from"))
    last_year = models.PositiveSmallIntegerField(_("to"))
    policy_areas = models.ManyToManyField(
        PolicyArea,
        blank=True,
        related_name="programmes",
        verbose_name=_("policy areas"),
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    strand = models.CharField(
        _("strand"), max_length=120, blank=True, help_text=_("of the one it is part of")
    )
    budget = models.DecimalField(
        _("budget, EUR billion"), max_digits=9, decimal_places=4, null=True, blank=True
    )
    budget_precision = models.CharField(
        _("how exact the budget is"), max_length=250, blank=True
    )
    budget_2018_prices = models.DecimalField(
        _("budget at 2018 prices, EUR billion"),
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
    )
    managing_body = models.CharField(_("managing body"), max_length=250, blank=True)
    secretariat = models.CharField(_("secretariat"), max_length=250, blank=True)
    who_can_apply = models.TextField(_("who can apply"), blank=True)
    eligible_area = models.CharField(_("eligible area"), max_length=250, blank=True)
    funding_type = models.CharField(_("type of funding"), max_length=120, blank=True)
    objective = models.TextField(_("objective"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=250, blank=True)
    legal_basis_url = models.URLField(_("legal act"), max_length=500, blank=True)
    url = models.URLField(_("website"), max_length=500, blank=True)
    website_status = models.CharField(
        _("state of the website"), max_length=200, blank=True
    )
    calls_stated = models.PositiveIntegerField(_("calls"), null=True, blank=True)
    projects_stated = models.PositiveIntegerField(_("projects"), null=True, blank=True)
    partners_stated = models.PositiveIntegerField(_("partners"), null=True, blank=True)
    follows = models.ManyToManyField(
        "self",
        through="Succession",
        symmetrical=False,
        related_name="followed_by",
        verbose_name=_("follows"),
    )

    objects = ProgrammeQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[policy_areas])

    class Meta(Curated.Meta):
        ordering = ["period", "acronym"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *Curated.Meta.constraints,
            models.UniqueConstraint(
                fields=["acronym", "period"], name="programme_acronym_period_unique"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="programme_last_year_valid",
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="programme_part_of_valid",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                name="programme_budget_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acronym} {self.get_period_display()}"

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(Programme, f"{self.acronym} {self.period}")

    def get_absolute_url(self) -> str:
        return reverse("programmes:detail", args=[self.slug])


class SuccessionQuerySet(PublishableQuerySet["Succession"]):
    PARENTS = ("before", "after")


class Succession(Publishable):
    """What took over a programme's task; ``note`` says which part of it."""

    before = models.ForeignKey(Programme, models.CASCADE, related_name="successions")
    after = models.ForeignKey(Programme, models.CASCADE, related_name="precursors")
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["before", "after"]
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["before", "after"], name="succession_pair_unique"
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="succession_pair_valid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class EligibleArea(models.Model):
    """A country, or one region of it, whose bodies may apply to a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="areas")
    country = models.CharField(_("country"), max_length=2)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["programme", "country"]
        verbose_name = _("eligible area")
        verbose_name_plural = _("eligible areas")
        indexes = [models.Index(fields=["country"], name="eligiblearea_country_idx")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "country"],
                condition=Q(region__isnull=True),
                name="eligiblearea_country_unique",
            ),
            models.UniqueConstraint(
                fields=["programme", "region"],
                condition=Q(region__isnull=False),
                name="eligiblearea_region_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.region_id or self.country}"
