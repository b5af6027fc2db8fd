"""Good practices: what worked in one region and may work in another."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from projects.models import Project
from regions.models import Region
from regions.queries.placing import Placer
from sources.curation import Curated, Dated, PublishableQuerySet
from sources.slugs import unique_slug
from strategies.models import Domain, Theme


class GoodPracticeQuerySet(PublishableQuerySet["GoodPractice"]):
    pass


class GoodPractice(Curated, Dated):
    """A practice in the words of those who know it.

    ``organisation_name`` and ``project_name`` are as the source gives them; the
    links beside them are null where they name no single body or no project held
    here. ``regions`` are regions of today, ``nuts_codes`` (with ``nuts_version``)
    the codes as given. ``is_mapping_draft``: the domains follow from the themes, and
    no curator has looked at them yet.
    """

    class Detail(models.TextChoices):
        FULL = "full", _("description, evidence and context")
        SHORT = "short", _("a few lines only")

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    title = models.CharField(_("title"), max_length=200, unique=True)
    summary = models.TextField(_("summary"), blank=True)
    description = models.TextField(_("description"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("organisation"),
    )
    organisation_name = models.CharField(
        _("organisation as given"), max_length=250, blank=True
    )
    project = models.ForeignKey(
        Project,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("project"),
    )
    project_name = models.CharField(_("project as given"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    regions = models.ManyToManyField(
        Region, blank=True, related_name="practices", verbose_name=_("regions")
    )
    nuts_codes = models.JSONField(_("NUTS codes as given"), default=list, blank=True)
    nuts_version = models.PositiveSmallIntegerField(
        _("NUTS version as given"), null=True, blank=True
    )
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="practices", verbose_name=_("themes")
    )
    domains = models.ManyToManyField(
        Domain, blank=True, related_name="practices", verbose_name=_("domains")
    )
    is_mapping_draft = models.BooleanField(_("domains are a draft"), default=True)
    status = models.CharField(_("status"), max_length=100, blank=True)
    resources_needed = models.TextField(_("cost and resources"), blank=True)
    evidence_of_success = models.TextField(_("evidence of success"), blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    transfer_potential = models.TextField(_("potential for transfer"), blank=True)
    detail = models.CharField(
        _("detail"), max_length=5, choices=Detail, default=Detail.FULL
    )

    objects = GoodPracticeQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[regions, themes, domains])

    class Meta(Curated.Meta):
        ordering = ["title"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [*Curated.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(GoodPractice, self.title)

    def get_absolute_url(self) -> str:
        return reverse("practices:detail", args=[self.slug])

    @property
    def public_project(self) -> Project | None:
        """The project, unless readers may not see it yet."""
        return self.project if self.project and self.project.is_public else None

    def adopt(self, field: str, value: Any) -> None:
        """Dates come as text ("2020-09"), ``regions`` as a list of NUTS codes."""
        match field:
            case "start":
                self.set_start(value)
            case "end":
                self.set_end(value)
            case "regions":
                self.nuts_codes = value
                self.regions.set(Placer.load().places(value, self.nuts_version))
            case _:
                super().adopt(field, value)
