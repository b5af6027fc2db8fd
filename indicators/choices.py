"""How an indicator's values go from one NUTS version to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConversionKind(models.TextChoices):
    """A ratio of two indicators is not converted itself: its parts are."""

    COUNT = "count", _("a count: split and added up")
    RATE = "rate", _("a rate: averaged")
    PARTS = "parts", _("through the two parts of the ratio")
    NONE = "none", _("not converted")


class ConversionWeight(models.TextChoices):
    """What says how much of a region lies in another."""

    POPULATION = "population", _("population")
    AREA = "area", _("area")
