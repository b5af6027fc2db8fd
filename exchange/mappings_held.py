"""Mappings to choose from: those of the portal and those that curators saved."""

from exchange.mapping import ColumnMapping, built_in, from_definition
from exchange.models import SavedMapping

OWN = "own:"


def mapping_named(name: str) -> ColumnMapping | None:
    """The mapping of a choice; None for one that is not there any more."""
    if name.startswith(OWN):
        number = name.removeprefix(OWN)
        saved = (
            SavedMapping.objects.filter(pk=number).first() if number.isdigit() else None
        )
        return from_definition(saved.definition) if saved else None
    return built_in().get(name)


def mapping_choices() -> list[tuple[str, str]]:
    """Value and label of each."""
    ours = [(name, mapping.name) for name, mapping in built_in().items()]
    saved = SavedMapping.objects.values_list("pk", "name")
    return ours + [(f"{OWN}{pk}", name) for pk, name in saved]
