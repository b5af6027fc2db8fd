"""Which priorities of others are about the same domains. Pure."""

from collections.abc import Hashable, Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tagged:
    """A priority: whose it is, and the domains it is tagged with."""

    key: Hashable
    owner: Hashable
    domains: frozenset[int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The priority of another owner that comes nearest; ``share`` is 0 to 1.

    ``share`` is the number of shared domains over that of all domains of either.
    """

    key: Hashable
    owner: Hashable
    shared: frozenset[int]
    share: float


def overlaps(
    mine: Set[int], others: Iterable[Tagged], *, limit: int | None = None
) -> list[Overlap]:
    """One overlap an owner, the nearest first; owners that share nothing are left out.

    More shared domains come first, then the larger share, then the owner's key.
    """
    best: dict[Hashable, Overlap] = {}
    for other in others:
        found = _overlap(mine, other)
        held = best.get(other.owner)
        if found and (held is None or _rank(found) < _rank(held)):
            best[other.owner] = found
    return sorted(best.values(), key=_rank)[:limit]


def _overlap(mine: Set[int], other: Tagged) -> Overlap | None:
    shared = other.domains & mine
    if not shared:
        return None
    share = len(shared) / len(other.domains | mine)
    return Overlap(other.key, other.owner, frozenset(shared), share)


def _rank(found: Overlap) -> tuple[int, float, str, str]:
    return (-len(found.shared), -found.share, str(found.owner), str(found.key))
