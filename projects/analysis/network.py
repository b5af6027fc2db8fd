"""Which regions work with which: counted from who sits in the same projects. Pure.

Two regions are linked when partners of both take part in one project; the weight of a
link is the number of such projects. Following links two steps gives the regions one
could be introduced to. A matrix of projects by regions holds it all: its product with
itself is the number of shared projects of every pair, fast for any number of links.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Seat = tuple[Any, str]  # a project's key, all of one type that has an order; region


class Link(NamedTuple):
    """Two regions, ``a`` before ``b``, and how many projects they share."""

    a: str
    b: str
    weight: int

    def other(self, region: str) -> str:
        """The far end, seen from one of the two."""
        return self.b if region == self.a else self.a


class Introduction(NamedTuple):
    """A way to a region: ``first`` projects shared with ``via``, which shares ``then``.

    It is as strong as the weaker of its two links.
    """

    via: str
    first: int
    then: int

    @property
    def strength(self) -> int:
        return min(self.first, self.then)


@dataclass(frozen=True, slots=True)
class Reach:
    """A region that is no partner yet, and who could introduce it, strongest first."""

    region: str
    introductions: tuple[Introduction, ...]

    @property
    def strength(self) -> int:
        """The number of shared projects on all its ways, each by its weaker link."""
        return sum(way.strength for way in self.introductions)


@dataclass(frozen=True)
class Network:
    """``sits[i, j]``: whether region j has a partner in project i; both in order."""

    regions: tuple[str, ...]
    projects: tuple[Any, ...]
    sits: NDArray[np.bool_]

    @classmethod
    def of(cls, seats: Iterable[Seat]) -> Self:
        """From (project, region) pairs; a region twice in a project counts once."""
        pairs = list(seats)
        projects = sorted({project for project, _region in pairs})
        regions = sorted({region for _project, region in pairs})
        rows = {project: place for place, project in enumerate(projects)}
        columns = {region: place for place, region in enumerate(regions)}
        sits = np.zeros((len(projects), len(regions)), dtype=bool)
        sits[
            [rows[project] for project, _region in pairs],
            [columns[region] for _project, region in pairs],
        ] = True
        return cls(tuple(regions), tuple(projects), sits)

    @cached_property
    def weights(self) -> NDArray[np.int64]:
        """Shared projects by two regions; 0 on the diagonal."""
        # Sums of ones are exact in float32 up to 16 million, and far faster.
        ones = self.sits.astype(np.float32)
        shared = (ones.T @ ones).astype(np.int64)
        np.fill_diagonal(shared, 0)
        return shared

    def place(self, region: str) -> int | None:
        return self._places.get(region)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {region: place for place, region in enumerate(self.regions)}

    def held(self, region: str) -> int:
        """In how many projects a region sits."""
        place = self.place(region)
        return 0 if place is None else int(self.sits[:, place].sum())

    def partner_count(self, region: str) -> int:
        place = self.place(region)
        return 0 if place is None else int((self.weights[place] > 0).sum())

    def shared(self, a: str, b: str) -> tuple[Any, ...]:
        """The keys of the projects that two regions share, in order."""
        first, second = self.place(a), self.place(b)
        if first is None or second is None:
            return ()
        found = np.flatnonzero(self.sits[:, first] & self.sits[:, second])
        return tuple(self.projects[place] for place in found)

    def strongest(self, *, at_least: int = 1) -> list[Link]:
        """All links of that weight or more, the heaviest first, then by name."""
        lightest = -max(at_least, 1)
        end = bisect_right(self._links, lightest, key=lambda link: -link.weight)
        return self._links[:end]

    @cached_property
    def _links(self) -> list[Link]:
        first, second = np.nonzero(np.triu(self.weights))
        weights = self.weights[first, second]
        order = np.lexsort((second, first, -weights))
        names = np.asarray(self.regions, dtype=object)
        return [
            Link(*row)
            for row in zip(
                names[first[order]].tolist(),
                names[second[order]].tolist(),
                weights[order].tolist(),
                strict=True,
            )
        ]

    def partners(self, region: str, *, at_least: int = 1) -> list[Link]:
        """The links of one region, the heaviest first, then by the partner's name."""
        place = self.place(region)
        if place is None:
            return []
        mine = self.weights[place]
        near = np.flatnonzero(mine >= max(at_least, 1))
        ordered = sorted(near.tolist(), key=lambda other: (-mine[other], other))
        return [self._link(place, other) for other in ordered]

    def within_reach(self, region: str, *, at_least: int = 1) -> list[Reach]:
        """Partners of partners that are no partners at all, the best introduced first.

        Only ways whose two links have that weight or more count.
        """
        place = self.place(region)
        if place is None:
            return []
        mine = self.weights[place]
        near = np.flatnonzero(mine >= max(at_least, 1))
        onward = self.weights[near] >= max(at_least, 1)
        far = onward.any(axis=0) & (mine == 0)
        far[place] = False
        found = [
            Reach(self.regions[other], self._ways(place, other, near[onward[:, other]]))
            for other in np.flatnonzero(far).tolist()
        ]
        return sorted(found, key=lambda reach: (-reach.strength, reach.region))

    def _link(self, one: int, other: int) -> Link:
        a, b = sorted((one, int(other)))
        return Link(self.regions[a], self.regions[b], int(self.weights[a, b]))

    def _ways(
        self, place: int, other: int, via: NDArray[np.intp]
    ) -> tuple[Introduction, ...]:
        first, then = self.weights[place][via], self.weights[other][via]
        order = np.lexsort((via, -np.minimum(first, then)))
        names = [self.regions[other] for other in via[order].tolist()]
        weights = first[order].tolist(), then[order].tolist()
        return tuple(map(Introduction, names, *weights))
