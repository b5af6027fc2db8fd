"""The dates of calls for a reader's calendar and feed reader."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from programmes.calls import STATES, ZONE, state_of
from programmes.models import Call

DOMAIN = "calls.s3portal"  # part of what identifies an event; never changes


def calendar(calls: Iterable[Call], *, root: str) -> bytes:
    """RFC 5545: a day for each known date of the calls; ``root`` is the site's.

    A call keeps its events' UIDs whatever is corrected in it, so that calendars
    move an event rather than add another one.
    """
    found = Calendar()
    found.add("prodid", "-//Smart Specialisation Portal//Calls//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", _("Calls for proposals"))
    found.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    # Without an event there must still be a component: the zone of the days.
    found.add_component(
        Timezone.from_tzid(ZONE.key, first_date=date(2007, 1, 1), last_date=LAST)
    )
    for call in calls:
        for event in _events(call, root):
            found.add_component(event)
    return bytes(found.to_ical())


LAST = date(2035, 1, 1)


def _events(call: Call, root: str) -> Iterator[Event]:
    if call.opens:
        yield _event(call, "opens", call.opens, root)
    if call.closes:
        yield _event(call, "closes", call.closes, root)


def _event(call: Call, kind: str, day: date, root: str) -> Event:
    heading = _("Opens: %(call)s") if kind == "opens" else _("Closes: %(call)s")
    event = Event()
    event.add("uid", f"{call.programme.slug}-{call.code}-{kind}@{DOMAIN}")
    event.add("dtstamp", call.updated_at)
    event.add("last-modified", call.updated_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", heading % {"call": call})
    event.add("url", root + call.get_absolute_url())
    event.add(
        "description", _("A day in Brussels. Check the hour on the programme's page.")
    )
    event.add("categories", [area.name for area in call.programme.policy_areas.all()])
    event.add("transp", "TRANSPARENT")
    return event


def atom(calls: Iterable[Call], *, root: str, address: str) -> str:
    """The calls as an Atom feed, in the order of the list."""
    feed = Atom1Feed(
        title=_("Calls for proposals"),
        link=f"{root}/programmes/calls/",
        description="",
        feed_url=root + address,
        author_name=_("Smart Specialisation Portal"),
    )
    for call in calls:
        feed.add_item(
            title=str(call),
            link=root + call.get_absolute_url(),
            description=_summary(call),
            unique_id=f"tag:{DOMAIN},2026:{call.programme.slug}/{call.code}",
            pubdate=call.created_at,
            updateddate=call.updated_at,
            categories=[area.name for area in call.programme.policy_areas.all()],
        )
    return str(feed.writeString("utf-8"))


def _summary(call: Call) -> str:
    """Its state today and its dates, in a sentence."""
    said = [str(STATES[state_of(call)])]
    if call.opens:
        said.append(_("opens %(day)s") % {"day": call.opens.isoformat()})
    if call.closes:
        said.append(_("closes %(day)s") % {"day": call.closes.isoformat()})
    return ", ".join(said)
