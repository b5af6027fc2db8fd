"""Who took part in a project."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from projects.models.projects import Project
from projects.territory import within
from regions.countries import country_name
from regions.models import Region
from regions.text import fold
from sources.curation import Curated, PublishableQuerySet


class PartnerQuerySet(PublishableQuerySet["Partner"]):
    PARENTS = ("project",)

    def leads(self) -> Self:
        return self.filter(is_lead=True)

    def in_territory(self, region: Region) -> Self:
        """In the region itself or a part of it; a country takes in all its partners."""
        return self.filter(within(region))


class Partner(Curated):
    """One seat in a project: an organisation, or only the place where it was named.

    ``name`` is what the project's sources call it ("Region of Tuscany", or "Poland"
    when no more is known); ``organisation`` is null until somebody knows which body
    it is. ``country`` is the NUTS code. ``region`` is the region of today, and
    ``nuts_code`` with ``nuts_version`` the code as given. Budgets are EUR.
    """

    NATURAL_KEY = ("project_id", "name")

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="partners", verbose_name=_("project")
    )
    name = models.CharField(_("as the project names it"), max_length=250)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("organisation"),
    )
    is_lead = models.BooleanField(_("lead partner"), default=False)
    role = models.CharField(_("role"), max_length=80, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        verbose_name=_("region"),
    )
    nuts_code = models.CharField(_("NUTS code as given"), max_length=5, blank=True)
    nuts_version = models.PositiveSmallIntegerField(
        _("NUTS version as given"), null=True, blank=True
    )
    total_budget = models.DecimalField(
        _("budget, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    erdf_budget = models.DecimalField(
        _("ERDF, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    # The name and the town, folded for searches; follows from them.
    search_text = models.CharField(max_length=400, default="", editable=False)

    objects = PartnerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text"])

    class Meta(Curated.Meta):
        ordering = ["project", "-is_lead", "position", "id"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            *Curated.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "name"], name="partner_project_name_unique"
            ),
            models.UniqueConstraint(
                fields=["project", "organisation"],
                condition=Q(organisation__isnull=False),
                name="partner_project_organisation_unique",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(is_lead=True),
                name="partner_lead_unique",
            ),
            models.CheckConstraint(
                condition=Q(nuts_code="") | Q(nuts_version__isnull=False),
                name="partner_nuts_version_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        # Folding may lengthen a text ("ß"), and a column has its limit.
        self.search_text = fold(f"{self.name} {self.town}")[:400]

    @property
    def is_named(self) -> bool:
        """Whether the body is known, and not only where it sits."""
        return self.organisation_id is not None

    @property
    def country_name(self) -> str:
        return country_name(self.country)
