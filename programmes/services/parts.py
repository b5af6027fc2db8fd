"""What hangs on a programme and has no life of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from programmes.models import (
    EligibleArea,
    InterventionType,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
)
from sources.curation import Publication


def replace_parts(
    programme: Programme, raw: Mapping[str, Any], members: Sequence[str]
) -> None:
    """Make facts, eligible area, priorities and types what the entry says.

    Priorities, themes and types are updated in place, as projects refer to them;
    ``members`` are the countries that "members" stands for.
    """
    _replace_areas(programme, raw.get("eligible", []), members)
    programme.facts.all().delete()
    ProgrammeFact.objects.bulk_create(
        ProgrammeFact(
            programme=programme,
            heading=fact["heading"],
            text=fact["text"],
            position=position,
            state=Publication.PUBLISHED,
        )
        for position, fact in enumerate(raw.get("facts", []))
    )
    for item in raw.get("priorities", []):
        _load_priority(programme, item)
    for item in raw.get("intervention_types", []):
        InterventionType.objects.update_or_create(
            programme=programme,
            name=item["name"],
            defaults={
                "number": item["number"],
                "description": item["description"],
                "state": Publication.PUBLISHED,
            },
        )


def _replace_areas(
    programme: Programme, eligible: Sequence[str], members: Sequence[str]
) -> None:
    countries = [
        country
        for item in eligible
        for country in (members if item == "members" else [item])
    ]
    programme.areas.all().delete()
    EligibleArea.objects.bulk_create(
        EligibleArea(programme=programme, country=country)
        for country in dict.fromkeys(countries)
    )


def _load_priority(programme: Programme, item: Mapping[str, Any]) -> None:
    state = Publication.DRAFT if item.get("draft") else Publication.PUBLISHED
    priority, _ = ProgrammePriority.objects.update_or_create(
        programme=programme,
        number=item["number"],
        defaults={"name": item["name"], "state": state},
    )
    for position, theme in enumerate(item["themes"]):
        doubted = theme.get("draft") or item.get("draft")
        ProgrammeTheme.objects.update_or_create(
            priority=priority,
            name=theme["name"],
            defaults={
                "position": position,
                "state": Publication.DRAFT if doubted else Publication.PUBLISHED,
            },
        )
