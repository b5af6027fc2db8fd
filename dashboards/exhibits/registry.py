"""Exhibits by the name they have in an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards import forms
from dashboards.exhibits.base import Exhibit
from dashboards.exhibits.budgets import budgets_exhibit
from dashboards.exhibits.comparisons import comparison_exhibit
from dashboards.exhibits.distributions import distribution_exhibit
from dashboards.exhibits.maps import map_exhibit
from dashboards.exhibits.network import network_exhibit
from dashboards.exhibits.organisations import organisations_exhibit
from dashboards.exhibits.practices import practices_exhibit
from dashboards.exhibits.priorities import priorities_exhibit
from dashboards.exhibits.projects import partners_exhibit, projects_exhibit
from dashboards.exhibits.rankings import ranking_exhibit
from dashboards.exhibits.region_network import region_network_exhibit
from dashboards.exhibits.revisions import revisions_exhibit
from dashboards.exhibits.specialisation import specialisation_exhibit
from dashboards.exhibits.trends import trend_exhibit
from dashboards.network_forms import NetworkFigureQuery, RegionNetworkFigureQuery
from dashboards.organisation_forms import ORGANISATION_MAP_QUERY
from dashboards.practice_forms import PRACTICE_MAP_QUERY
from dashboards.programme_forms import BUDGETS_QUERY
from dashboards.project_forms import PROJECT_MAP_QUERY, PartnersQuery
from dashboards.strategy_forms import PRIORITY_MAP_QUERY
from sources.queryforms import QueryForm


@dataclass(frozen=True, slots=True)
class Kind:
    """How to read the query of an exhibit, and how to build it (None: no data)."""

    form: type[QueryForm]
    build: Callable[[Mapping[str, Any]], Exhibit | None]
    summary: str


# Of figures: each has an indicator, or the values of one dataflow.
INDICATOR_KINDS: dict[str, Kind] = {
    "map": Kind(forms.MapQuery, map_exhibit, "Level-2 regions in classes on a map."),
    "ranking": Kind(forms.IndicatorQuery, ranking_exhibit, "EU regions, best first."),
    "distribution": Kind(
        forms.IndicatorQuery, distribution_exhibit, "Histogram of EU regions."
    ),
    "trend": Kind(forms.TrendQuery, trend_exhibit, "Lines over time, 1 to 6 regions."),
    "comparison": Kind(
        forms.ComparisonQuery, comparison_exhibit, "Bars for 1 to 6 regions."
    ),
    "revisions": Kind(
        forms.RevisionsQuery, revisions_exhibit, "Size of revisions, run by run."
    ),
    "specialisation": Kind(
        forms.SpecialisationQuery,
        specialisation_exhibit,
        "Location quotients of one region by NACE division.",
    ),
}
# Of records of the catalogue.
RECORD_KINDS: dict[str, Kind] = {
    "projects": Kind(
        PROJECT_MAP_QUERY,
        projects_exhibit,
        "Projects by region of their partners, narrowed as the list of projects is.",
    ),
    "priorities": Kind(
        PRIORITY_MAP_QUERY,
        priorities_exhibit,
        "Priorities by region, narrowed as the list of priorities is.",
    ),
    "practices": Kind(
        PRACTICE_MAP_QUERY,
        practices_exhibit,
        "Good practices by region, narrowed as their list is.",
    ),
    "partners": Kind(PartnersQuery, partners_exhibit, "Partners of one project."),
    "organisations": Kind(
        ORGANISATION_MAP_QUERY,
        organisations_exhibit,
        "Organisations by region, narrowed as their list is.",
    ),
    "budgets": Kind(BUDGETS_QUERY, budgets_exhibit, "Budgets of programmes by period."),
    "network": Kind(
        NetworkFigureQuery, network_exhibit, "Regions linked by shared projects."
    ),
    "region-network": Kind(
        RegionNetworkFigureQuery,
        region_network_exhibit,
        "Partners of one region, and the partners of those.",
    ),
}
KINDS: dict[str, Kind] = {**INDICATOR_KINDS, **RECORD_KINDS}
