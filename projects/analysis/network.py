"""Which regions work with which: counted from who sits in the same projects. Pure.

Two regions are linked when partners of both take part in one project; the weight of a
link is the number of such projects. Following links two steps gives the regions one
could be introduced to.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Self

Seat = tuple[str, str]  # project, region


@dataclass(frozen=True, slots=True)
class Link:
    """Two regions, ``a`` before ``b``, and the projects they share, in order."""

    a: str
    b: str
    projects: tuple[str, ...]

    @property
    def weight(self) -> int:
        return len(self.projects)

    def other(self, region: str) -> str:
        """The far end, seen from one of the two."""
        return self.b if region == self.a else self.a


@dataclass(frozen=True, slots=True)
class Introduction:
    """A way to a region: ``first`` shared with ``via``, which shares ``then``."""

    via: str
    first: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def strength(self) -> int:
        """As strong as the weaker of its two links."""
        return min(len(self.first), len(self.then))


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
    """Links by the pair of regions they join, and each region's neighbours."""

    links: Mapping[tuple[str, str], Link]
    neighbours: Mapping[str, frozenset[str]]
    members: Mapping[str, frozenset[str]]  # region -> its projects

    @classmethod
    def of(cls, seats: Iterable[Seat]) -> Self:
        """From (project, region) pairs; a region twice in a project counts once."""
        regions: dict[str, set[str]] = defaultdict(set)
        members: dict[str, set[str]] = defaultdict(set)
        for project, region in seats:
            regions[project].add(region)
            members[region].add(project)
        shared: dict[tuple[str, str], list[str]] = defaultdict(list)
        for project in sorted(regions):
            for a, b in combinations(sorted(regions[project]), 2):
                shared[a, b].append(project)
        neighbours: dict[str, set[str]] = {region: set() for region in members}
        for a, b in shared:
            neighbours[a].add(b)
            neighbours[b].add(a)
        return cls(
            {pair: Link(*pair, tuple(names)) for pair, names in shared.items()},
            {region: frozenset(near) for region, near in neighbours.items()},
            {region: frozenset(names) for region, names in members.items()},
        )

    def between(self, a: str, b: str) -> Link | None:
        """The link of two regions, in whatever order they are named."""
        return self.links.get((min(a, b), max(a, b)))

    def strongest(self, *, at_least: int = 1) -> list[Link]:
        """All links of that weight or more, the heaviest first, then by name."""
        kept = [link for link in self.links.values() if link.weight >= at_least]
        return sorted(kept, key=lambda link: (-link.weight, link.a, link.b))

    def partners(self, region: str) -> list[Link]:
        """The links of one region, the heaviest first, then by the partner's name."""
        near = self.neighbours.get(region, frozenset())
        links = [link for other in near if (link := self.between(region, other))]
        return sorted(links, key=lambda link: (-link.weight, link.other(region)))

    def within_reach(self, region: str) -> list[Reach]:
        """Partners of partners that are no partners yet, the best introduced first."""
        near = self.neighbours.get(region, frozenset())
        far = {other for via in near for other in self.neighbours[via]}
        found = [
            Reach(other, tuple(self._ways(region, other, near)))
            for other in far - near - {region}
        ]
        return sorted(found, key=lambda reach: (-reach.strength, reach.region))

    def _ways(
        self, region: str, other: str, near: frozenset[str]
    ) -> list[Introduction]:
        ways = []
        for via in near & self.neighbours[other]:
            first, then = self.between(region, via), self.between(via, other)
            if first and then:
                ways.append(Introduction(via, first.projects, then.projects))
        return sorted(ways, key=lambda way: (-way.strength, way.via))
