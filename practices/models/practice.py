"""Good practices: what worked in one region and may work in another."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organisation
from practices.analysis.evidence import Grade
from practices.languages import LANGUAGES
from practices.stages import STAGES_OF, Stage, stage_for
from programmes.models import Programme
from projects.models import Project
from regions.models import Region
from regions.queries.placing import Placer
from regions.text import fold
from sources.curation import Curated, Dated, PublishableQuerySet
from sources.slugs import unique_slug
from strategies.models import Domain, Theme

# In words, for readers and reviewers.
STAGES = [
    (Stage.DRAFT.value, _("draft")),
    (Stage.COMPLETENESS.value, _("in review: completeness")),
    (Stage.CHANGES_ASKED.value, _("changes asked for")),
    (Stage.SUBSTANCE.value, _("in review: substance")),
    (Stage.APPROVED.value, _("approved")),
    (Stage.SCHEDULED.value, _("scheduled")),
    (Stage.PUBLISHED.value, _("published")),
    (Stage.REVISION_ASKED.value, _("published, revision asked for")),
    (Stage.REVISING.value, _("published, being revised")),
    (Stage.DECLINED.value, _("declined")),
    (Stage.WITHDRAWN.value, _("withdrawn")),
    (Stage.ARCHIVED.value, _("archived")),
]
GRADES = [
    (Grade.COMPARED.value, _("measured with comparison")),
    (Grade.MEASURED.value, _("measured")),
    (Grade.DOCUMENTED.value, _("documented")),
    (Grade.CLAIMED.value, _("claimed")),
]
# Pages beside those of single practices: none may be called like one of them.
PAGES = frozenset(
    {"files", "invitation", "mine", "review", "share", "transfer", "work"}
)
# Where the words of a search are looked for.
SEARCHED = (
    "title",
    "summary",
    "description",
    "organisation_name",
    "project_name",
    "resources_needed",
    "evidence_of_success",
    "difficulties",
    "not_worked",
    "transfer_potential",
    "preconditions",
)


class GoodPracticeQuerySet(PublishableQuerySet["GoodPractice"]):
    def at_stage(self, *stages: str) -> Self:
        return self.filter(stage__in=stages)

    def written_by(self, user: Any) -> Self:
        """Those a person is lead or co-author of."""
        return self.filter(authorships__user=user)

    def ripe(self) -> Self:
        """Scheduled texts whose time has come; of published practices too."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=timezone.now())

    def due(self) -> Self:
        """None: ``sources.checks`` may not publish a practice.

        That takes a version and notices, which ``practices.services`` write; what is
        ripe is published there, every minute.
        """
        return self.none()


def _stages_of_states() -> Q:
    """Each state with its stages, in an order that migrations can compare."""
    allowed = Q()
    for state, stages in STAGES_OF.items():
        allowed |= Q(state=state, stage__in=sorted(stage.value for stage in stages))
    return allowed


class GoodPractice(Curated, Dated):
    """A practice in the words of those who know it.

    The columns hold what readers see, or what they will see first. Once it is
    published, a new text waits as a ``WorkingCopy`` until it is published in turn.

    ``organisation_name`` and ``project_name`` are as the source gives them; the
    links beside them are null where they name no single body or no project held
    here. ``regions`` are regions of today, ``nuts_codes`` (with ``nuts_version``)
    the codes as given. ``is_mapping_draft``: the domains follow from the themes, and
    no curator has looked at them yet. ``revision`` counts every change of text or
    stage: whoever saves says which one they saw. Money is in EUR.
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
    programme = models.ForeignKey(
        Programme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("programme"),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=LANGUAGES, default="en"
    )
    status = models.CharField(_("status"), max_length=100, blank=True)
    cost_eur = models.DecimalField(
        _("cost (EUR)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_note = models.CharField(_("what the cost covers"), max_length=500, blank=True)
    resources_needed = models.TextField(_("cost and resources"), blank=True)
    evidence_of_success = models.TextField(_("evidence of success"), blank=True)
    difficulties = models.TextField(_("difficulties"), blank=True)
    not_worked = models.TextField(_("what did not work"), blank=True)
    is_failure = models.BooleanField(_("told as a failure"), default=False)
    transfer_potential = models.TextField(_("potential for transfer"), blank=True)
    preconditions = models.TextField(_("preconditions"), blank=True)
    contact_office = models.CharField(
        _("contact office"), max_length=250, blank=True, help_text=_("No person.")
    )
    detail = models.CharField(
        _("detail"), max_length=5, choices=Detail, default=Detail.FULL
    )

    stage = models.CharField(
        _("stage"),
        max_length=14,
        choices=STAGES,
        default=Stage.DRAFT,
        db_index=True,
        editable=False,
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    is_first_post = models.BooleanField(
        _("first of its author"), default=False, editable=False
    )
    is_qa_public = models.BooleanField(_("answers are public"), default=False)
    evidence_grade = models.CharField(
        _("evidence"), max_length=10, choices=GRADES, blank=True, editable=False
    )
    grade_cap = models.CharField(
        _("evidence lowered to"), max_length=10, choices=GRADES, blank=True
    )
    grade_note = models.CharField(
        _("why the evidence was lowered"), max_length=500, blank=True
    )
    confirmed_at = models.DateField(
        _("last confirmed"), null=True, blank=True, editable=False
    )
    is_lapsed = models.BooleanField(
        _("not re-confirmed"), default=False, editable=False
    )
    search_text = models.TextField(default="", editable=False)

    objects = GoodPracticeQuerySet.as_manager()
    history = HistoricalRecords(
        m2m_fields=[regions, themes, domains],
        excluded_fields=["revision", "edited_at", "edited_by", "search_text"],
    )

    class Meta(Curated.Meta):
        ordering = ["title"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            *Curated.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=_stages_of_states(), name="goodpractice_stage_valid"
            ),
            models.CheckConstraint(
                condition=Q(cost_eur__isnull=True) | Q(cost_eur__gte=0),
                name="goodpractice_cost_eur_valid",
            ),
            models.CheckConstraint(
                condition=~Q(stage="scheduled") | Q(publish_at__isnull=False),
                name="goodpractice_scheduled_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(GoodPractice, self.title, reserved=PAGES)
        self.stage = stage_for(self.state, self.stage)
        self.search_text = fold(" ".join(getattr(self, name) for name in SEARCHED))

    def get_absolute_url(self) -> str:
        return reverse("practices:detail", args=[self.slug])

    @property
    def public_project(self) -> Project | None:
        """The project, unless readers may not see it yet."""
        return self.project if self.project and self.project.is_public else None

    @property
    def public_organisation(self) -> Organisation | None:
        found = self.organisation
        return found if found and found.is_public else None

    @property
    def public_programme(self) -> Programme | None:
        return self.programme if self.programme and self.programme.is_public else None

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
