"""Who may import what."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Scope
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
    if not user.is_active or not user.is_staff:
        return Reach((), frozenset(), may_publish=False)
    scopes = list(Scope.objects.filter(user=user))
    if user.is_superuser or any(s.role == Scope.Role.CURATOR for s in scopes):
        return Reach(tuple(RESOURCES), None, may_publish=True)
    codes = {s.programme_code for s in scopes if s.role == Scope.Role.SECRETARIAT}
    kinds = OF_PROGRAMMES if codes else ()
    return Reach(kinds, frozenset(codes), may_publish=False)
