"""What the portal holds, and what is new in it: for the start page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.catalogue_words import address_of
from indicators.models import Dataflow
from practices.models import GoodPractice
from programmes.calls import listed_calls
from programmes.models import Call, Programme
from projects.models import Project
from projects.organisations import public_organisations
from strategies.models import Domain, Priority

NEWEST = 3  # of each kind
SHOWN = 8


@dataclass(frozen=True, slots=True)
class News:
    """Something that was loaded or last changed; ``url`` is "" without a page."""

    moment: datetime
    kind: str
    title: str
    url: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many of one kind there are, and where they are listed ("" nowhere yet)."""

    count: int
    label: str
    url: str


def news(flows: Sequence[Dataflow]) -> list[News]:
    """The newest loads and records, the latest first; never a draft."""
    found = [
        *_loads(flows[:NEWEST]),
        *_records(_("Project"), Project.objects.public()),
        *_records(_("Good practice"), GoodPractice.objects.public()),
        *_records(_("Call"), Call.objects.public().select_related("programme")),
    ]
    found.sort(key=attrgetter("moment"), reverse=True)
    return found[:SHOWN]


def open_calls() -> list[Call]:
    """The next to close first, then those announced."""
    ranked: Any = listed_calls()
    return list(ranked.filter(rank__lte=1)[:NEWEST])


def holdings() -> list[Holding]:
    """Counts of public records, each with the list that shows them."""
    kinds: tuple[tuple[Any, Any, str], ...] = (
        (Project.objects.public(), _("projects"), reverse("projects:index")),
        (public_organisations(), _("organisations"), reverse("organisations:index")),
        (
            Priority.objects.public(),
            _("priorities of regions"),
            reverse("strategies:priorities"),
        ),
        (Programme.objects.public(), _("programmes"), reverse("programmes:index")),
        (
            GoodPractice.objects.public(),
            _("good practices"),
            reverse("practices:index"),
        ),
    )
    return [Holding(found.count(), label, url) for found, label, url in kinds]


def themes() -> list[Domain]:
    """The broad economic domains, to look for priorities by theme."""
    headings = Domain.objects.of_kind(Domain.Kind.ECONOMIC).headings()
    return list(headings.order_by("position", "code"))


def _loads(flows: Iterable[Dataflow]) -> Iterable[News]:
    for flow in flows:
        if flow.fetched_at:
            page = reverse("sources:index")
            yield News(flow.fetched_at, _("Data"), flow.name, page, f"#{flow.code}")


def _records(kind: str, found: Any) -> Iterable[News]:
    for item in found.order_by("-updated_at", "-pk")[:NEWEST]:
        yield News(item.updated_at, kind, str(item), address_of(item))
