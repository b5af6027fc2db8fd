"""Keeping columns matched by hand as a mapping of one's own."""

from collections.abc import Mapping
from typing import Any

from exchange.models import SavedMapping


def save_mapping(
    name: str, kind: str, options: Mapping[str, Any], user: Any
) -> SavedMapping:
    """Save it under the name, over an own one of that name."""
    columns = {target: [heading] for heading, target in options["targets"].items()}
    definition = {
        "name": name,
        "kind": kind,
        "columns": columns,
        "formats": options["formats"],
        "fixed": options["fixed"],
    }
    saved, _made = SavedMapping.objects.update_or_create(
        name=name,
        owner=user,
        defaults={"kind": kind, "definition": definition},
    )
    return saved
