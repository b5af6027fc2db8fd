"""What a project made, and the meetings it held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models.projects import Project
from sources.curation import Dated, Publishable, PublishableQuerySet


class OfProjectQuerySet(PublishableQuerySet[Publishable]):
    PARENTS = ("project",)


class ProjectOutput(Publishable):
    """Something a project left behind; ``kind`` is a plain word or empty."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="outputs", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = OfProjectQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["project", "position"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")

    def __str__(self) -> str:
        return self.text


class ProjectEvent(Publishable, Dated):
    """A meeting of a project; ``end`` is null for a single day."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="events", verbose_name=_("project")
    )
    title = models.CharField(_("title"), max_length=250)
    place = models.CharField(_("place"), max_length=120, blank=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta(Publishable.Meta):
        ordering = ["project", "start"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [*Publishable.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.title
