"""Strategies of regions and countries, and the priorities they name."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from regions.models import Region
from regions.text import fold
from sources.curation import Curated, Publication, PublishableQuerySet
from sources.slugs import unique_slug
from strategies.models.domains import Domain


class StrategyQuerySet(PublishableQuerySet["Strategy"]):
    def for_region(self, region: Region) -> Self:
        """The region's own, and those of a wider area that say they cover it."""
        return self.filter(Q(region=region) | Q(covers=region)).distinct()


class Strategy(Curated):
    """A smart specialisation strategy: who declares it, and for which years.

    ``region`` is today's region of level 0 to 2; where the strategy is one of a
    smaller area, ``nuts_code`` (with ``nuts_version``) and ``area_name`` say which.
    ``covers`` lists regions of level 2 inside a wider area. ``is_partial``: not all
    of its priorities were found.
    """

    slug = models.SlugField(_("address"), max_length=90, unique=True, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="strategies",
        verbose_name=_("region"),
    )
    nuts_code = models.CharField(_("NUTS code as given"), max_length=5)
    nuts_version = models.PositiveSmallIntegerField(_("NUTS version as given"))
    area_name = models.CharField(_("area"), max_length=120)
    title = models.CharField(_("title"), max_length=250, blank=True)
    first_year = models.PositiveSmallIntegerField(_("from"))
    last_year = models.PositiveSmallIntegerField(_("to"))
    period = models.CharField(_("period"), max_length=30)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("address of the strategy"), max_length=500, blank=True)
    is_partial = models.BooleanField(
        _("list of priorities is incomplete"), default=False
    )
    covers = models.ManyToManyField(
        Region, blank=True, related_name="covering_strategies", verbose_name=_("covers")
    )

    # Folded words of the texts that searches look into; follows from them.
    search_text = models.TextField(default="", editable=False)

    objects = StrategyQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[covers], excluded_fields=["search_text"])

    class Meta(Curated.Meta):
        ordering = ["nuts_code", "-first_year"]
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints = [
            *Curated.Meta.constraints,
            models.UniqueConstraint(
                fields=["nuts_version", "nuts_code", "period"],
                name="strategy_area_period_unique",
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="strategy_last_year_valid",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.area_name}, {self.period}"

    def prepare(self) -> None:
        if not self.slug:
            self.slug = unique_slug(Strategy, f"{self.nuts_code} {self.period}")
        texts = (self.area_name, self.nuts_code, self.title, self.description)
        self.search_text = fold(" ".join(texts))

    def get_absolute_url(self) -> str:
        return reverse("strategies:detail", args=[self.slug])

    def publish_parts(self) -> None:
        """Priorities that have no check of their own to wait for."""
        for priority in self.priorities.unchecked_drafts():
            priority.state = Publication.PUBLISHED
            priority.is_verified = True
            priority.save()


class PriorityQuerySet(PublishableQuerySet["Priority"]):
    PARENTS = ("strategy",)

    def tagged(self, domain: Domain) -> Self:
        """Tagged with the domain, or with a finer one below it."""
        return self.filter(Q(domains=domain) | Q(domains__parent=domain)).distinct()

    def for_region(self, region: Region) -> Self:
        """Of strategies of the region itself."""
        return self.filter(strategy__region=region)


class Priority(Curated):
    """One field in which a region wants to excel, in the strategy's own order.

    ``is_mapping_draft``: the domains were given by keyword, and no curator has
    looked at them yet; pages say so.
    """

    NATURAL_KEY = ("strategy_id", "name")

    strategy = models.ForeignKey(
        Strategy, models.CASCADE, related_name="priorities", verbose_name=_("strategy")
    )
    name = models.CharField(_("name"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    domains = models.ManyToManyField(
        Domain, blank=True, related_name="priorities", verbose_name=_("domains")
    )
    is_mapping_draft = models.BooleanField(_("domains are a draft"), default=True)

    # Folded words of name and description; follows from them.
    search_text = models.TextField(default="", editable=False)

    objects = PriorityQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[domains], excluded_fields=["search_text"])

    class Meta(Curated.Meta):
        ordering = ["strategy", "position", "id"]
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        constraints = [
            *Curated.Meta.constraints,
            models.UniqueConstraint(
                fields=["strategy", "name"], name="priority_strategy_name_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def prepare(self) -> None:
        self.search_text = fold(f"{self.name} {self.description}")

    def get_absolute_url(self) -> str:
        return reverse("strategies:priority", args=[self.pk])
