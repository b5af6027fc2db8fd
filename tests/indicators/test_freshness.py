"""The rules of freshness, one by one, and what holds for all facts."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.freshness import (
    Basis,
    Cause,
    Facts,
    State,
    assess,
    edition_day,
    grace_days,
    unchecked_days,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NOW = at("2026-11-22T12:00")
RELEASED = at("2026-01-10T11:00")
FETCHED = at("2026-01-12T09:00")


def causes(now: datetime = NOW, **facts: object) -> list[Cause]:
    found = assess(Facts(**{"fetched_at": FETCHED, **facts}), now=now)
    return [reason.cause for reason in found.reasons]


def state(now: datetime = NOW, **facts: object) -> State:
    return assess(Facts(**{"fetched_at": FETCHED, **facts}), now=now).state


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 2026", date(2026, 5, 31)),
        ("February 2024", date(2024, 2, 29)),
        ("early 2026", date(2026, 6, 30)),
        ("about 2016", date(2016, 12, 31)),
        ("2020", date(2020, 12, 31)),
        ("August 2017", date(2017, 8, 31)),
        ("edition 3", None),
        ("12345", None),
        ("", None),
    ],
)
def test_an_edition_counts_with_the_last_day_it_can_mean(text, day):
    assert edition_day(text) == day


@pytest.mark.parametrize(
    ("every", "days"), [(7, 30), (90, 30), (120, 30), (124, 31), (365, 91), (730, 182)]
)
def test_grace_is_a_quarter_and_a_month_at_least(every, days):
    assert grace_days(every) == days


@pytest.mark.parametrize(("every", "days"), [(1, 7), (2, 7), (3, 9), (30, 90)])
def test_three_rounds_and_a_week_at_least(every, days):
    assert unchecked_days(every) == days


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2027-01-10T12:00", []),
        # Expected on 10 January 2027, with a grace of 91 days.
        ("2027-04-11T23:59", []),
        ("2027-04-12T00:00", [Cause.OVERDUE]),
    ],
)
def test_overdue_only_after_the_grace(now, found):
    assert causes(at(now), source_updated=RELEASED, release_every=365) == found


@pytest.mark.parametrize(
    ("facts", "expected", "basis"),
    [
        (
            {"source_updated": RELEASED, "edition": "2001"},
            date(2027, 1, 10),
            Basis.STATED,
        ),
        # The end of 2020 and a year.
        (
            {"edition": "about 2020", "last_period": "2018"},
            date(2021, 12, 31),
            Basis.EDITION,
        ),
        # Figures of 2018 come out in the course of 2019; the next in that of 2020.
        ({"last_period": "2018"}, date(2020, 12, 30), Basis.PERIOD),
        ({"last_period": "2018-Q1"}, date(2020, 3, 30), Basis.PERIOD),
        # What was fetched on 12 January 2026 was released by then.
        ({"last_period": "2050"}, date(2027, 1, 12), Basis.PERIOD),
        ({"edition": "early 2026"}, date(2027, 1, 12), Basis.EDITION),
        ({"last_period": "0000"}, None, Basis.NONE),
        ({}, None, Basis.NONE),
    ],
)
def test_the_next_release_is_reckoned_from_what_is_known_best(facts, expected, basis):
    found = assess(Facts(**facts, release_every=365, fetched_at=FETCHED), now=NOW)
    assert (found.next_expected, found.basis) == (expected, basis)


@pytest.mark.parametrize(
    ("now", "checked", "found"),
    [
        ("2026-01-19T12:00", None, []),
        ("2026-01-20T12:00", None, [Cause.UNCHECKED]),
        ("2026-11-22T12:00", "2026-11-15T23:00", []),
        ("2026-11-22T12:00", "2026-11-14T23:00", [Cause.UNCHECKED]),
    ],
)
def test_unchecked_after_three_rounds(now, checked, found):
    checked_at = at(checked) if checked else None
    assert causes(at(now), checked_at=checked_at, check_every=1) == found


def test_without_a_schedule_nothing_is_unchecked():
    assert causes(checked_at=at("2020-01-01"), check_every=None) == []


@pytest.mark.parametrize(
    ("failures", "found"),
    [(0, []), (1, []), (2, [Cause.FAILING]), (9, [Cause.FAILING])],
)
def test_one_failure_is_an_accident(failures, found):
    since = at("2026-11-20")
    assert causes(failures=failures, failing_since=since) == found


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"fetched_at": None, "failures": 5, "failing_since": NOW}, State.NEVER),
        ({"fetched_at": None, "is_discontinued": True}, State.NEVER),
        ({"is_discontinued": True, "edition": "about 2012"}, State.CLOSED),
        (
            {"is_discontinued": True, "check_every": 1, "release_every": 30},
            State.CLOSED,
        ),
        ({}, State.UNKNOWN),
        ({"checked_at": NOW, "check_every": 1}, State.FRESH),
        ({"source_updated": RELEASED, "release_every": 365}, State.FRESH),
        ({"edition": "about 2016", "release_every": 365}, State.STALE),
    ],
)
def test_states(facts, expected):
    assert state(**facts) == expected


def test_each_reason_has_its_day_and_all_are_told():
    found = assess(
        Facts(
            fetched_at=FETCHED,
            edition="about 2016",
            release_every=365,
            check_every=1,
            failures=3,
            failing_since=at("2026-11-19T04:00"),
        ),
        now=NOW,
    )
    assert [(item.cause, item.since) for item in found.reasons] == [
        (Cause.OVERDUE, date(2017, 12, 31)),
        (Cause.UNCHECKED, date(2026, 1, 12)),
        (Cause.FAILING, date(2026, 11, 19)),
    ]


def test_a_closed_dataflow_expects_nothing():
    found = assess(
        Facts(
            fetched_at=FETCHED,
            source_updated=RELEASED,
            release_every=30,
            is_discontinued=True,
        ),
        now=NOW,
    )
    assert (found.next_expected, found.reasons) == (None, ())


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="2026-11-22T12:00:00 has no time zone"):
        assess(Facts(), now=NOW.replace(tzinfo=None))


moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  # the zone is given beside it
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.integers(1, 32_767)
facts = st.builds(
    Facts,
    source_updated=st.none() | moments,
    fetched_at=st.none() | moments,
    checked_at=st.none() | moments,
    release_every=st.none() | days,
    edition=st.sampled_from(["", "about 2016", "May 2026", "first"]),
    last_period=st.sampled_from(["", "2024", "9999", "2024-Q1", "2024-W53", "0000"]),
    is_discontinued=st.booleans(),
    check_every=st.none() | days,
    failures=st.integers(0, 5),
    failing_since=st.none() | moments,
)


@given(facts, moments)
def test_stale_means_that_a_reason_is_given(known, now):
    found = assess(known, now=now)
    assert found.is_stale == bool(found.reasons)
    assert not (known.is_discontinued and found.is_stale)
    assert (found.state == State.NEVER) == (known.fetched_at is None)


@given(facts, moments, st.integers(0, 4000))
def test_what_is_stale_stays_so_until_something_is_done(known, now, later):
    if assess(known, now=now).is_stale:
        assert assess(known, now=now + timedelta(later)).is_stale


@given(facts, moments)
def test_a_newer_release_checked_now_is_never_stale(known, now):
    after = Facts(
        source_updated=now,
        fetched_at=now,
        checked_at=now,
        release_every=known.release_every,
        check_every=known.check_every,
        last_period=known.last_period,
    )
    assert not assess(after, now=now).is_stale


zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(facts, moments, zones)
def test_the_clock_of_the_reader_decides_nothing(known, now, zone):
    def there(moment):
        return moment and moment.astimezone(zone)

    moved = Facts(
        source_updated=there(known.source_updated),
        fetched_at=there(known.fetched_at),
        checked_at=there(known.checked_at),
        release_every=known.release_every,
        edition=known.edition,
        last_period=known.last_period,
        is_discontinued=known.is_discontinued,
        check_every=known.check_every,
        failures=known.failures,
        failing_since=there(known.failing_since),
    )
    assert assess(moved, now=there(now)) == assess(known, now=now)
