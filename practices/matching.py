"""What fits a challenge: the inputs gathered for ``analysis.matching``."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from practices.analysis.challenge import words_of
from practices.analysis.matching import (
    Asked,
    Domains,
    Match,
    PracticeOffer,
    RegionOffer,
    matching_practices,
    matching_regions,
)
from practices.content.reading import domain_key
from practices.models import GoodPractice
from practices.transfers import regional_structure, transfers
from projects.models import Partner, Project
from projects.network import NUTS_2, network_of
from regions.models import Region
from strategies.models import Domain, Priority, Strategy

LEVEL_2 = 4  # letters and digits of its codes
Tally = Counter[str]


@dataclass(frozen=True, slots=True)
class Matches:
    """Everything worth proposing, the best first."""

    regions: list[tuple[Region, Match]]
    practices: list[tuple[GoodPractice, Match]]


def matches_for(region: Region, domain: Domain, challenge: str) -> Matches:
    """For a region of level 2; the number of statements is the same for any number of
    practices, projects and regions.
    """
    ranked = transfers(region)
    asked = _asked(region, domain, challenge, [p.search_text for p, _t in ranked])
    offers = [
        PracticeOffer(
            practice.slug, _keys(practice.domains.all()), practice.search_text, transfer
        )
        for practice, transfer in ranked
    ]
    practices = {practice.slug: practice for practice, _transfer in ranked}
    regions = {r.code: r for r in Region.objects.current().at_level(2)}
    found = matching_regions(asked, _region_offers(regions, asked.domains))
    return Matches(
        [(regions[match.key], match) for match in found],
        [(practices[m.key], m) for m in matching_practices(asked, offers)],
    )


def domains_near(domain: Domain) -> Domains:
    """The domain with its finer ones; beside it the broad one above and its parts."""
    inside = {domain, *domain.children.all()}
    beside = set()
    if domain.parent:
        beside = {domain.parent, *domain.parent.children.all()} - inside
    return Domains(_keys(inside), _keys(beside))


def _asked(region: Region, domain: Domain, challenge: str, texts: list[str]) -> Asked:
    network = network_of({}, NUTS_2)
    links = network.partners(region.code)
    order, _distances = regional_structure().order(region.code)
    return Asked(
        code=region.code,
        domains=domains_near(domain),
        words=words_of(challenge, texts),
        order=order,
        direct={link.other(region.code): link.weight for link in links},
        through={
            reach.region: reach.introductions[0].via
            for reach in network.within_reach(region.code)
        },
        has_partners=bool(links),
    )


def _region_offers(regions: dict[str, Region], wanted: Domains) -> list[RegionOffer]:
    domains = _priority_domains()
    practices, all_practices = _practices(wanted)
    projects, all_projects = _projects(wanted)
    return [
        RegionOffer(
            code,
            frozenset(domains[code]),
            practices[code],
            projects[code],
            all_practices[code] + all_projects[code],
        )
        for code in regions
    ]


def _priority_domains() -> dict[str, set[str]]:
    """Domains of the public priorities of each region, and of those that cover it."""
    strategies = Strategy.objects.public()
    places: dict[int, set[str]] = defaultdict(set)
    for path in ("region__code", "covers__code"):
        for pk, code in strategies.order_by().values_list("pk", path):
            if code:
                places[pk].add(code)
    found: dict[str, set[str]] = defaultdict(set)
    rows = Priority.objects.public().filter(strategy__in=places).order_by()
    columns = ("strategy_id", "domains__kind", "domains__code")
    for pk, kind, key in rows.exclude(domains=None).values_list(*columns):
        for code in places[pk]:
            found[code].add(f"{kind}:{key}")
    return found


def _practices(wanted: Domains) -> tuple[Tally, Tally]:
    """By region: practices in the domain, and all that are held."""
    public = GoodPractice.objects.public().order_by()
    inside = _inside(public.values_list("pk", "domains__kind", "domains__code"), wanted)
    seats = set(_placed(public.values_list("pk", "regions__code")))
    return _tallies(seats, inside)


def _projects(wanted: Domains) -> tuple[Tally, Tally]:
    public = Project.objects.public().order_by()
    inside = _inside(public.values_list("pk", "domains__kind", "domains__code"), wanted)
    partners = Partner.objects.public().filter(region__isnull=False).order_by()
    seats = set(_placed(partners.values_list("project_id", "region__code")))
    return _tallies(seats, inside)


def _inside(rows: Any, wanted: Domains) -> set[int]:
    return {pk for pk, kind, code in rows if f"{kind}:{code}" in wanted.inside}


def _placed(rows: Any) -> Iterator[tuple[int, str]]:
    """In level 2: what lies in a part of it counts for it, wider areas for none."""
    for pk, code in rows:
        if code and len(code) >= LEVEL_2:
            yield pk, code[:LEVEL_2]


def _tallies(seats: set[tuple[int, str]], inside: set[int]) -> tuple[Tally, Tally]:
    return (
        Counter(code for pk, code in seats if pk in inside),
        Counter(code for _pk, code in seats),
    )


def _keys(domains: Any) -> frozenset[str]:
    return frozenset(domain_key(domain) for domain in domains)
