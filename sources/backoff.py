"""How long a failed run waits before it is tried again; pure."""

from datetime import timedelta

LONGEST = timedelta(hours=6)


def pause(attempt: int, *, base: float, chance: float) -> timedelta:
    """The wait after ``attempt`` (1 is the first) attempts have failed.

    It doubles with each attempt, from ``base`` seconds to six hours, and is then cut by
    up to a half as ``chance`` (0 to 1) decides, so that runs which failed together do
    not come back together.
    """
    if attempt < 1 or not 0 <= chance <= 1:
        raise ValueError(f"no attempt {attempt} with chance {chance}")
    # The exponent is bounded first: two to the thousandth is no float.
    longest = LONGEST.total_seconds()
    full = min(base * 2.0 ** min(attempt - 1, 60), longest)
    return timedelta(seconds=full * (1 - chance / 2))
