"""What an answer, or none, says about a link. Pure."""

from dataclasses import dataclass
from datetime import date

# Servers that keep programs out, or ask them to slow down, are there.
THERE = frozenset({401, 402, 403, 405, 406, 407, 423, 429, 451, 999})
LONGEST_WAIT = 28


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is None without an answer; ``problem`` then says why, in words.

    ``is_kept_out``: the host asks programs not to look there, so nothing is known.
    """

    status: int | None
    problem: str = ""
    redirect_to: str = ""
    is_kept_out: bool = False

    @property
    def is_there(self) -> bool:
        return self.status is not None and (self.status < 400 or self.status in THERE)


@dataclass(frozen=True, slots=True)
class Failing:
    """Since when and on how many different days an address failed; none: it answers."""

    first: date | None = None
    last: date | None = None
    days: int = 0


def after(held: Failing, answer: Answer, today: date) -> Failing:
    """Failing again on a day already counted adds nothing."""
    if answer.is_there or answer.is_kept_out:
        return Failing()
    if held.last == today:
        return held
    return Failing(held.first or today, today, held.days + 1)


def wait_days(failing: Failing, *, usual: int, broken: int) -> int:
    """Days until it is asked again: soon while in doubt, ever more rarely later."""
    if failing.days == 0:
        return usual
    if failing.days < broken:
        return 1
    doubled: int = usual * 2 ** min(failing.days - broken, 10)
    return max(usual, min(LONGEST_WAIT, doubled))
