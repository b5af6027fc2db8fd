"""The indicators cut from the cube, or computed from two others."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.choices import ConversionKind, ConversionWeight
from indicators.models.cube import Dataflow


class Indicator(models.Model):
    """A named slice of a dataflow, or a ratio of two other indicators.

    Curated in ``indicators/definitions/*.yaml`` and synchronised from there.
    """

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        NEUTRAL = "neutral", _("neither is better")

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    question = models.CharField(_("question"), max_length=200)
    theme = models.CharField(_("theme"), max_length=60)
    definition = models.TextField(_("definition"))
    why_it_matters = models.TextField(_("why it matters"))
    caution = models.TextField(_("read with care"), blank=True)
    unit = models.CharField(_("unit"), max_length=80)
    unit_short = models.CharField(_("short unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_headline = models.BooleanField(_("key figure"), default=False)
    dataflow = models.ForeignKey(
        Dataflow, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    slice_key = models.CharField(_("slice"), max_length=255, blank=True)
    numerator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    denominator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    conversion = models.CharField(
        _("conversion between NUTS versions"),
        max_length=5,
        choices=ConversionKind,
        default=ConversionKind.NONE,
    )
    weight = models.CharField(
        _("weight of the conversion"),
        max_length=10,
        choices=ConversionWeight,
        default=ConversionWeight.POPULATION,
    )
    factor = models.FloatField(_("factor"), default=1.0)
    formula = models.CharField(_("formula"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(
                # Cut from one dataflow, or computed from two indicators; never both.
                condition=Q(
                    dataflow__isnull=False,
                    numerator__isnull=True,
                    denominator__isnull=True,
                )
                | Q(
                    dataflow__isnull=True,
                    slice_key="",
                    numerator__isnull=False,
                    denominator__isnull=False,
                ),
                name="indicator_origin_valid",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:detail", args=[self.slug])

    @property
    def is_derived(self) -> bool:
        return self.dataflow_id is None
