"""Other practices to look at, and why: what they share with one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from practices.models import GoodPractice


class Bond(StrEnum):
    """What two practices may share, the most telling first."""

    PROJECT = "project"
    ORGANISATION = "organisation"
    REGION = "region"
    DOMAIN = "domain"
    THEME = "theme"


WEIGHTS: Mapping[Bond, float] = {
    Bond.PROJECT: 2.0,
    Bond.ORGANISATION: 2.0,
    Bond.REGION: 2.0,
    Bond.DOMAIN: 1.0,
    Bond.THEME: 1.0,
}
MOST = 6
# More are not compared: a theme may be that of thousands.
MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Related:
    practice: GoodPractice
    score: float
    bonds: Mapping[Bond, tuple[str, ...]]


def related_practices(practice: GoodPractice) -> list[Related]:
    """Public ones, the closest first, then by title; a constant number of statements.

    ``practice`` comes from ``whole_practices``. The score adds the weights of all
    that is shared.
    """
    mine = dict(_held(practice))
    near = Q(regions__in=practice.regions.all())
    near |= Q(domains__in=practice.domains.all())
    near |= Q(themes__in=practice.themes.all())
    if practice.public_project:
        near |= Q(project=practice.public_project)
    if practice.public_organisation:
        near |= Q(organisation=practice.public_organisation)
    others = (
        GoodPractice.objects.public()
        .filter(pk__in=GoodPractice.objects.filter(near).values("pk"))
        .exclude(pk=practice.pk)
        .select_related("project", "organisation")
        .prefetch_related("regions", "domains", "themes")
        .order_by("title", "pk")[:MOST_COMPARED]
    )
    found = [_related(other, mine) for other in others]
    found.sort(key=lambda item: (-item.score, item.practice.title, item.practice.pk))
    return [item for item in found if item.score][:MOST]


def _related(other: GoodPractice, mine: Mapping[tuple[Bond, int], str]) -> Related:
    bonds: dict[Bond, list[str]] = defaultdict(list)
    score = 0.0
    for key, name in _held(other):
        if key in mine:
            bonds[key[0]].append(name)
            score += WEIGHTS[key[0]]
    ordered = {bond: tuple(sorted(bonds[bond])) for bond in Bond if bond in bonds}
    return Related(other, score, ordered)


def _held(practice: GoodPractice) -> Iterator[tuple[tuple[Bond, int], str]]:
    """All that could be shared: kind and key, with its name."""
    if project := practice.public_project:
        yield (Bond.PROJECT, project.pk), project.acronym
    if body := practice.public_organisation:
        yield (Bond.ORGANISATION, body.pk), body.name
    for region in practice.regions.all():
        yield (Bond.REGION, region.pk), region.name
    for domain in practice.domains.all():
        yield (Bond.DOMAIN, domain.pk), domain.name
    for theme in practice.themes.all():
        yield (Bond.THEME, theme.pk), theme.name
