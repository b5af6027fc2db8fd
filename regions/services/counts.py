"""What a load did, and the replacement of small tables that makes it repeatable."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

BATCH = 500
M = TypeVar("M", bound=models.Model)
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """Rows of a load; each is counted once."""

    read: int
    new: int
    changed: int

    @property
    def unchanged(self) -> int:
        return self.read - self.new - self.changed

    def __add__(self, other: "LoadCounts") -> "LoadCounts":
        return LoadCounts(
            self.read + other.read, self.new + other.new, self.changed + other.changed
        )

    def __str__(self) -> str:
        return (
            f"{self.read:,} read, {self.new:,} new, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged"
        )


def replace_rows(
    model: type[M],
    *,
    held: Mapping[Hashable, tuple[int, Values]],
    wanted: Mapping[Hashable, Values],
    fields: tuple[str, ...],
) -> LoadCounts:
    """Make a table hold exactly ``wanted``; rows that stay the same are not touched.

    ``held`` maps a natural key to primary key and values, ``wanted`` the same key to
    values in the order of ``fields``.
    """
    touched = {
        key: values
        for key, values in wanted.items()
        if key not in held or held[key][1] != values
    }
    changed = touched.keys() & held.keys()
    stale = [held[key][0] for key in changed | (held.keys() - wanted.keys())]
    manager = model._default_manager
    manager.filter(pk__in=stale).delete()
    manager.bulk_create(
        [model(**dict(zip(fields, row, strict=True))) for row in touched.values()],
        batch_size=BATCH,
    )
    return LoadCounts(len(wanted), len(touched) - len(changed), len(changed))
