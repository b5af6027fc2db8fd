"""What the pages of the partnership network show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.exhibits.network import links_table, network_exhibit
from dashboards.exhibits.region_network import (
    reach_table,
    region_network_exhibit,
)
from dashboards.region_index import Heading, layouts
from projects.analysis.network import Link, Reach
from projects.network import (
    FILTERS,
    USUAL_ORDER,
    Pair,
    Shared,
    around,
    name_of,
    network_of,
    shared_projects,
    sorted_links,
)
from regions.atlas import Atlas, atlas
from sources.facets import encode
from sources.tables import Table

# Projects named in a cell before "and n more", and ways to a region.
SHOWN, WAYS = 6, 3


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of a row; ``has_page`` unless NUTS has it no longer (UK)."""

    code: str
    label: str
    has_page: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Two territories of the table with the number of projects they share."""

    a: Place
    b: Place
    weight: int


@dataclass(frozen=True, slots=True)
class PartnerRow:
    partner: Place
    weight: int
    shared: Shared


@dataclass(frozen=True, slots=True)
class Way:
    """Through whom, by which projects with us and by which with the other."""

    via: Place
    first: Shared
    then: Shared


@dataclass(frozen=True, slots=True)
class ReachRow:
    region: Place
    strength: int
    ways: tuple[Way, ...]
    more: int


def network_page(query: Mapping[str, Any], form: forms.Form) -> dict[str, Any]:
    """Context of ``/network/``; the view picks the rows of one page of the links."""
    network = network_of(query, int(query["level"]))
    regions = atlas(settings.NUTS_VERSION)
    strongest = network.strongest(at_least=query["at_least"])
    links = sorted_links(strongest, query, regions)
    return {
        "query": query,
        "exhibit": network_exhibit(query, found=(network, strongest)),
        "links": links,
        "headings": headings(query),
        "regions_linked": len({code for link in links for code in (link.a, link.b)}),
        "most": max((link.weight for link in links), default=0),
        **_toolbar(query, form),
    }


def headings(query: Mapping[str, Any]) -> list[Heading]:
    """Links that sort; the one in force turns round."""
    labels = {"a": _("Region"), "b": _("Partner"), "projects": _("Shared projects")}
    order = query["order"] or USUAL_ORDER[query["sort"]]
    states = {"asc": "ascending", "desc": "descending"}
    turned = {"asc": "desc", "desc": "asc"}[order]
    found = []
    for key, label in labels.items():
        current = query["sort"] == key
        asked = {
            **query,
            "sort": key,
            "order": turned if current else USUAL_ORDER[key],
        }
        url = f"{reverse('dashboards:network')}?{encode(asked)}#table"
        found.append(Heading(label, "", states[order] if current else "none", url))
    return found


def network_table(page: Mapping[str, Any], *, address: str) -> Table:
    """Every link that was found, in the order of the page."""
    return links_table(page["links"], atlas(settings.NUTS_VERSION), address=address)


def region_network_page(
    code: str, query: Mapping[str, Any], form: forms.Form
) -> dict[str, Any]:
    """Context of ``/regions/<code>/network/``, at the level of the region."""
    regions = atlas(settings.NUTS_VERSION)
    found = around(code, query, regions[code].level)
    shared = shared_projects(found.network, found.pairs(WAYS), most=SHOWN)
    return {
        "query": query,
        "territory": regions[code],
        "ancestors": regions.ancestors(code),
        "exhibit": region_network_exhibit({**query, "region": code}, found=found),
        "partners": [
            PartnerRow(
                _place(link.other(code), regions),
                link.weight,
                shared[code, link.other(code)],
            )
            for link in found.partners
        ],
        "reach": [_reach_row(code, item, regions, shared) for item in found.reach],
        "projects_held": found.network.held(code),
        **_toolbar(query, form),
    }


def _reach_row(
    code: str, item: Reach, regions: Atlas, shared: Mapping[Pair, Shared]
) -> ReachRow:
    shown = item.introductions[:WAYS]
    ways = tuple(
        Way(
            _place(way.via, regions),
            shared[code, way.via],
            shared[way.via, item.region],
        )
        for way in shown
    )
    return ReachRow(
        _place(item.region, regions),
        item.strength,
        ways,
        len(item.introductions) - len(shown),
    )


def region_network_table(code: str, query: Mapping[str, Any], *, address: str) -> Table:
    """All partners and all in reach, with the projects by name."""
    level = atlas(settings.NUTS_VERSION)[code].level
    return reach_table(around(code, query, level), address)


def link_row(link: Link, regions: Atlas) -> LinkRow:
    return LinkRow(_place(link.a, regions), _place(link.b, regions), link.weight)


def _place(code: str, regions: Atlas) -> Place:
    return Place(code, name_of(code, regions), code in regions)


def _toolbar(query: Mapping[str, Any], form: forms.Form) -> dict[str, Any]:
    return {
        "fields": form,
        "layouts": layouts(settings.NUTS_VERSION),
        "filtered": any(query.get(name) for name in FILTERS) or query["at_least"] > 1,
    }
