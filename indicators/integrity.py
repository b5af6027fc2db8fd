"""What the database does not check by itself: that every reference leads somewhere.

Foreign keys of series and vintages are not constraints (docs/decisions/0006), so this
is asked from time to time instead of a million times in a load.
"""

from django.db.models import Exists, OuterRef

from indicators.models import ReferenceArea, Series, Slice, Vintage
from sources.models import IngestRun

REFERENCES = (
    (Series, "slice", Slice),
    (Series, "area", ReferenceArea),
    (Vintage, "series", Series),
    (Vintage, "opened_by", IngestRun),
    (Vintage, "closed_by", IngestRun),
)


def orphans() -> dict[str, int]:
    """How many rows refer to nothing: "vintage.series" -> 3. Empty when all is well."""
    found = {}
    for model, name, target in REFERENCES:
        rows = model._default_manager.filter(
            ~Exists(target._default_manager.filter(pk=OuterRef(f"{name}_id"))),
            **{f"{name}__isnull": False},
        )
        if count := rows.count():
            found[f"{model._meta.model_name}.{name}"] = count
    return found
