"""The life of a run: queued, claimed, worked on, ended; every end told truthfully."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.utils import timezone

from sources import stopping
from sources.exceptions import (
    ConfirmationNeeded,
    IngestError,
    LeaseLost,
    RunUnderway,
    TransientError,
)
from sources.models import IngestRun
from sources.registry import Verdict
from sources.services import (
    RunRefused,
    cancel_run,
    confirm_run,
    discard_run,
    execute,
    queue_run,
    repeat_run,
    settle,
    start_run,
    sweep,
)
from sources.services.lease import claim, renew
from tests.factories.sources import SnapshotFactory
from tests.sources import probe as probes
from tests.sources.probe import raising

pytestmark = pytest.mark.django_db(transaction=True)


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


PASSING = [
    TransientError("no answer", about="example.org"),
    OperationalError("server closed the connection unexpectedly"),
    OSError(28, "No space left on device"),
]


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_what_may_pass_is_tried_again_later(probe, settings, error):
    settings.RUN_BACKOFF = 60
    probe.steps = [raising(error)]
    before = timezone.now()
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.attempt, run.worker) == ("queued", 2, "")
    wait = (run.not_before - before).total_seconds()
    assert 30 <= wait < 90
    assert "Attempt 1 failed" in story(run)
    assert execute(run.pk) is None  # it is not due yet
    make_due(run)
    assert run_after(run).state == "loaded"
    assert mail.outbox == []


def fail_for_good(probe, run, error):
    """Attempt after attempt, until a person is needed."""
    while True:
        probe.steps = [raising(error)]
        run = run_after(run)
        if run.state != "queued":
            return run
        make_due(run)


def test_after_the_last_attempt_a_person_is_told_once(probe, settings):
    settings.RUN_ATTEMPTS = 3
    run = fail_for_good(probe, queue_run("probe", "x"), TransientError("no answer"))
    assert (run.state, run.attempt, probe.fetched) == ("failed", 3, 3)
    (letter,) = mail.outbox
    assert letter.to == ["operator@example.org"]
    assert "no answer" in letter.body
    assert run.get_absolute_url() in letter.body
    assert run.notified_at is not None


def test_a_refused_file_fails_at_once(probe):
    probe.steps = [raising(IngestError("line 3 is bad", ["line 3"]))]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.attempt, run.rejections) == ("failed", 1, ["line 3"])
    assert len(mail.outbox) == 1


def test_the_same_fault_is_news_again_only_after_it_worked(probe):
    def failed(message):
        probe.steps = [raising(IngestError(message))]
        run_after(queue_run("probe", "x"))
        return len(mail.outbox)

    assert [failed("bad"), failed("bad"), failed("worse"), failed("bad")] == [
        1,
        1,
        2,
        2,
    ]
    assert run_after(queue_run("probe", "x")).state == "loaded"
    assert failed("bad") == 3


def test_an_outage_of_a_publisher_is_one_letter_for_all_its_datasets(probe, settings):
    settings.RUN_ATTEMPTS = 1
    error = TransientError("https://e.org/x: no answer", about="e.org")
    for code in "abc":
        fail_for_good(probe, queue_run("probe", code), error)
    assert IngestRun.objects.filter(state="failed").count() == 3
    assert len(mail.outbox) == 1
    assert run_after(queue_run("probe", "b")).state == "loaded"
    fail_for_good(probe, queue_run("probe", "c"), error)
    assert len(mail.outbox) == 2


def test_nobody_to_tell_is_no_fault(probe, settings):
    settings.INGEST_MAIL = []
    probe.steps = [raising(IngestError("bad"))]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.notified_at, mail.outbox) == ("failed", None, [])


def test_a_letter_waits_for_the_mail_server(probe, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    probe.steps = [raising(IngestError("bad"))]
    run = run_after(queue_run("probe", "x"))
    assert (run.is_mail_due, run.notified_at) == (True, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sweep()
    sweep()
    assert len(mail.outbox) == 1


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
    assert run_after(row).state == "loaded"


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


def test_a_fault_of_the_portals_own_fails_and_is_told(probe):
    probe.steps = [raising(ZeroDivisionError("by 0"))]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.message) == ("failed", "stopped by ZeroDivisionError: by 0")
    assert len(mail.outbox) == 1


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
