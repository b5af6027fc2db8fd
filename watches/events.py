"""What happened to a watched thing between two moments, from what the portal records.

A moment counts when it is after ``since`` and not after ``until``, so that periods
that follow one another neither miss nor repeat anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.models import Adoption, GoodPractice
from practices.territory import adoptions_from, adoptions_in, in_region
from programmes.eligibility import open_to
from programmes.models import Call, Programme
from projects.models import Partner, Project
from regions.models import Region
from strategies.models import Domain, Priority, Strategy
from watches.crossing import Crossing
from watches.digests import Event, Topic
from watches.figures import figures_of_indicator, figures_of_region
from watches.models import Watch
from watches.records import MOST, adoptions, corrections, practices, records
from watches.spans import Span
from watches.subjects import LISTS, Subject, narrowed

Kind = Watch.Kind
NO_CROSSING = Crossing()


@dataclass(frozen=True, slots=True)
class _Held:
    """The public records that belong to a watched thing."""

    practices: Any
    projects: Any
    priorities: Any
    calls: Any
    adoptions: Any


def events_of(
    subject: Subject,
    since: datetime,
    until: datetime,
    crossing: Crossing = NO_CROSSING,
) -> list[Event]:
    """In no order; the number of statements does not grow with the records.

    ``crossing`` is what came into a search and left it, where that is known.
    """
    span = Span(since, until)
    if subject.kind == Kind.INDICATOR:
        return list(figures_of_indicator(subject.record, span))
    if subject.kind == Kind.REGION:
        found = list(figures_of_region(subject.record, span))
        return [*found, *_all(_of_region(subject.record), span)]
    if subject.kind == Kind.THEME:
        return list(_all(_of_theme(subject.record), span))
    if subject.kind == Kind.PRACTICE:
        return list(_all(_of_practice(subject.record), span))
    return list(_of_search(subject, span, crossing))


def _all(held: _Held, span: Span) -> Iterable[Event]:
    yield from practices(held.practices, span)
    yield from adoptions(held.adoptions, span)
    yield from records(Topic.PROJECTS, held.projects, span)
    yield from records(Topic.PRIORITIES, held.priorities, span)
    yield from records(Topic.CALLS, held.calls, span)
    for found in (held.practices, held.projects):
        yield from corrections(found, span)


def _of_region(region: Region) -> _Held:
    seats = Partner.objects.public().in_territory(region)
    strategies = Strategy.objects.public().for_region(region)
    programmes = Programme.objects.public().filter(open_to(region))
    return _Held(
        GoodPractice.objects.public().filter(in_region(region)),
        Project.objects.public().filter(pk__in=seats.values("project")),
        Priority.objects.public().filter(strategy__in=strategies.values("pk")),
        Call.objects.public().filter(programme__in=programmes.values("pk")),
        adoptions_in(region) | adoptions_from(region),
    )


def _of_theme(domain: Domain) -> _Held:
    """Tagged with the domain or with a finer one below it."""
    tags = Domain.objects.filter(pk=domain.pk) | Domain.objects.filter(parent=domain)

    def tagged(model: Any) -> Any:
        rows = model.domains.through._default_manager.filter(domain__in=tags)
        link = model._meta.model_name
        return model.objects.public().filter(pk__in=rows.values(link))

    found = tagged(GoodPractice)
    told = Adoption.objects.public().filter(practice__in=found.values("pk"))
    return _Held(found, tagged(Project), tagged(Priority), Call.objects.none(), told)


def _of_practice(practice: GoodPractice) -> _Held:
    return _Held(
        GoodPractice.objects.public().filter(pk=practice.pk),
        Project.objects.none(),
        Priority.objects.none(),
        Call.objects.none(),
        Adoption.objects.public().filter(practice=practice),
    )


def _of_search(subject: Subject, span: Span, crossing: Crossing) -> Iterator[Event]:
    topic = LISTS[subject.key.partition("?")[0]].topic
    found = narrowed(subject)
    happened = (
        list(practices(found, span))
        if topic == Topic.PRACTICES
        else list(records(topic, found, span))
    )
    yield from happened
    yield from corrections(found, span)
    told = {event.record for event in happened}
    come = found.model.objects.filter(pk__in=crossing.entered - told)
    for record in come.order_by("pk")[:MOST]:
        yield _crossed(topic, record, span, "in", _("now found by this search"))
    yield from _left(topic, found.model, subject, span, crossing)


def _left(
    topic: Topic, model: Any, subject: Subject, span: Span, crossing: Crossing
) -> Iterator[Event]:
    """Those that readers still see by name, the others by number."""
    seen = list(model.objects.public().filter(pk__in=crossing.left))
    for record in seen[:MOST]:
        what = _("no longer found by this search")
        yield _crossed(topic, record, span, "out", what)
    gone = len(crossing.left) - len(seen)
    if gone:
        words = ngettext(
            "%(n)d record is no longer in the portal",
            "%(n)d records are no longer in the portal",
            gone,
        )
        ident = f"{topic.value}:gone:{span.until:%Y%m%d%H%M%S}"
        what = words % {"n": gone}
        yield Event(span.until, topic, subject.label, what, subject.address, ident)


def _crossed(topic: Topic, record: Any, span: Span, way: str, what: str) -> Event:
    return Event(
        span.until,
        topic,
        str(record),
        what,
        record.get_absolute_url(),
        f"{topic.value}:{record.pk}:{way}:{span.until:%Y%m%d%H%M%S}",
        record=record.pk,
    )
