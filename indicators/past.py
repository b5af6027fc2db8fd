"""What the portal said of a dataflow in the past."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from sources.models import IngestRun

if TYPE_CHECKING:
    from indicators.models import Dataflow

# What a load says of its dataflow. Its name and its dimensions are no news.
FACTS = (
    "edition", "note", "source_updated", "fetched_at", "first_period", "last_period",
    "nuts_version",
)  # fmt: skip


class DataflowState(models.Model):
    """What was said of a dataflow until a run changed it.

    Every run that loads leaves one, so that a question about the past is told the
    release of then, and a run rolled back gives it back. ``areas`` are the regions
    that codes meant, region ids by area id, where the run gave them another meaning.
    """

    dataflow = models.ForeignKey(
        "indicators.Dataflow", models.CASCADE, related_name="past"
    )
    run = models.OneToOneField(
        IngestRun, models.CASCADE, related_name="dataflow_before"
    )
    valid_to = models.DateTimeField(_("true until"))
    edition = models.CharField(_("edition"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    source_updated = models.DateTimeField(_("source release"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    first_period = models.CharField(_("first period"), max_length=10, blank=True)
    last_period = models.CharField(_("last period"), max_length=10, blank=True)
    nuts_version = models.PositiveSmallIntegerField(
        _("prevailing NUTS version"), null=True, blank=True
    )
    areas = models.JSONField(_("regions meant"), default=dict, blank=True)

    class Meta:
        ordering = ["dataflow", "valid_to"]
        verbose_name = _("earlier state of a dataflow")
        verbose_name_plural = _("earlier states of dataflows")
        permissions = [("roll_back", "Can roll back a run")]
        indexes = [
            models.Index(
                fields=["dataflow", "valid_to"], name="dataflowstate_valid_to_idx"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataflow} until {self.valid_to:%Y-%m-%d %H:%M}"

    def give_back(self, dataflow: "Dataflow") -> None:
        """Put the facts on the dataflow, without saving it."""
        for name in FACTS:
            setattr(dataflow, name, getattr(self, name))


class NothingHeld(Http404):
    """A question about a moment before the portal held anything."""


def describe_as_of(dataflows: Iterable["Dataflow"], moment: datetime) -> None:
    """Let the dataflows say what they said then; one query. They must not be saved."""
    flows = list(dataflows)
    later = DataflowState.objects.filter(
        dataflow__in={flow.pk for flow in flows}, valid_to__gt=moment
    ).order_by("dataflow", "-valid_to")
    # The last one of each stays: the first that was still true at the moment.
    states = {state.dataflow_id: state for state in later}
    for flow in flows:
        flow.told_as_of = moment
        if flow.pk in states:
            states[flow.pk].give_back(flow)
