"""The partnership network from the database: which regions sit in the same projects."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.models import Period, Programme
from projects.analysis.network import Link, Network, Reach, Seat
from projects.listing import PROJECTS, ProjectsQuery
from projects.models import Partner, Project
from regions.atlas import Atlas, atlas
from regions.countries import country_name
from regions.models import Region
from sources.curation import Publication
from sources.kept import Kept, stamp_of
from strategies.models import Theme

COUNTRY, NUTS_1, NUTS_2 = 0, 1, 2
LEVELS = [
    (str(COUNTRY), _("Countries")),
    (str(NUTS_1), _("NUTS 1")),
    (str(NUTS_2), _("NUTS 2")),
]
Pair = tuple[str, str]  # codes of two regions
FILTERS = ("programme", "period", "theme")
WATCHED = (Partner, Project, Programme, Project.themes.through, Theme, Region)
_KEPT: Kept[Network] = Kept(12)  # some megabytes each at 10,000 projects

MOST_SHARED = 1000
COUNTRY_DIGITS = 2
SORTS = [(name, name) for name in ("projects", "a", "b")]
USUAL_ORDER = {"projects": "desc", "a": "asc", "b": "asc"}
ORDERS = [("asc", "asc"), ("desc", "desc")]


def programme_choices() -> list[tuple[str, Any]]:
    """The programmes of public projects, the newest first."""
    rows = (
        Project.objects.public()
        .filter(programme__state=Publication.PUBLISHED)
        .order_by("-programme__period", "programme__acronym")
        .values_list("programme__slug", "programme__acronym", "programme__period")
        .distinct()
    )
    named = [(slug, f"{name} {_span(period)}") for slug, name, period in rows]
    return [("", _("All")), *named]


def period_choices() -> list[tuple[str, Any]]:
    return [("", _("All")), *Period.choices]


def theme_choices() -> list[tuple[str, Any]]:
    """The topics that a project has, by name."""
    held = Project.themes.through._default_manager.values("theme")
    rows = Theme.objects.filter(pk__in=held).order_by("name")
    return [("", _("All")), *rows.values_list("slug", "name")]


class SharedQuery(ProjectsQuery):
    """Whose projects count, and how many two regions must share."""

    programme = forms.ChoiceField(choices=programme_choices, required=False)
    period = forms.ChoiceField(choices=period_choices, required=False)
    theme = forms.ChoiceField(choices=theme_choices, required=False)
    at_least = forms.IntegerField(min_value=1, max_value=MOST_SHARED, initial=1)


class NetworkQuery(SharedQuery):
    """The network of one level, and the order of its links."""

    level = forms.ChoiceField(choices=LEVELS, initial=str(NUTS_2))
    sort = forms.ChoiceField(choices=SORTS, initial="projects")
    order = forms.ChoiceField(choices=ORDERS, required=False)


def network_of(query: Mapping[str, Any], level: int) -> Network:
    """The network of the public projects that ``query`` asks for.

    Links hold primary keys of projects. A partner that is placed less exactly than
    ``level`` is in no region of it, and so in no link. Kept until a row changes that
    it is counted from, as counting takes a third of a second at 50,000 partners.
    """
    asked = {name: query[name] for name in FILTERS if query.get(name)}
    return _KEPT.get(
        (level, *asked.items()),
        stamp_of(WATCHED),
        lambda: Network.of(_seats(_partners(asked), level)),
    )


@dataclass(frozen=True, slots=True)
class Around:
    """The network as one region sees it: its partners, and whom these could introduce.

    Worked out once for all that a page says of it.
    """

    code: str
    network: Network
    partners: list[Link]
    reach: list[Reach]

    def pairs(self, ways: int) -> list[Pair]:
        """The links to the partners, and those of the ``ways`` best ways to others."""
        found = [(self.code, link.other(self.code)) for link in self.partners]
        for item in self.reach:
            for way in item.introductions[:ways]:
                found += [(self.code, way.via), (way.via, item.region)]
        return found


def around(region: str, query: Mapping[str, Any], level: int) -> Around:
    """The neighbours of a region of ``level`` in the network of ``query``."""
    network, at_least = network_of(query, level), query["at_least"]
    return Around(
        region,
        network,
        network.partners(region, at_least=at_least),
        network.within_reach(region, at_least=at_least),
    )


def sorted_links(
    links: list[Link], query: Mapping[str, Any], regions: Atlas
) -> list[Link]:
    """By shared projects or by either name; links of one weight stay in code order."""
    key, order = query["sort"], query["order"] or USUAL_ORDER[query["sort"]]
    if key == "projects":
        return links if order == "desc" else sorted(links, key=lambda k: k.weight)

    def name(link: Link) -> str:
        return name_of(getattr(link, key), regions).casefold()

    return sorted(links, key=name, reverse=order == "desc")


def name_of(code: str, regions: Atlas) -> str:
    """A region's name; also that of a country which NUTS has no longer (UK)."""
    return country_name(code) if len(code) == COUNTRY_DIGITS else regions.name(code)


def network_around(region: Region) -> Network:
    """The links of one region alone: the network of the projects it takes part in."""
    partners = Partner.objects.public()
    mine = partners.in_territory(region).values("project")
    return Network.of(_seats(partners.filter(project__in=mine), region.level))


@dataclass(frozen=True, slots=True)
class Named:
    """A project where it is only named; a page may name it a hundred times."""

    slug: str
    acronym: str
    address: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Projects of a link that are named, and how many more it has."""

    projects: tuple[Named, ...]
    more: int


def shared_projects(
    network: Network, pairs: Iterable[Pair], *, most: int | None = None
) -> dict[Pair, Shared]:
    """What each pair of regions shares, at most ``most`` by name: one statement."""
    keys = {pair: network.shared(*pair) for pair in set(pairs)}
    wanted = {key for found in keys.values() for key in found[:most]}
    rows = Project.objects.public().filter(pk__in=wanted)
    names = {
        project.pk: Named(project.slug, project.acronym, project.get_absolute_url())
        for project in rows.only("slug", "acronym")
    }
    shared = {}
    for pair, found in keys.items():
        projects = sorted(
            (names[key] for key in found[:most] if key in names),
            key=lambda project: project.acronym.casefold(),
        )
        shared[pair] = Shared(tuple(projects), len(found) - len(projects))
    return shared


def _partners(asked: Mapping[str, Any]) -> QuerySet[Partner]:
    partners = Partner.objects.public()
    if not asked:
        return partners
    chosen = {name: [value] for name, value in asked.items()}
    found = PROJECTS.narrowed(Project.objects.public(), chosen)
    return partners.filter(project__in=found.order_by().values("pk"))


def _seats(partners: QuerySet[Partner], level: int) -> Iterator[Seat]:
    if level == COUNTRY:
        rows = partners.exclude(country="").order_by()
        yield from rows.values_list("project_id", "country")
        return
    parents = _parents(atlas(settings.NUTS_VERSION), level)
    # Their codes once, not with each of 50,000 rows.
    codes = dict(Region.objects.current().values_list("pk", "code"))
    held = {pk: parents[code] for pk, code in codes.items() if code in parents}
    rows = partners.filter(region__isnull=False).order_by()
    for project, region in rows.values_list("project_id", "region_id"):
        if region in held:
            yield project, held[region]


def _parents(regions: Atlas, level: int) -> dict[str, str]:
    """Each region at the level or below it, and the one of the level around it."""
    found = {}
    for code, territory in regions.territories.items():
        while territory.level > level:
            territory = regions[territory.parent]
        if territory.level == level:
            found[code] = territory.code
    return found


def _span(period: str) -> str:
    return period.replace("-", "\u2013")
