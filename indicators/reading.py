"""How a reader asks for numbers: whose borders, held when, converted or not. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sources.moments import as_of_text


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

    def __str__(self) -> str:
        """Short, and different for different readings: fit for a cache key."""
        held = as_of_text(self.as_of) if self.as_of else "now"
        return f"{self.version}:{held}:{'converted' if self.is_converted else ''}"

    def at(self, moment: datetime) -> Self:
        """The same way of looking, at another moment."""
        return replace(self, as_of=moment)
