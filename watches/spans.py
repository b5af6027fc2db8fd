"""A stretch of time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """After ``since``, up to ``until``; both aware."""

    since: datetime
    until: datetime

    def on(self, field: str) -> dict[str, datetime]:
        return {f"{field}__gt": self.since, f"{field}__lte": self.until}
