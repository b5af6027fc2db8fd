"""The network as one region sees it: its partners, and who they could introduce."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit, figure_url
from dashboards.exhibits.lookup import check_region
from dashboards.exhibits.maps import checked_layout
from dashboards.exhibits.network import address_of, legend, shared_words
from dashboards.figures.classes import class_of, quantile_limits
from dashboards.figures.layouts import Point
from dashboards.figures.network import Arc, Node, network_figure
from dashboards.network_places import land, places
from projects.analysis.network import Link, Reach
from projects.network import Around, Pair, Shared, around, name_of, shared_projects
from regions.atlas import Atlas, atlas
from sources.tables import Column, Table

CLASSES = 3
NAMED = 6
MOST_DRAWN = 60  # regions within reach
OWN = ("region", "programme", "period", "theme", "at_least", "layout")


def region_network_exhibit(
    query: Mapping[str, Any], *, found: Around | None = None
) -> Exhibit | None:
    """Partners with solid links, their partners with dashed ones; None without any."""
    regions = atlas(settings.NUTS_VERSION)
    code = query["region"]
    check_region(code, regions)
    level = regions[code].level
    found = found or around(code, query, level)
    partners, reach = found.partners, found.reach
    if not partners:
        return None
    asked = {name: query.get(name) for name in OWN}
    layout = checked_layout(query.get("layout") or "", settings.NUTS_VERSION)
    limits = quantile_limits([link.weight for link in partners], CLASSES)
    points = places(layout, level)
    name = name_of(code, regions)
    return Exhibit(
        kind="region-network",
        query=asked,
        question=_("Whom does %(name)s work with, and whom could it reach?")
        % {"name": name},
        subtitle=_("Territories by the number of projects shared with %(name)s")
        % {"name": name},
        summary=_summary(len(partners), len(reach), name),
        table=reach_table(found, figure_url("region-network", asked)),
        figure=lambda: _figure(
            code, partners, reach[:MOST_DRAWN], regions, points, limits, layout
        ),
        sources=(),
        note=_note(reach),
        legend=legend(partners, limits),
    )


def reach_table(found: Around, address: str) -> Table:
    """Partners, then who is within reach, each with the one who introduces it best."""
    regions = atlas(settings.NUTS_VERSION)
    code = found.code
    shared = shared_projects(found.network, found.pairs(1))
    return Table(
        title=_("Partners of %(name)s and their partners")
        % {"name": name_of(code, regions)},
        columns=[
            Column("geo", _("Code")),
            Column("name", _("Region")),
            Column("relation", _("Relation")),
            Column("projects", _("Shared projects"), kind="integer"),
            Column("shared", _("Projects with the partner or introducer")),
            Column("via", _("Best introduced by")),
            Column("via_projects", _("Their projects with the introducer")),
            Column("introducers", _("Introducers"), kind="integer"),
            Column("strength", _("Strength of the introductions"), kind="integer"),
        ],
        rows=[
            *(_direct_row(code, link, regions, shared) for link in found.partners),
            *(_far_row(code, item, regions, shared) for item in found.reach),
        ],
        metadata=[
            (
                _("Strength"),
                _(
                    "The number of projects on all ways, each way by the weaker of its "
                    "two links."
                ),
            ),
            (_("Address of this view"), address),
        ],
        filename_parts=["network", code],
    )


def _direct_row(
    code: str, link: Link, regions: Atlas, shared: Mapping[Pair, Shared]
) -> dict[str, Any]:
    other = link.other(code)
    return {
        "geo": other,
        "name": name_of(other, regions),
        "relation": _("partner"),
        "projects": link.weight,
        "shared": _listed(shared[code, other]),
        "introducers": 0,
        "strength": 0,
    }


def _far_row(
    code: str, item: Reach, regions: Atlas, shared: Mapping[Pair, Shared]
) -> dict[str, Any]:
    best = item.introductions[0]
    return {
        "geo": item.region,
        "name": name_of(item.region, regions),
        "relation": _("within reach"),
        "projects": 0,
        "shared": _listed(shared[code, best.via]),
        "via": f"{name_of(best.via, regions)} ({best.via})",
        "via_projects": _listed(shared[best.via, item.region]),
        "introducers": len(item.introductions),
        "strength": item.strength,
    }


def _listed(shared: Shared) -> str:
    return "; ".join(project.acronym for project in shared.projects)


def _summary(partners: int, reach: int, name: str) -> str:
    direct = ngettext("%(n)d partner region", "%(n)d partner regions", partners)
    far = ngettext("%(n)d more within reach", "%(n)d more within reach", reach)
    return _("%(name)s: %(direct)s, %(far)s.") % {
        "name": name,
        "direct": direct % {"n": partners},
        "far": far % {"n": reach},
    }


def _note(reach: Sequence[Reach]) -> str:
    said = _(
        "Orange: the region itself. Full dots are its partners; hollow dots, on dashed "
        "lines, are partners of partners."
    )
    if len(reach) <= MOST_DRAWN:
        return said
    more = _("The %(drawn)d best introduced of %(all)d are drawn.")
    return f"{said} {more % {'drawn': MOST_DRAWN, 'all': len(reach)}}"


def _figure(
    code: str,
    partners: Sequence[Link],
    reach: Sequence[Reach],
    regions: Atlas,
    points: Mapping[str, Point],
    limits: Sequence[float],
    layout: str,
) -> go.Figure:
    placed = [link for link in partners if link.other(code) in points]
    far = [
        item
        for item in reach
        if item.region in points and item.introductions[0].via in points
    ]
    arcs = [
        Arc(points[item.introductions[0].via], points[item.region], 0, is_dashed=True)
        for item in far
    ]
    if code in points:
        arcs += [
            Arc(
                points[code],
                points[link.other(code)],
                class_of(link.weight, list(limits)),
            )
            for link in placed
        ]
    nodes = [*_near(code, placed, regions, points), *_far(far, regions, points)]
    if code in points:
        nodes.append(_mine(code, regions, points[code]))
    return network_figure(land(layout), arcs, nodes, classes=len(limits))


def _mine(code: str, regions: Atlas, at: Point) -> Node:
    name = escape(name_of(code, regions))
    return Node(at, 1, f"<b>{name}</b> {code}", "", label=name, is_mine=True)


def _near(
    code: str, links: Sequence[Link], regions: Atlas, points: Mapping[str, Point]
) -> list[Node]:
    most = max((link.weight for link in links), default=1)
    nodes = []
    for place, link in enumerate(links):
        other = link.other(code)
        name = escape(name_of(other, regions))
        nodes.append(
            Node(
                at=points[other],
                size=link.weight / most,
                hover=f"<b>{name}</b> {other}<br>{shared_words(link.weight)}",
                url=address_of(other, regions),
                label=name if place < NAMED else "",
            )
        )
    return nodes


def _far(
    reach: Sequence[Reach], regions: Atlas, points: Mapping[str, Point]
) -> list[Node]:
    nodes = []
    for item in reach:
        name = escape(name_of(item.region, regions))
        by = _("through %(name)s") % {
            "name": name_of(item.introductions[0].via, regions)
        }
        nodes.append(
            Node(
                at=points[item.region],
                size=0.1,
                hover=f"<b>{name}</b> {item.region}<br>{escape(by)}",
                url=address_of(item.region, regions),
                is_far=True,
            )
        )
    return nodes
