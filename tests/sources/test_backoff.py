"""The pause before the next attempt: bounded, growing, spread."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.backoff import LONGEST, pause

bases = st.floats(0.001, 3600)
chances = st.floats(0, 1)


@given(st.integers(1, 10_000), bases, chances)
def test_a_pause_lies_between_half_and_all_of_the_doubling(attempt, base, chance):
    found = pause(attempt, base=base, chance=chance)
    full = base
    for _ in range(min(attempt - 1, 100)):
        full *= 2
    full = min(full, LONGEST.total_seconds())
    near = pytest.approx
    assert full / 2 <= found.total_seconds() + 1e-6 or found.total_seconds() == near(
        full / 2, rel=1e-6
    )
    assert found.total_seconds() <= full + 1e-6


@given(st.integers(1, 50), bases, chances)
def test_a_later_attempt_never_waits_less(attempt, base, chance):
    earlier = pause(attempt, base=base, chance=chance)
    assert pause(attempt + 1, base=base, chance=chance) >= earlier


@given(st.integers(1, 12), st.floats(0, 1), st.floats(0, 1))
def test_chance_only_shortens(attempt, one, other):
    low, high = sorted((one, other))
    assert pause(attempt, base=60, chance=high) <= pause(attempt, base=60, chance=low)


def test_the_first_pauses_by_hand():
    waits = [pause(n, base=60, chance=0) for n in (1, 2, 3, 4, 30)]
    assert waits == [
        timedelta(seconds=60),
        timedelta(seconds=120),
        timedelta(seconds=240),
        timedelta(seconds=480),
        timedelta(hours=6),
    ]
    assert pause(1, base=60, chance=1) == timedelta(seconds=30)


@pytest.mark.parametrize(("attempt", "chance"), [(0, 0.5), (1, -0.1), (1, 1.1)])
def test_what_is_no_attempt_and_no_chance_is_refused(attempt, chance):
    with pytest.raises(ValueError, match="no attempt"):
        pause(attempt, base=60, chance=chance)
