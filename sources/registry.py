"""What can be fetched: each app registers its fetchers, one command serves all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sources.models import IngestRun
from sources.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What a person or a schedule asked for.

    ``code`` is empty for fetchers that know a single thing; ``file`` replaces the
    download; ``options`` are the fetcher's own, as texts. ``run`` is the running run to
    work for; where it has a snapshot already, those bytes are to be loaded.
    """

    code: str = ""
    file: Path | None = None
    version: int | None = None
    scale: str = "20M"
    progress: Progress = silent
    options: Mapping[str, Any] = field(default_factory=dict)
    run: IngestRun | None = None


class Verdict(Enum):
    """Whether the publisher has something else than what is held."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to "has the source changed?", with the reason for people.

    ``updated`` is the publisher's own moment of the release, where it was told.
    """

    verdict: Verdict
    reason: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """A named way to get and load something; returns the finished run.

    ``fetch`` raises ``IngestError`` when a load must not happen. ``target`` names the
    run for a code, and refuses a code that cannot be one. ``check``, where there is
    one, asks the publisher whether anything changed, without loading it. With
    ``needs_kept_file`` it loads the bytes kept with the run, which nobody else has.
    """

    name: str
    summary: str
    fetch: Callable[[FetchRequest], IngestRun]
    takes_codes: bool = True
    target: Callable[[str], str] | None = None
    check: Callable[[FetchRequest], Check] | None = None
    needs_kept_file: bool = False

    def target_of(self, code: str) -> str:
        """How runs for this code are named, such as ``ESTAT:tgs00042``."""
        if self.target:
            return self.target(code)
        return f"{self.name}:{code}" if code else self.name


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
