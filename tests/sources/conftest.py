"""A fetcher that does as a test says, and what becomes of its runs."""

import pytest
from django.utils import timezone

from sources import stopping
from sources.models import IngestRun
from sources.services import execute
from tests.sources import probe as probes
from tests.sources.probe import raising


@pytest.fixture
def probe(settings):
    settings.RUN_HEARTBEAT = 0.05
    settings.INGEST_MAIL = ["operator@example.org"]
    with probes.registered() as found:
        yield found
    stopping.reset()


def run_after(run: IngestRun) -> IngestRun:
    execute(run.pk)
    return IngestRun.objects.get(pk=run.pk)


def make_due(run: IngestRun) -> None:
    """The pause is over."""
    IngestRun.objects.filter(pk=run.pk).update(not_before=timezone.now())


def story(run: IngestRun) -> str:
    return "\n".join(run.events.values_list("text", flat=True))


def fail_for_good(probe, run, error):
    """Attempt after attempt, until a person is needed."""
    while True:
        probe.steps = [raising(error)]
        run = run_after(run)
        if run.state != "queued":
            return run
        make_due(run)
