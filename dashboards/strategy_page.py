"""What the pages of one strategy and of one domain show."""

from typing import Any

from django.db.models import Q, QuerySet

from dashboards.catalogue_words import unconfirmed
from practices.models import GoodPractice
from projects.models import Partner, Project
from regions.models import Region
from strategies.models import Domain
from strategies.queries import listed_priorities, other_strategies, taxonomy_note

LISTED = 50


def strategy_page(strategy: Any) -> dict[str, Any]:
    """Context of a strategy's page; ``strategy`` comes from ``whole_strategies``."""
    return {
        "strategy": strategy,
        "priorities": strategy.seen_priorities,
        "others": other_strategies(strategy),
        "projects": projects_of(strategy.region) if strategy.region else [],
        "unconfirmed": unconfirmed(strategy),
        "taxonomy": taxonomy_note(),
    }


def projects_of(region: Region) -> QuerySet[Project]:
    """Public projects in which the region, or a part of it, is a partner."""
    partners = Partner.objects.public().in_territory(region)
    return Project.objects.public().filter(pk__in=partners.values("project"))


def domain_page(domain: Domain) -> dict[str, Any]:
    """Context of a domain's page; a broad domain takes in the finer ones."""
    tagged = Q(domains=domain) | Q(domains__parent=domain)
    priorities = listed_priorities().filter(
        pk__in=listed_priorities().filter(tagged).values("pk")
    )
    projects = _tagged(Project.objects.public(), tagged)
    practices = _tagged(GoodPractice.objects.public(), tagged)
    return {
        "domain": domain,
        "priorities": priorities.order_by("strategy__nuts_code", "position")[:LISTED],
        "priority_count": priorities.count(),
        "areas": priorities.order_by().values("strategy__nuts_code").distinct().count(),
        "projects": projects[:LISTED],
        "project_count": projects.count(),
        "practices": practices[:LISTED],
        "practice_count": practices.count(),
        "taxonomy": taxonomy_note(),
    }


def _tagged(records: Any, tagged: Q) -> Any:
    return records.filter(pk__in=records.order_by().filter(tagged).values("pk"))
