"""Whether a call can be answered today, from its dates alone. Pure."""

from datetime import date
from enum import StrEnum


class CallState(StrEnum):
    """In the order in which readers look for calls."""

    OPEN = "open"
    ANNOUNCED = "announced"
    UNKNOWN = "unknown"
    CLOSED = "closed"


def call_state(
    *, opens: date | None, closes: date | None, last_year: int, today: date
) -> CallState:
    """The state on the day ``today``; the closing day itself still counts as open.

    A call without a closing date is never said to be open. It is closed once its
    programme has ended (after ``last_year``), and until then nothing is known.
    """
    if opens is not None and today < opens:
        return CallState.ANNOUNCED
    if closes is not None:
        return CallState.OPEN if today <= closes else CallState.CLOSED
    return CallState.CLOSED if today.year > last_year else CallState.UNKNOWN
