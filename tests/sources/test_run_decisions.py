"""What people decide about a run: load or discard, cancel, repeat."""

import pytest
from django.core import mail

from sources.exceptions import (
    ConfirmationNeeded,
)
from sources.models import IngestRun
from sources.services import (
    RunRefused,
    cancel_run,
    confirm_run,
    discard_run,
    queue_run,
    repeat_run,
    settle,
    start_run,
)
from tests.factories.sources import SnapshotFactory
from tests.sources.conftest import run_after

pytestmark = pytest.mark.django_db(transaction=True)


def held_run(probe):
    snapshot = SnapshotFactory()

    def doubt(request):
        request.run.snapshot = snapshot
        raise ConfirmationNeeded("a quarter of the values are gone")

    probe.steps = [doubt]
    return run_after(queue_run("probe", "x")), snapshot


def test_a_doubtful_load_waits_for_a_person_with_its_bytes(probe):
    run, snapshot = held_run(probe)
    assert (run.state, run.snapshot, run.attempt) == ("held", snapshot, 1)
    assert len(mail.outbox) == 1
    confirm_run(run, asked_by="Ada")
    seen = []
    probe.steps = [lambda request: seen.append(request.run)]
    run = run_after(run)
    assert (run.state, run.is_confirmed) == ("loaded", True)
    assert seen[0].is_confirmed
    assert seen[0].snapshot == snapshot
    assert probe.asked == 1  # nobody needs to be asked about bytes that are here
    assert run.events.get(text="To be loaded all the same.").who == "Ada"
    with pytest.raises(RunRefused):
        confirm_run(run, asked_by="Ada")


def test_a_doubtful_load_may_be_discarded(probe):
    run, _snapshot = held_run(probe)
    discard_run(run, asked_by="Ada")
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert "Discarded by a person." in run.message
    assert run_after(run).state == "cancelled"


def test_a_newer_question_replaces_the_older_one(probe):
    older, _ = held_run(probe)
    newer, _ = held_run(probe)
    older.refresh_from_db()
    assert (older.state, newer.state) == ("cancelled", "held")
    assert f"run {newer.pk}" in older.message


def test_a_waiting_run_is_cancelled_at_once(probe):
    run = queue_run("probe", "x")
    cancel_run(run, asked_by="Ada")
    assert run_after(run).state == "cancelled"
    assert probe.fetched == 0
    with pytest.raises(RunRefused, match="nothing to cancel"):
        cancel_run(run, asked_by="Ada")


@pytest.mark.parametrize("stage", ["fetching", "reading", "switching"])
def test_a_running_run_is_cancelled_in_each_stage(probe, stage):
    def step(request):
        request.progress.stage(stage, 1000)
        other = IngestRun.objects.get(pk=request.run.pk)
        cancel_run(other, asked_by="Ada")
        for n in range(100_000_000):
            request.progress.advance(n)

    probe.steps = [step]
    run = run_after(queue_run("probe", "x"))
    assert run.state == "cancelled"
    assert run.message == f"Cancelled in the stage '{stage}'. Nothing was loaded."
    assert (run.new, run.attempt) == (0, 1)
    assert mail.outbox == []


def test_a_run_is_repeated_as_a_run_of_its_own(probe):
    run = queue_run("probe", "x", options={"scale": "60M"})
    with pytest.raises(RunRefused, match="has not ended"):
        repeat_run(run, asked_by="Ada")
    run = run_after(run)
    again = repeat_run(run, asked_by="Ada")
    assert again.pk != run.pk
    assert (again.target, again.options) == (run.target, {"scale": "60M"})
    local = start_run("ESTAT:x", file_name="x.tsv")
    settle(local)
    with pytest.raises(RunRefused, match="a local file"):
        repeat_run(local, asked_by="Ada")
