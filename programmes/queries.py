"""Programmes with what pages, files and the API show of them; public records only."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet, Value
from django.db.models.functions import Concat

from programmes.calls import listed_calls
from programmes.eligibility import open_to
from programmes.models import (
    InterventionType,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
    Succession,
    SupportActivity,
)
from regions.models import Region


def listed_programmes() -> QuerySet[Programme]:
    """Public programmes with what a list shows; a constant number of statements.

    ``seen_after`` and ``seen_before`` are the public successions.
    """
    links = Succession.objects.public().select_related("before", "after")
    return (
        Programme.objects.public()
        .annotate(whole_label=Concat("part_of__acronym", Value(" "), "part_of__period"))
        .select_related("part_of")
        .prefetch_related(
            "policy_areas",
            Prefetch("successions", links, to_attr="seen_after"),
            Prefetch("precursors", links, to_attr="seen_before"),
        )
    )


def found_programmes(query: Mapping[str, Any]) -> QuerySet[Programme]:
    """The programmes that a list starts from: all, or those open to the region."""
    programmes = listed_programmes()
    if not query.get("region"):
        return programmes
    region = Region.objects.current().get(code=query["region"])
    return programmes.filter(open_to(region))


def whole_programmes() -> QuerySet[Programme]:
    """Public programmes with all that the page of one shows, projects apart."""
    themes = ProgrammeTheme.objects.public()
    priorities = ProgrammePriority.objects.public().prefetch_related(
        Prefetch("themes", themes, to_attr="seen_themes")
    )
    return listed_programmes().prefetch_related(
        Prefetch("parts", Programme.objects.public(), to_attr="seen_parts"),
        Prefetch("calls", listed_calls(), to_attr="seen_calls"),
        Prefetch("facts", ProgrammeFact.objects.public(), to_attr="seen_facts"),
        Prefetch("priorities", priorities, to_attr="seen_priorities"),
        Prefetch(
            "intervention_types",
            InterventionType.objects.public(),
            to_attr="seen_types",
        ),
        "areas__region",
        "references",
    )


def listed_support() -> QuerySet[SupportActivity]:
    """Public support activities with what list and page show."""
    return SupportActivity.objects.public().prefetch_related(
        "policy_areas", "references"
    )
