"""Whether what is held of a dataflow is as new as it could be. Pure.

Days are counted in UTC. A dataflow is stale for at least one of three reasons:

* overdue: its next release was expected more than a grace time ago;
* unchecked: it has a schedule, and three rounds of it passed without a good check;
* failing: the last two attempts to fetch it, or more, failed.

One that the publisher has closed is never stale: no release is missing.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from indicators.periods import period_end

GRACE_SHARE = 0.25
LEAST_GRACE = 30  # days
MISSED_CHECKS = 3
LEAST_UNCHECKED = 7  # days
FAILED_ATTEMPTS = 2

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name)}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


class State(StrEnum):
    """What can be said of a dataflow; ``UNKNOWN``: no rhythm and no schedule."""

    FRESH = "fresh"
    STALE = "stale"
    CLOSED = "closed"
    NEVER = "never"
    UNKNOWN = "unknown"


class Cause(StrEnum):
    OVERDUE = "overdue"
    UNCHECKED = "unchecked"
    FAILING = "failing"


class Basis(StrEnum):
    """How the day of the release held is known."""

    STATED = "stated"
    EDITION = "edition"
    PERIOD = "period"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a dataflow is stale, and since which day."""

    cause: Cause
    since: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dataflow; moments are aware, intervals are days.

    ``check_every`` is None without a schedule. ``failures`` counts the attempts that
    failed since the last good one, the first of them at ``failing_since``.
    """

    source_updated: datetime | None = None
    fetched_at: datetime | None = None
    checked_at: datetime | None = None
    release_every: int | None = None
    edition: str = ""
    last_period: str = ""
    is_discontinued: bool = False
    check_every: int | None = None
    failures: int = 0
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """The verdict. ``released`` is the day the next release is reckoned from."""

    state: State
    released: date | None
    basis: Basis
    fetched: datetime | None
    checked: datetime | None
    next_expected: date | None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_stale(self) -> bool:
        return self.state == State.STALE

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


def assess(facts: Facts, *, now: datetime) -> Freshness:
    """The freshness of a dataflow at an aware moment."""
    released, basis = _released(facts)
    expected = _next_expected(facts, released)
    reasons = tuple(_reasons(facts, expected, _day(now)))
    state = _state(facts, expected, reasons)
    return Freshness(
        state=state,
        released=released,
        basis=basis,
        fetched=facts.fetched_at,
        checked=facts.checked_at,
        next_expected=expected,
        reasons=reasons if state == State.STALE else (),
    )


def grace_days(release_every: int) -> int:
    """How long an expected release may be late: a quarter of the rhythm, 30 at least.

    Publishers announce a season rather than a day.
    """
    return max(LEAST_GRACE, int(release_every * GRACE_SHARE))


def unchecked_days(check_every: int) -> int:
    return max(LEAST_UNCHECKED, MISSED_CHECKS * check_every)


def edition_day(text: str) -> date | None:
    """The last day an edition's name can mean, so that doubt speaks for the source.

    "May 2026" is 31 May 2026, "early 2026" 30 June, "about 2023" 31 December; None
    for a name without a year.
    """
    found = _YEAR.search(text)
    if found is None:
        return None
    words = re.findall(r"[a-z]+", text.lower())
    named = (_MONTHS[word] for word in words if word in _MONTHS)
    month = next(named, 6 if "early" in words else 12)
    year = int(found[1])
    return date(year, month, calendar.monthrange(year, month)[1])


def _released(facts: Facts) -> tuple[date | None, Basis]:
    """The day of the release held; an estimate is never after the day of fetching."""
    if facts.source_updated is not None:
        return _day(facts.source_updated), Basis.STATED
    estimate, basis = edition_day(facts.edition), Basis.EDITION
    if estimate is None:
        estimate, basis = _day_from_period(facts), Basis.PERIOD
    if estimate is None:
        return None, Basis.NONE
    if facts.fetched_at is not None:
        estimate = min(estimate, _day(facts.fetched_at))
    return estimate, basis


def _day_from_period(facts: Facts) -> date | None:
    """Figures of a period come out about one release interval after its end."""
    if not facts.last_period or facts.release_every is None:
        return None
    try:
        end = period_end(facts.last_period)
    except ValueError:
        return None  # a period no calendar has
    return _later(end, facts.release_every)


def _next_expected(facts: Facts, released: date | None) -> date | None:
    if released is None or facts.release_every is None or facts.is_discontinued:
        return None
    return _later(released, facts.release_every)


def _reasons(facts: Facts, expected: date | None, today: date) -> Iterator[Reason]:
    if expected and today > _later(expected, grace_days(facts.release_every or 0)):
        yield Reason(Cause.OVERDUE, expected)
    last_look = facts.checked_at or facts.fetched_at
    if facts.check_every is not None and last_look is not None:
        since = _day(last_look)
        if today > _later(since, unchecked_days(facts.check_every)):
            yield Reason(Cause.UNCHECKED, since)
    if facts.failures >= FAILED_ATTEMPTS and facts.failing_since is not None:
        yield Reason(Cause.FAILING, _day(facts.failing_since))


def _state(facts: Facts, expected: date | None, reasons: tuple[Reason, ...]) -> State:
    if facts.fetched_at is None:
        return State.NEVER
    if facts.is_discontinued:
        return State.CLOSED
    if reasons:
        return State.STALE
    if expected is None and facts.check_every is None:
        return State.UNKNOWN
    return State.FRESH


def _later(day: date, days: int) -> date:
    """So many days later, or the last day there is."""
    return min(day, date.max - timedelta(days)) + timedelta(days)


def _day(moment: datetime) -> date:
    """The day of an aware moment in UTC; ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC).date()
