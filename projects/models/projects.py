"""Cooperation projects."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programmes.models import (
    Call,
    InterventionType,
    Programme,
    ProgrammePriority,
    ProgrammeTheme,
)
from projects.territory import within
from regions.models import Region
from regions.text import fold
from sources.curation import Curated, Dated, Publication, PublishableQuerySet
from sources.slugs import unique_slug
from strategies.models import Domain, Theme


class ProjectQuerySet(PublishableQuerySet["Project"]):
    def with_partner_in(self, region: Region) -> Self:
        """Those with a public partner in the region, or in a part of it."""
        return self.filter(
            within(region, "partners__"), partners__state=Publication.PUBLISHED
        ).distinct()


class Project(Curated, Dated):
    """A cooperation project as its programme lists it.

    Budgets are EUR and null where not known. The ``…_stated`` counts are what the
    programme says; the partners held here may be fewer (``has_all_partners``).
    ``gaps`` lists in words what was looked for and not found. ``is_mapping_draft``:
    the domains follow from the themes, and no curator has looked at them yet.
    """

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    acronym = models.CharField(_("acronym"), max_length=60)
    also_known_as = models.CharField(_("also known as"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=250, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="projects", verbose_name=_("programme")
    )
    call = models.ForeignKey(
        Call,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("call"),
    )
    programme_number = models.CharField(
        _("number in the programme"), max_length=40, blank=True
    )
    ivc_priority = models.ForeignKey(
        ProgrammePriority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("programme priority"),
    )
    ivc_theme = models.ForeignKey(
        ProgrammeTheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("programme theme"),
    )
    intervention_type = models.ForeignKey(
        InterventionType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("type of intervention"),
    )
    is_mini_programme = models.BooleanField(_("mini-programme"), null=True, blank=True)
    dates_note = models.TextField(_("note on the dates"), blank=True)
    duration_months = models.PositiveSmallIntegerField(
        _("months"), null=True, blank=True
    )
    total_budget = models.DecimalField(
        _("total budget, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_budget_approximate = models.BooleanField(
        _("budget is approximate"), default=False
    )
    erdf_budget = models.DecimalField(
        _("ERDF, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    partners_stated = models.PositiveSmallIntegerField(
        _("partners"), null=True, blank=True
    )
    regions_stated = models.PositiveSmallIntegerField(
        _("regions"), null=True, blank=True
    )
    countries_stated = models.PositiveSmallIntegerField(
        _("countries"), null=True, blank=True
    )
    has_all_partners = models.BooleanField(
        _("partner list is complete"), null=True, blank=True
    )
    partners_note = models.TextField(_("note on the partners"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    objectives = models.JSONField(_("objectives"), default=list, blank=True)
    methods = models.JSONField(_("methods"), default=list, blank=True)
    results = models.JSONField(_("results"), default=list, blank=True)
    follow_up = models.TextField(_("what followed"), blank=True)
    recognition = models.TextField(_("recognition"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    website_status = models.CharField(
        _("state of the website"), max_length=200, blank=True
    )
    contact_office = models.CharField(_("contact office"), max_length=250, blank=True)
    gaps = models.JSONField(_("what was not found"), default=list, blank=True)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="projects", verbose_name=_("themes")
    )
    domains = models.ManyToManyField(
        Domain, blank=True, related_name="projects", verbose_name=_("domains")
    )
    is_mapping_draft = models.BooleanField(_("domains are a draft"), default=True)
    successors = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )

    # Folded words of the texts that searches look into; follows from them.
    search_text = models.TextField(default="", editable=False)

    objects = ProjectQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[themes, domains], excluded_fields=["search_text"]
    )

    class Meta(Curated.Meta):
        ordering = ["acronym", "id"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [
            models.Index(fields=["start"], name="project_start_idx"),
            models.Index(fields=["total_budget"], name="project_total_budget_idx"),
        ]
        constraints = [
            *Curated.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "acronym"], name="project_programme_acronym_unique"
            ),
            models.CheckConstraint(
                condition=Q(total_budget__isnull=True)
                | Q(erdf_budget__isnull=True)
                | Q(total_budget__gte=F("erdf_budget")),
                name="project_erdf_budget_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.acronym

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(Project, self.acronym)
        texts = (
            self.acronym,
            self.also_known_as,
            self.name,
            self.programme_number,
            self.summary,
        )
        self.search_text = fold(" ".join(texts))

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.slug])

    def publish_parts(self) -> None:
        """Partners that have no check of their own to wait for."""
        for partner in self.partners.unchecked_drafts():
            partner.state = Publication.PUBLISHED
            partner.is_verified = True
            partner.save()

    def adopt(self, field: str, value: Any) -> None:
        """Dates come as text ("2012-03"), themes and types by their names."""
        match field:
            case "start":
                self.set_start(value)
            case "end":
                self.set_end(value)
            case "ivc_theme":
                self.ivc_theme = ProgrammeTheme.objects.get(
                    priority__programme=self.programme_id, name=value
                )
            case "intervention_type":
                self.intervention_type = InterventionType.objects.get(
                    programme=self.programme_id, name=value
                )
            case _:
                super().adopt(field, value)
