"""Strategies and priorities with what pages and the API show; public ones only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from regions.models import Region
from strategies.analysis.overlap import Tagged, overlaps
from strategies.models import CodeList, Domain, Priority, Strategy

NEAREST = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """Another region's priority with the domains it shares; ``share`` is 0 to 1."""

    priority: Priority
    domains: list[Domain]
    share: float


def listed_priorities() -> QuerySet[Priority]:
    """Public priorities with strategy, region and domains: two statements."""
    return (
        Priority.objects.public()
        .defer("search_text", "strategy__search_text")
        .select_related("strategy__region")
        .prefetch_related("domains")
    )


def listed_strategies() -> QuerySet[Strategy]:
    """Public strategies; ``seen_priorities`` are the public ones with domains."""
    priorities = Priority.objects.public().defer("search_text")
    return (
        Strategy.objects.public()
        .defer("search_text")
        .select_related("region")
        .prefetch_related(
            Prefetch(
                "priorities",
                priorities.order_by("position", "id").prefetch_related("domains"),
                to_attr="seen_priorities",
            )
        )
    )


def whole_strategies() -> QuerySet[Strategy]:
    """The same with the regions covered and the sources."""
    return listed_strategies().prefetch_related("covers", "references")


def strategies_of(region: Region) -> list[Strategy]:
    """Those of the region and those that cover it, the latest first; three statements.

    ``seen_priorities`` are their public priorities.
    """
    found = listed_strategies().filter(
        pk__in=Strategy.objects.for_region(region).values("pk")
    )
    return list(found.order_by("-last_year", "-first_year", "nuts_code"))


def other_strategies(strategy: Strategy) -> QuerySet[Strategy]:
    """The same area's in other periods, the latest first."""
    return (
        Strategy.objects.public()
        .filter(nuts_code=strategy.nuts_code, nuts_version=strategy.nuts_version)
        .exclude(pk=strategy.pk)
        .order_by("-first_year")
    )


def alike(priority: Priority, *, limit: int = NEAREST) -> list[Alike]:
    """Who else has this: the nearest priority of each other region, nearest first."""
    mine = {domain.pk for domain in priority.domains.all()}
    found = overlaps(mine, _tagged(priority, mine), limit=limit)
    records = listed_priorities().in_bulk([item.key for item in found])
    return [
        Alike(
            records[item.key],
            [d for d in records[item.key].domains.all() if d.pk in item.shared],
            item.share,
        )
        for item in found
    ]


def _tagged(priority: Priority, domains: set[int]) -> list[Tagged]:
    """Public priorities of other areas that share a domain, with all their domains."""
    tags = Priority.domains.through._default_manager
    sharing = (
        Priority.objects.public()
        .filter(pk__in=tags.filter(domain__in=domains).values("priority"))
        .exclude(strategy__nuts_code=priority.strategy.nuts_code)
    )
    rows = tags.filter(priority__in=sharing.values("pk")).values_list(
        "priority", "priority__strategy__nuts_code", "domain"
    )
    held: dict[tuple[int, str], set[int]] = {}
    for key, owner, domain in rows:
        held.setdefault((key, owner), set()).add(domain)
    return [Tagged(key, owner, frozenset(tags)) for (key, owner), tags in held.items()]


def taxonomy_note() -> CodeList | None:
    """What the portal says of its domains "after Eye@RIS3"."""
    return CodeList.objects.public().filter(code="eye-ris3").first()


def domain_tree(kind: str) -> list[Domain]:
    """The broad domains of a kind in order, each with its finer ones prefetched."""
    finer = Domain.objects.order_by("position", "code")
    return list(
        Domain.objects.of_kind(kind)
        .headings()
        .order_by("position", "code")
        .prefetch_related(Prefetch("children", finer))
    )


def broad_domain_rows(kind: str, **strategy: Any) -> set[tuple[str, str, int]]:
    """Region code, code of the broad domain and priority, for every public tag.

    ``strategy`` narrows the strategies, such as ``region__country="ES"``.
    """
    narrowed = {f"strategy__{name}": value for name, value in strategy.items()}
    priorities = Priority.objects.public().filter(**narrowed)
    rows = Priority.domains.through._default_manager.filter(
        domain__kind=kind, priority__in=priorities.values("pk")
    ).values_list(
        "priority__strategy__nuts_code",
        Coalesce("domain__parent__code", "domain__code"),
        "priority",
    )
    return set(rows)
