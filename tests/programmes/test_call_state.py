"""The state of a call, at the edges, and the same in SQL."""

from datetime import date, timedelta

import pytest

from programmes.analysis.call_state import CallState, call_state
from programmes.analysis.lines import line_of
from programmes.calls import in_state
from programmes.models import Call
from tests.factories.catalogue import CallFactory, ProgrammeFactory

DAY = date(2026, 11, 22)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
DATES = (None, BEFORE, DAY, AFTER)


@pytest.mark.parametrize(
    ("opens", "closes", "last_year", "state"),
    [
        (BEFORE, DAY, 2027, CallState.OPEN),
        (DAY, DAY, 2027, CallState.OPEN),
        (None, AFTER, 2027, CallState.OPEN),
        (AFTER, AFTER, 2027, CallState.ANNOUNCED),
        (AFTER, None, 2027, CallState.ANNOUNCED),
        (None, BEFORE, 2027, CallState.CLOSED),
        (BEFORE, None, 2027, CallState.UNKNOWN),
        (None, None, 2026, CallState.UNKNOWN),
        (None, None, 2025, CallState.CLOSED),
    ],
)
def test_state_at_the_edges(opens, closes, last_year, state):
    found = call_state(opens=opens, closes=closes, last_year=last_year, today=DAY)
    assert found == state


@pytest.mark.django_db
def test_sql_agrees_with_the_pure_function():
    ended = ProgrammeFactory(first_year=2007, last_year=2013)
    running = ProgrammeFactory(first_year=2021, last_year=2027)
    for programme in (ended, running):
        for opens in DATES:
            for closes in DATES:
                if not (opens and closes and closes < opens):
                    CallFactory(programme=programme, opens=opens, closes=closes)
    for call in Call.objects.select_related("programme"):
        expected = call_state(
            opens=call.opens,
            closes=call.closes,
            last_year=call.programme.last_year,
            today=DAY,
        )
        held = [
            state
            for state in CallState
            if Call.objects.filter(in_state(state, DAY), pk=call.pk).exists()
        ]
        assert held == [expected]


def test_a_line_leaves_other_branches_out():
    links = [(1, 3), (2, 3), (3, 4), (1, 5), (8, 9)]
    assert line_of(3, links) == {1, 2, 3, 4}
    assert line_of(2, links) == {2, 3, 4}
    assert line_of(7, links) == {7}
