"""What can be watched: a key in, a thing with a name and an address out.

A search is watched as the list's name and its filters, "practices?grade=measured".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.models import Indicator
from practices.listing import PRACTICES
from practices.models import GoodPractice
from practices.published import listed_practices
from programmes.listing import PROGRAMMES
from programmes.queries import listed_programmes
from projects.listing import PROJECTS
from projects.queries import listed_projects
from regions.models import Region
from sources.facets import Listing, encode
from sources.queryforms import InvalidQuery, validate
from strategies.listing import PRIORITIES
from strategies.models import Domain
from strategies.queries import listed_priorities
from watches.digests import Topic
from watches.models import Watch

Kind = Watch.Kind
LONGEST = 600
# How a list is shown, not what is in it.
VIEWS = frozenset(
    {"view", "layout", "page", "format", "sort", "asOf", "version", "page_size"}
)


class UnknownSubjectError(ValueError):
    """Nothing has that kind and key; ``str()`` is fit to be shown."""


@dataclass(frozen=True, slots=True)
class Subject:
    """``record`` is the row behind it; of a search its cleaned parameters."""

    kind: Kind
    key: str
    label: str
    address: str
    record: Any

    @property
    def feed(self) -> str:
        """The path of its Atom feed."""
        name, _mark, query = self.key.partition("?")
        path = reverse("watches:feed", args=[self.kind.value, name])
        return f"{path}?{query}" if query else path

    @property
    def page(self) -> str:
        """The path of the page on which it is watched."""
        key = quote(self.key, safe="")
        return f"{reverse('watches:begin')}?kind={self.kind.value}&key={key}"


@dataclass(frozen=True, slots=True)
class SearchList:
    """A list that can be watched: how it is narrowed, and where it stands."""

    listing: Listing
    records: Callable[[], Any]
    page: str
    label: Callable[[], str]
    topic: Topic


LISTS: Mapping[str, SearchList] = {
    "practices": SearchList(
        PRACTICES,
        listed_practices,
        "practices:index",
        lambda: _("Good practices"),
        Topic.PRACTICES,
    ),
    "projects": SearchList(
        PROJECTS,
        listed_projects,
        "projects:index",
        lambda: _("Projects"),
        Topic.PROJECTS,
    ),
    "priorities": SearchList(
        PRIORITIES,
        listed_priorities,
        "strategies:priorities",
        lambda: _("Priorities of regions"),
        Topic.PRIORITIES,
    ),
    "programmes": SearchList(
        PROGRAMMES,
        listed_programmes,
        "programmes:index",
        lambda: _("Programmes"),
        Topic.PROGRAMMES,
    ),
}


def subject_of(kind: str, key: str) -> Subject:
    """The thing with its name of today; UnknownSubjectError where there is none.

    Only what readers may see can be watched, and a practice that was withdrawn no
    longer is.
    """
    makers = {
        Kind.REGION: _region,
        Kind.THEME: _theme,
        Kind.INDICATOR: _indicator,
        Kind.PRACTICE: _practice,
        Kind.SEARCH: _search,
    }
    if kind not in makers:
        text = _("%(kind)s cannot be watched. It can be one of: %(kinds)s.")
        raise UnknownSubjectError(text % {"kind": kind[:40], "kinds": ", ".join(Kind)})
    if not key or len(key) > LONGEST or not key.isprintable():
        text = _("Say which one: a key of 1 to %(most)d printable characters.")
        raise UnknownSubjectError(text % {"most": LONGEST})
    found = makers[Kind(kind)](key)
    if found is None:
        text = _("There is no %(kind)s %(key)s to watch.")
        raise UnknownSubjectError(text % {"kind": Kind(kind).label, "key": key[:80]})
    return found


def _region(key: str) -> Subject | None:
    found = Region.objects.current().filter(code=key.upper()).first()
    if found is None:
        return None
    label = f"{found.name} ({found.code})"
    return Subject(Kind.REGION, found.code, label, found.get_absolute_url(), found)


def _theme(key: str) -> Subject | None:
    kind, _colon, code = key.partition(":")
    found = Domain.objects.filter(kind=kind, code=code).first()
    if found is None:
        return None
    return Subject(Kind.THEME, key, found.name, found.get_absolute_url(), found)


def _indicator(key: str) -> Subject | None:
    related = Indicator.objects.select_related("dataflow", "numerator", "denominator")
    found = related.filter(slug=key).first()
    if found is None:
        return None
    return Subject(Kind.INDICATOR, key, found.name, found.get_absolute_url(), found)


def _practice(key: str) -> Subject | None:
    found = GoodPractice.objects.public().filter(slug=key).first()
    if found is None:
        return None
    return Subject(Kind.PRACTICE, key, found.title, found.get_absolute_url(), found)


def _search(key: str) -> Subject | None:
    """A view or a page of a list is no filter and leaves the key."""
    name, _mark, query = key.partition("?")
    if name not in LISTS:
        return None
    held = LISTS[name]
    given = QueryDict(query, mutable=True)
    for parameter in {*given} - {*held.listing.own} | {*given} & {"sort"}:
        if parameter not in VIEWS:
            text = _("A watch of this list cannot have the filter %(name)s.")
            raise UnknownSubjectError(text % {"name": parameter[:40]})
        del given[parameter]
    try:
        asked = validate(held.listing.form_class(), given)
    except InvalidQuery as error:
        raise UnknownSubjectError(str(error)) from error
    kept = held.listing.asked({**asked, "sort": ""})
    text = encode({n: kept[n] for n in held.listing.own if n in kept})
    short = f"{name}?{text}" if text else name
    if len(short) > LONGEST:
        raise UnknownSubjectError(_("These are too many filters to be watched."))
    address = reverse(held.page) + (f"?{text}" if text else "")
    label = f"{held.label()}: {_filters(asked, held)}"
    return Subject(Kind.SEARCH, short, label[:300], address, asked)


def _filters(asked: Mapping[str, Any], held: SearchList) -> str:
    """The filters in words, or that there are none."""
    words = [f"\u201c{asked['q']}\u201d"] if asked.get("q") else []
    for facet in held.listing.facets:
        words += [f"{facet.label} {value}" for value in asked.get(facet.name) or []]
    return ", ".join(words) or _("all of them")


def narrowed(subject: Subject) -> Any:
    """The records that a search finds today."""
    held = LISTS[subject.key.partition("?")[0]]
    return held.listing.narrowed(held.records(), subject.record)
