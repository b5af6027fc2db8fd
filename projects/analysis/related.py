"""Which other projects are close to one, and why. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tie(StrEnum):
    """What two projects may have in common."""

    ORGANISATION = "organisation"
    REGION = "region"
    DOMAIN = "domain"
    THEME = "theme"
    PROGRAMME_THEME = "programme_theme"


# A partner in common says more than a region, and that more than a broad theme.
WEIGHTS: Mapping[Tie, float] = {
    Tie.ORGANISATION: 3.0,
    Tie.REGION: 2.0,
    Tie.DOMAIN: 1.0,
    Tie.THEME: 1.0,
    Tie.PROGRAMME_THEME: 0.5,
}
# How often projects share what: project -> the names of what it shares.
Shared = Mapping[int, Collection[str]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A project, how close it is, and what it has in common, in alphabetical order."""

    project: int
    score: float
    ties: Mapping[Tie, tuple[str, ...]]


def closest(shared: Mapping[Tie, Shared], *, limit: int = 6) -> list[Relation]:
    """The closest projects first; those equally close in order of their number.

    The score is the sum over all kinds of ties of weight times number shared.
    """
    projects = {project for found in shared.values() for project in found}
    relations = [_relation(project, shared) for project in projects]
    relations = [relation for relation in relations if relation.score]
    relations.sort(key=lambda relation: (-relation.score, relation.project))
    return relations[:limit]


def _relation(project: int, shared: Mapping[Tie, Shared]) -> Relation:
    ties = {
        tie: tuple(sorted(set(shared[tie][project])))
        for tie in Tie
        if tie in shared and shared[tie].get(project)
    }
    score = sum(WEIGHTS[tie] * len(names) for tie, names in ties.items())
    return Relation(project, score, ties)
