"""How a reader asks for numbers: whose borders, held when, converted or not. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of looking at all series; part of every cache key.

    ``version`` is the NUTS version whose codes the answer uses. ``as_of`` asks what
    the portal held at that moment (None: now). ``is_converted`` lets values of other
    versions be converted with weights where territory changed; otherwise they stay
    as reported.
    """

    version: int
    as_of: datetime | None = None
    is_converted: bool = False
