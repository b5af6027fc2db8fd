"""Which regions work with which, as arcs on a map; the links drawn as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.exhibits.base import Exhibit, figure_url
from dashboards.exhibits.maps import LegendEntry, checked_layout
from dashboards.figures.classes import class_of, quantile_limits
from dashboards.figures.layouts import Point
from dashboards.figures.network import Arc, Node, network_figure
from dashboards.network_places import land, places
from dashboards.wording import span
from projects.analysis.network import Link, Network
from projects.network import LEVELS, name_of, network_of
from regions.atlas import Atlas, atlas
from sources.tables import Column, Table

# More arcs hide each other; the page's own table has every link.
MOST_DRAWN = 150
CLASSES = 3
NAMED = 8  # regions with their name on the map
OWN = ("level", "programme", "period", "theme", "at_least", "layout")


def network_exhibit(
    query: Mapping[str, Any], *, found: tuple[Network, list[Link]] | None = None
) -> Exhibit:
    """The strongest links between regions of one level, by shared projects."""
    level = int(query["level"])
    network, links = found or _found(query, level)
    regions = atlas(settings.NUTS_VERSION)
    drawn = links[:MOST_DRAWN]
    layout = checked_layout(query.get("layout") or "", settings.NUTS_VERSION)
    asked = {name: query.get(name) for name in OWN}
    named = {code for link in links for code in (link.a, link.b)}
    points = places(layout, level)
    limits = quantile_limits([link.weight for link in drawn], CLASSES)
    return Exhibit(
        kind="network",
        query=asked,
        question=_("Which regions work with which?"),
        subtitle=_("Number of projects that two territories share. %(level)s.")
        % {"level": dict(LEVELS)[query["level"]]},
        summary=_("Network of %(links)d links between %(regions)d territories.")
        % {"links": len(links), "regions": len(named)},
        table=links_table(drawn, regions, address=figure_url("network", asked)),
        figure=lambda: _figure(drawn, network, regions, points, limits, layout),
        sources=(),
        note=" ".join(
            filter(None, (_left_out(links, drawn), _unplaced(drawn, points)))
        ),
        legend=legend(drawn, limits),
    )


def _found(query: Mapping[str, Any], level: int) -> tuple[Network, list[Link]]:
    network = network_of(query, level)
    return network, network.strongest(at_least=query["at_least"])


def links_table(links: Sequence[Link], regions: Atlas, *, address: str) -> Table:
    """One row a link, in the order given."""
    return Table(
        title=_("Which regions work with which?"),
        columns=[
            Column("a", _("Code")),
            Column("a_name", _("Region")),
            Column("b", _("Code of the partner")),
            Column("b_name", _("Partner")),
            Column("projects", _("Shared projects"), kind="integer"),
        ],
        rows=[
            {
                "a": link.a,
                "a_name": name_of(link.a, regions),
                "b": link.b,
                "b_name": name_of(link.b, regions),
                "projects": link.weight,
            }
            for link in links
        ],
        metadata=[
            (_("Counted"), _("Projects in which public partners of both take part.")),
            (_("Address of this view"), address),
        ],
        filename_parts=["network"],
    )


def legend(links: Sequence[Link], limits: Sequence[float]) -> list[LegendEntry]:
    """The classes of strength, each with the numbers of projects it stands for."""
    if not links:
        return []
    lows = [min(link.weight for link in links), *(int(top) + 1 for top in limits[:-1])]
    first = 5 - len(limits)
    return [
        LegendEntry(
            f"q{first + i + 1}",
            _projects(low, int(top)),
        )
        for i, (low, top) in enumerate(zip(lows, limits, strict=True))
    ]


def _projects(low: int, top: int) -> str:
    words = ngettext("%(number)s project", "%(number)s projects", top)
    return words % {"number": str(low) if low == top else span(str(low), str(top))}


def address_of(code: str, regions: Atlas) -> str:
    """The network of a region; "" for a country that NUTS has no longer."""
    if code not in regions:
        return ""
    return reverse("regions:network", args=[code])


def shared_words(number: int) -> str:
    words = ngettext("%(n)d shared project", "%(n)d shared projects", number)
    return words % {"n": number}


def _figure(
    links: Sequence[Link],
    network: Network,
    regions: Atlas,
    points: Mapping[str, Point],
    limits: Sequence[float],
    layout: str,
) -> go.Figure:
    placed = [link for link in links if link.a in points and link.b in points]
    return network_figure(
        land(layout),
        [
            Arc(points[link.a], points[link.b], class_of(link.weight, list(limits)))
            for link in placed
        ],
        _nodes(placed, network, regions, points),
        classes=len(limits),
    )


def _nodes(
    links: Sequence[Link],
    network: Network,
    regions: Atlas,
    points: Mapping[str, Point],
) -> list[Node]:
    """A dot for each region of a link, as large as its projects are many."""
    strength: Counter[str] = Counter()
    for link in links:
        strength[link.a] += link.weight
        strength[link.b] += link.weight
    projects = {code: network.held(code) for code in strength}
    most = max(projects.values(), default=1)
    named = {code for code, _n in strength.most_common(NAMED)}
    return [
        Node(
            at=points[code],
            size=projects[code] / most,
            hover=_hover(code, projects[code], network.partner_count(code), regions),
            url=address_of(code, regions),
            label=escape(name_of(code, regions)) if code in named else "",
        )
        for code in strength
    ]


def _hover(code: str, projects: int, partners: int, regions: Atlas) -> str:
    said = ngettext("%(n)d project", "%(n)d projects", projects) % {"n": projects}
    with_ = ngettext("%(n)d partner region", "%(n)d partner regions", partners)
    name = escape(name_of(code, regions))
    return f"<b>{name}</b> {code}<br>{said}<br>{with_ % {'n': partners}}"


def _left_out(links: Sequence[Link], drawn: Sequence[Link]) -> str:
    if len(links) == len(drawn):
        return ""
    return _("The %(drawn)d strongest of %(all)d links are drawn.") % {
        "drawn": len(drawn),
        "all": len(links),
    }


def _unplaced(links: Sequence[Link], points: Mapping[str, Point]) -> str:
    codes = {code for link in links for code in (link.a, link.b)} - points.keys()
    if not codes:
        return ""
    return _("Not drawn, but in the table: %(codes)s.") % {
        "codes": ", ".join(sorted(codes))
    }
