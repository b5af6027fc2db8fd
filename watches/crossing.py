"""What has come into a search and what has left it since somebody was told."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from watches.models import Watch
from watches.subjects import Subject, narrowed

# A search that finds more is not held: only changes of its records are told then.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Crossing:
    """Keys of records of the search's list."""

    entered: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()

    @classmethod
    def of(cls, before: Collection[int] | None, now: Collection[int] | None) -> Self:
        """Nothing where one of the two is not known."""
        if before is None or now is None:
            return cls()
        old, new = frozenset(before), frozenset(now)
        return cls(new - old, old - new)


def found_now(subject: Subject) -> list[int] | None:
    """The keys that a search finds today; None above ``MOST`` and for other things."""
    if subject.kind != Watch.Kind.SEARCH:
        return None
    keys = narrowed(subject).order_by().values_list("pk", flat=True)
    found = sorted(set(keys[: 2 * MOST]))
    return found if len(found) <= MOST else None
