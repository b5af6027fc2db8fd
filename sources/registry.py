"""What can be fetched: each app registers its fetchers, one command serves all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sources.models import IngestRun
from sources.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What a person or a schedule asked for.

    ``code`` is empty for fetchers that know a single thing; ``file`` replaces the
    download; ``options`` are the fetcher's own, as texts.
    """

    code: str = ""
    file: Path | None = None
    version: int | None = None
    scale: str = "20M"
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Fetcher:
    """A named way to get and load something; returns the finished run.

    ``fetch`` raises ``IngestError`` after it has recorded the failure.
    """

    name: str
    summary: str
    fetch: Callable[[FetchRequest], IngestRun]
    takes_codes: bool = True


_fetchers: dict[str, Fetcher] = {}


def register(fetcher: Fetcher) -> None:
    """Make a fetcher known; a second one of the same name is a mistake."""
    if fetcher.name in _fetchers:
        raise ValueError(f"a fetcher named {fetcher.name!r} is registered already")
    _fetchers[fetcher.name] = fetcher


def get_fetcher(name: str) -> Fetcher | None:
    return _fetchers.get(name)


def all_fetchers() -> list[Fetcher]:
    return sorted(_fetchers.values(), key=lambda fetcher: fetcher.name)
