"""Who may import what."""

from dataclasses import dataclass
from typing import Any

from accounts.reach import reach_of as reach_of_roles
from exchange.resources import RESOURCES

OF_PROGRAMMES = ("projects", "partners")


@dataclass(frozen=True, slots=True)
class Reach:
    """``programmes`` are the slugs a secretariat keeps to; None for everything."""

    kinds: tuple[str, ...]
    programmes: frozenset[str] | None
    may_publish: bool

    def covers(self, programme: str | None) -> bool:
        return self.programmes is None or programme in self.programmes


def reach_of(user: Any) -> Reach:
    """What the person's roles reach. A curator's reach everything."""
    reach = reach_of_roles(user)
    if reach.is_all:
        return Reach(tuple(RESOURCES), None, may_publish=True)
    kinds = OF_PROGRAMMES if reach.programmes else ()
    return Reach(kinds, reach.programmes, may_publish=False)
