"""Help without a grant: platforms, peer reviews, networks, data tools."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from programmes.models.programmes import PolicyArea
from sources.curation import Curated, Dated, PublishableQuerySet
from sources.slugs import unique_slug


class SupportActivity(Curated, Dated):
    """What supports regions in their strategy without being a funding programme.

    ``kind`` is the plain word by which it is grouped: platform, peer review, advice,
    network, data tool.
    """

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    name = models.CharField(_("name"), max_length=150, unique=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    provider = models.CharField(_("organisation"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=60, db_index=True)
    policy_areas = models.ManyToManyField(
        PolicyArea, blank=True, related_name="support", verbose_name=_("policy areas")
    )
    description = models.TextField(_("description"))
    url = models.URLField(_("website"), max_length=500, blank=True)

    objects = PublishableQuerySet["SupportActivity"].as_manager()
    history = HistoricalRecords(m2m_fields=[policy_areas])

    class Meta(Curated.Meta):
        ordering = ["name"]
        verbose_name = _("support activity")
        verbose_name_plural = _("support activities")
        constraints = [*Curated.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(SupportActivity, self.name)

    def get_absolute_url(self) -> str:
        return reverse("programmes:support", args=[self.slug])
