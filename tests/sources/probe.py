"""A fetcher for tests: it does what the test tells it to, and counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sources import registry
from sources.models import IngestRun
from sources.registry import Check, Fetcher, FetchRequest, Verdict
from sources.services import recorded_run

NAME = "probe"
Step = Callable[[FetchRequest], None]


class Probe:
    """``steps`` are done in turn, one a fetch; then every fetch loads one row."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.verdict: Verdict | None = None
        self.fetched = 0
        self.asked = 0

    def fetch(self, request: FetchRequest) -> IngestRun:
        self.fetched += 1
        with recorded_run(f"{NAME}:{request.code}", run=request.run) as run:
            if self.steps:
                self.steps.pop(0)(request)
            run.read = run.new = 1
        return run

    def check(self, request: FetchRequest) -> Check:
        self.asked += 1
        verdict = self.verdict or Verdict.UNKNOWN
        return Check(verdict, f"The publisher says: {verdict.value}.")


def raising(error: BaseException) -> Step:
    def step(request: FetchRequest) -> None:
        raise error

    return step


@contextmanager
def registered() -> Iterator[Probe]:
    """The probe among the fetchers, for as long as the block lasts."""
    probe = Probe()
    registry.register(Fetcher(NAME, "for tests", probe.fetch, check=probe.check))
    try:
        yield probe
    finally:
        del registry._fetchers[NAME]
