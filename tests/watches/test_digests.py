"""When a digest is due, and what stands in it."""

from datetime import UTC, datetime

import pytest

from watches.digests import Event, Topic, is_due, period, sections

SUNDAY = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
MONDAY = datetime(2026, 3, 2, 5, 50, tzinfo=UTC)


def event(topic, day, ident=""):
    moment = datetime(2026, 3, day, tzinfo=UTC)
    return Event(moment, topic, "Title", "changed", "/x/", ident or f"{topic}:{day}")


def test_sections_keep_their_order_and_the_newest_stand_first():
    found = sections(
        [event(Topic.CALLS, 1), event(Topic.FIGURES, 1), event(Topic.FIGURES, 3)]
    )
    assert [part.topic for part in found] == [Topic.FIGURES, Topic.CALLS]
    assert [item.moment.day for item in found[0].events] == [3, 1]


def test_what_came_by_two_ways_is_told_once_and_the_rest_is_counted():
    twice = [event(Topic.PROJECTS, 1, "same"), event(Topic.PROJECTS, 1, "same")]
    many = [event(Topic.PROJECTS, day) for day in range(2, 9)]
    (part,) = sections([*twice, *many], most=5)
    assert (len(part.events), part.more) == (5, 3)


@pytest.mark.parametrize(
    ("told", "frequency", "now", "due"),
    [
        (SUNDAY, "daily", MONDAY, True),
        (SUNDAY, "weekly", MONDAY, True),
        (MONDAY.replace(hour=0), "daily", MONDAY, False),
        (MONDAY, "weekly", MONDAY.replace(day=8), False),
        (MONDAY, "weekly", MONDAY.replace(day=9), True),
        (MONDAY, "daily", SUNDAY, False),
    ],
)
def test_a_period_is_told_once(told, frequency, now, due):
    assert is_due(told, frequency, now) is due


def test_a_week_begins_on_monday_also_across_a_year():
    assert period(datetime(2027, 1, 1, tzinfo=UTC), "weekly") == "2026-12-28"
