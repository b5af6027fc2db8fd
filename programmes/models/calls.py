"""What a programme is made of: calls, priorities with themes, kinds of projects."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programmes.models.programmes import Programme
from sources.curation import Curated, Publishable, PublishableQuerySet


class CallQuerySet(PublishableQuerySet["Call"]):
    PARENTS = ("programme",)

    def open(self, on: date | None = None) -> Self:
        """Open on that day (today); a call without a closing date is not open."""
        day = on or timezone.localdate()
        return self.filter(Q(opens__isnull=True) | Q(opens__lte=day), closes__gte=day)

    def upcoming(self, on: date | None = None) -> Self:
        return self.filter(opens__gt=on or timezone.localdate())

    def open_first(self) -> Self:
        """Nearest deadline first, then the ones that closed, latest first."""
        is_open = Q(closes__gte=timezone.localdate())
        order = models.Case(
            models.When(is_open, then=0), default=1, output_field=models.IntegerField()
        )
        nearest = models.Case(models.When(is_open, then=F("closes")))
        return self.order_by(
            order, nearest.asc(nulls_last=True), F("closes").desc(nulls_last=True), "id"
        )


class Call(Curated):
    """A call for proposals. Dates and ``budget`` (EUR) are null where not known."""

    NATURAL_KEY = ("programme_id", "code")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="calls", verbose_name=_("programme")
    )
    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=250)
    opens = models.DateField(_("opens"), null=True, blank=True)
    closes = models.DateField(_("closes"), null=True, blank=True)
    budget = models.DecimalField(
        _("budget, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    projects_approved = models.PositiveIntegerField(
        _("projects approved"), null=True, blank=True
    )

    objects = CallQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Curated.Meta):
        ordering = ["programme", "code"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [models.Index(fields=["closes"], name="call_closes_idx")]
        constraints = [
            *Curated.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "code"], name="call_programme_code_unique"
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True)
                | Q(closes__isnull=True)
                | Q(closes__gte=F("opens")),
                name="call_closes_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.acronym}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:call", args=[self.programme.slug, self.code])

    @property
    def is_open(self) -> bool:
        today = timezone.localdate()
        return (
            self.closes is not None
            and self.closes >= today
            and (self.opens is None or self.opens <= today)
        )


class OfProgrammeQuerySet(PublishableQuerySet[Publishable]):
    PARENTS = ("programme",)


class ProgrammePriority(Publishable):
    """A programme's own priority ("Innovation and the knowledge economy").

    Not a priority of a smart specialisation strategy: those are in ``strategies``.
    """

    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        related_name="priorities",
        verbose_name=_("programme"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=150)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["programme", "number"]
        verbose_name = _("programme priority")
        verbose_name_plural = _("programme priorities")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "number"], name="programmepriority_number_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class ProgrammeThemeQuerySet(PublishableQuerySet["ProgrammeTheme"]):
    PARENTS = ("priority",)


class ProgrammeTheme(Publishable):
    """A theme under a programme's priority, which INTERREG IVC calls a sub-theme."""

    priority = models.ForeignKey(
        ProgrammePriority, models.CASCADE, related_name="themes"
    )
    name = models.CharField(_("name"), max_length=150)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ProgrammeThemeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["priority", "position"]
        verbose_name = _("programme theme")
        verbose_name_plural = _("programme themes")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["priority", "name"], name="programmetheme_name_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InterventionType(Publishable):
    """A kind of project that a programme funds, and what it is for."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="intervention_types"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["programme", "number"]
        verbose_name = _("type of intervention")
        verbose_name_plural = _("types of intervention")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "name"], name="interventiontype_name_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeFact(Publishable):
    """One thing known of a programme that has no field: a heading and a sentence."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="facts")
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["programme", "position"]
        verbose_name = _("fact about a programme")
        verbose_name_plural = _("facts about programmes")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "heading"], name="programmefact_heading_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.heading
