"""Moments a reader asks about, as addresses write them. Pure."""

from datetime import UTC, date, datetime, time

# A date asks for what was held when the day had ended.
DAY_END = time.max.replace(tzinfo=UTC)


def parse_as_of(text: str) -> datetime:
    """The moment a text means, in UTC: a date ends with its day, a time has a zone.

    Raises ValueError for anything else, a time without zone included.
    """
    if len(text) == len("2026-03-01"):
        return datetime.combine(date.fromisoformat(text), DAY_END)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment.astimezone(UTC)


def as_of_text(moment: datetime) -> str:
    """The shortest text that means the moment: a date where it is the end of one."""
    moment = moment.astimezone(UTC)
    if moment.timetz() == DAY_END:
        return moment.date().isoformat()
    return moment.isoformat().replace("+00:00", "Z")
