"""The columns that say where something is, from a code as it was given."""

from collections.abc import Mapping
from typing import Any

from regions.queries.placing import Placer
from sources.starter_files import NUTS_VERSION


def place_columns(raw: Mapping[str, Any], placer: Placer) -> dict[str, Any]:
    """``region`` of today, ``nuts_code`` and ``nuts_version`` of an entry.

    ``raw`` has ``nuts`` and, unless it is of 2021, ``nuts_version``. Without a code
    all three are empty; a code of no version keeps its text and has no region.
    """
    code = raw.get("nuts", "")
    if not code:
        return {"region": None, "nuts_code": "", "nuts_version": None}
    version = raw.get("nuts_version", NUTS_VERSION)
    return {
        "region": placer.place(code, version),
        "nuts_code": code,
        "nuts_version": version,
    }
