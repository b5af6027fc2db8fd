"""Organisations: partners of projects, owners of practices, places of work."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.names import normalised_name, split_acronym
from regions.countries import country_name
from regions.models import Region
from sources.curation import Curated, PublishableQuerySet
from sources.slugs import unique_slug


class OrganisationQuerySet(PublishableQuerySet["Organisation"]):
    def standing(self) -> "OrganisationQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, name: str, country: str) -> "OrganisationQuerySet":
        """Those of that name, however it is written, in that country."""
        return self.filter(normalised_name=normalised_name(name), country=country)


class Organisation(Curated):
    """A body that takes part in projects or keeps a practice; never a person.

    ``country`` is the NUTS code (EL, UK), "" where not known. ``region`` is the
    region of today; ``nuts_code`` with ``nuts_version`` is the code as it was given,
    which may be redrawn since. A duplicate is never deleted: it points to the one it
    was merged into, so that the merge can be undone.
    """

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("public authority")
        AGENCY = "agency", _("development or innovation agency")
        UNIVERSITY = "university", _("university or college")
        RESEARCH = "research", _("research organisation")
        CLUSTER = "cluster", _("cluster or network")
        BUSINESS = "business", _("business")
        OTHER = "other", _("other")

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    name = models.CharField(_("name"), max_length=250)
    name_local = models.CharField(
        _("name in its own language"), max_length=250, blank=True
    )
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("region"),
    )
    nuts_code = models.CharField(_("NUTS code as given"), max_length=5, blank=True)
    nuts_version = models.PositiveSmallIntegerField(
        _("NUTS version as given"), null=True, blank=True
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    normalised_name = models.CharField(max_length=250, editable=False, db_index=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Curated.Meta):
        ordering = ["name", "id"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            *Curated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="organisation_merged_into_valid",
            ),
            models.CheckConstraint(
                condition=Q(nuts_code="") | Q(nuts_version__isnull=False),
                name="organisation_nuts_version_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})" if self.country else self.name

    def prepare(self) -> None:
        self.normalised_name = normalised_name(self.name)
        self.acronym = self.acronym or split_acronym(self.name)[1]
        if not self.slug:
            self.slug = unique_slug(Organisation, self.name)

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.slug])

    @property
    def country_name(self) -> str:
        return country_name(self.country)
