"""How long a publisher is waited for: what it asks for, and when it is enough."""

import time
from dataclasses import dataclass, field

from django.utils.http import parse_http_date_safe

from sources.progress import Progress

LONGEST_WAIT = 600.0  # seconds
_SLICE = 0.5  # seconds; how soon a wait that is cancelled ends


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many seconds from now on, whatever happens in them.

    A time limit of a connection starts anew with every byte, so that a server which
    sends one a minute would be listened to for ever.
    """

    seconds: float
    _began: float = field(default_factory=time.monotonic)

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self._began >= self.seconds


def retry_after(text: str) -> float:
    """Seconds that a ``Retry-After`` asks for, as a number or as an HTTP date.

    At most LONGEST_WAIT; 0 for none, for one that is past and for what is neither.
    """
    if text.isdecimal():
        return min(float(text), LONGEST_WAIT)
    moment = parse_http_date_safe(text)
    if moment is None:
        return 0.0
    return min(max(moment - time.time(), 0.0), LONGEST_WAIT)


def wait(seconds: float, progress: Progress) -> None:
    """Sleep in short pieces, so that a cancelled run need not wait for its publisher.

    Raises what ``progress`` raises.
    """
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        progress.advance(0)
        time.sleep(min(left, _SLICE))
