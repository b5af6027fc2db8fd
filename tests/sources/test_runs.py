"""The life of a run: queued, claimed once, worked on, ended."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sources.exceptions import (
    IngestError,
    RunUnderway,
)
from sources.models import IngestRun
from sources.registry import Verdict
from sources.services import (
    execute,
    queue_run,
    start_run,
)
from sources.services.lease import claim
from tests.sources.conftest import run_after, story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_queued_run_is_worked_on_and_loaded(probe):
    run = run_after(queue_run("probe", "x", asked_by="Ada"))
    assert (run.state, run.target, run.read, run.attempt) == ("loaded", "probe:x", 1, 1)
    assert run.finished_at >= run.started_at
    assert run.lease_until is None
    told = story(run)
    assert told.index("Asked for.") < told.index("Attempt 1") < told.index("Ended")


def test_the_same_wish_waits_once_and_another_beside_it(probe):
    first = queue_run("probe", "x")
    assert queue_run("probe", "x").pk == first.pk
    assert queue_run("probe", "x", options={"scale": "60M"}).pk != first.pk
    assert queue_run("probe", "y").pk != first.pk


def test_a_strange_fetcher_is_refused_before_a_row_is_made(probe):
    with pytest.raises(IngestError, match="Nothing named 'nobody'"):
        queue_run("nobody", "x")
    assert not IngestRun.objects.exists()


def test_an_unchanged_source_loads_nothing(probe):
    probe.verdict = Verdict.UNCHANGED
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.message) == ("unchanged", "The publisher says: unchanged.")
    assert probe.fetched == 0


@pytest.mark.parametrize("verdict", [Verdict.CHANGED, Verdict.UNKNOWN])
def test_a_changed_source_and_one_of_which_nothing_is_known_are_loaded(probe, verdict):
    probe.verdict = verdict
    assert run_after(queue_run("probe", "x")).state == "loaded"
    assert (probe.asked, probe.fetched) == (1, 1)


def test_a_message_delivered_twice_does_no_harm(probe):
    run = queue_run("probe", "x")
    execute(run.pk)
    assert execute(run.pk) is None
    assert probe.fetched == 1


def test_two_runs_of_one_target_do_not_overlap(probe):
    """The second waits while the first is under way, and comes after it."""
    first, second = queue_run("probe", "x"), queue_run("probe", "x", options={"n": "2"})
    assert claim(first.pk) is not None
    assert claim(second.pk) is None
    assert IngestRun.objects.get(pk=second.pk).state == "queued"
    with pytest.raises(RunUnderway, match=rf"Run {first.pk} .*cancel_run {first.pk}"):
        start_run("probe:x")
    IngestRun.objects.filter(pk=first.pk).update(state="loaded")
    assert run_after(second).state == "loaded"


def test_of_many_claims_at_once_one_gets_it(probe):
    runs = [queue_run("probe", "x", options={"n": str(n)}) for n in range(4)]
    start, got = threading.Barrier(8), []

    def race(pk):
        start.wait()
        try:
            got.append(claim(pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=(run.pk,)) for run in runs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([run for run in got if run is not None]) == 1
    assert IngestRun.objects.filter(state="running").count() == 1


def test_progress_is_seen_by_others_while_it_goes_on(probe):
    seen = {}

    def step(request):
        request.progress.stage("reading", 400)
        request.progress.advance(100)
        deadline = timezone.now() + timedelta(seconds=30)
        while timezone.now() < deadline:
            row = IngestRun.objects.get(pk=request.run.pk)
            if row.done:
                seen.update(stage=row.stage, done=row.done, total=row.total)
                return

    probe.steps = [step]
    run_after(queue_run("probe", "x"))
    assert seen == {"stage": "reading", "done": 100, "total": 400}
