"""From what happened to what is told: sections in a fixed order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A digest names so many of each section and counts the others.
NAMED = 15


class Topic(StrEnum):
    FIGURES = "figures"
    PRACTICES = "practices"
    ADOPTIONS = "adoptions"
    PROJECTS = "projects"
    PRIORITIES = "priorities"
    PROGRAMMES = "programmes"
    CALLS = "calls"
    CORRECTIONS = "corrections"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field as it is called on pages; "" for long texts and what was or is empty."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened; ``ident`` tells it from all others, for feeds.

    ``address`` is a path of the portal, ``what`` says in words what changed, with the
    ``fields`` in it. ``record`` is the key of the catalogue's record it is about.
    """

    moment: datetime
    topic: Topic
    title: str
    what: str
    address: str
    ident: str
    fields: Sequence[FieldChange] = ()
    record: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The newest events of a topic, and how many more there are."""

    topic: Topic
    events: Sequence[Event]
    more: int


def sections(events: Iterable[Event], *, most: int = NAMED) -> list[Section]:
    """By topic in the order of ``Topic``, the newest first; each event once."""
    unique = {event.ident: event for event in events}
    newest = sorted(unique.values(), key=lambda e: (e.moment, e.ident), reverse=True)
    found = []
    for topic in Topic:
        own = [event for event in newest if event.topic == topic]
        if own:
            found.append(Section(topic, own[:most], max(0, len(own) - most)))
    return found


def is_due(told_until: datetime, frequency: str, now: datetime) -> bool:
    """Whether a period has begun since: a UTC day, or a week from Monday on.

    Both moments are aware. Within the period in which somebody was told they are not
    told again, however often a task runs.
    """
    return period(told_until, frequency) < period(now, frequency)


def period(moment: datetime, frequency: str) -> str:
    """The first day of the period, as "2026-03-02"; sorts by time."""
    day = moment.date()
    if frequency == "weekly":
        day -= timedelta(days=day.weekday())
    return day.isoformat()
