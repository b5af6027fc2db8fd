"""The lease of a run: lost, taken, given back; no run is silently gone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from sources import stopping
from sources.exceptions import (
    LeaseLost,
)
from sources.models import IngestRun
from sources.services import (
    queue_run,
    settle,
    start_run,
    sweep,
)
from sources.services.lease import claim, renew
from tests.sources.conftest import run_after, story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_given_up_for_lost_changes_nothing_when_it_comes_back(probe):
    lost = claim(queue_run("probe", "x").pk)
    IngestRun.objects.filter(pk=lost.pk).update(lease_until=None, worker="gone:1:a")
    sweep()
    lost.new = 99
    with pytest.raises(LeaseLost):
        renew(lost)
    with pytest.raises(LeaseLost):
        settle(lost)
    row = IngestRun.objects.get(pk=lost.pk)
    assert (row.state, row.attempt, row.new) == ("queued", 2, 0)


def test_a_lease_taken_stops_the_work(probe):
    def step(request):
        IngestRun.objects.filter(pk=request.run.pk).update(worker="other:1:b")
        for n in range(100_000_000):
            request.progress.advance(n)

    probe.steps = [step]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.worker) == ("running", "other:1:b")


def test_a_lost_worker_is_found_and_the_run_goes_on(probe, settings):
    settings.RUN_BACKOFF = 0
    run = claim(queue_run("probe", "x").pk)
    renew(run, stage="reading")
    sweep()
    assert IngestRun.objects.get(pk=run.pk).state == "running"  # it is alive
    IngestRun.objects.filter(pk=run.pk).update(
        lease_until=timezone.now() - timedelta(days=1)
    )
    sweep()
    row = IngestRun.objects.get(pk=run.pk)
    assert (row.state, row.attempt) == ("queued", 2)
    assert "was lost in the stage 'reading'. Nothing was loaded." in story(row)
    done = run_after(row)
    assert (done.state, done.message) == ("loaded", "")


def test_a_run_that_loses_every_worker_ends_and_is_told(probe, settings):
    settings.RUN_ATTEMPTS, settings.RUN_BACKOFF = 2, 0
    run = queue_run("probe", "x")
    for _ in range(2):
        assert claim(run.pk)
        IngestRun.objects.filter(pk=run.pk).update(lease_until=None)
        sweep()
    row = IngestRun.objects.get(pk=run.pk)
    assert (row.state, row.attempt) == ("failed", 2)
    assert len(mail.outbox) == 1


def test_a_command_that_was_killed_is_no_run_for_ever(probe):
    run = start_run("ESTAT:x", file_name="x.tsv")
    IngestRun.objects.filter(pk=run.pk).update(lease_until=None)
    sweep()
    row = IngestRun.objects.get(pk=run.pk)
    assert row.state == "failed"
    assert "was lost" in row.message
    assert mail.outbox == []
    start_run("ESTAT:x")  # the target is free again


def test_a_lost_message_is_sent_again(probe, settings):
    run = queue_run("probe", "x")
    row = IngestRun.objects.get(pk=run.pk)
    assert row.dispatched_at is not None
    sweep()
    assert IngestRun.objects.get(pk=run.pk).dispatched_at == row.dispatched_at
    settings.RUN_MESSAGE_LIFE = 0
    sweep()
    assert IngestRun.objects.get(pk=run.pk).dispatched_at > row.dispatched_at


def test_a_worker_asked_to_end_gives_its_run_back(probe):
    def step(request):
        stopping.ask()
        for n in range(100_000_000):
            request.progress.advance(n)

    probe.steps = [step]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.attempt, run.not_before) == ("queued", 1, None)
    assert "The worker was stopped" in story(run)
    stopping.reset()
    assert run_after(run).state == "loaded"
