"""A run that fails: tried again, then a person is told, once."""

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone

from sources.exceptions import (
    IngestError,
    TransientError,
)
from sources.models import IngestRun
from sources.services import (
    execute,
    queue_run,
    sweep,
)
from tests.sources.conftest import fail_for_good, make_due, run_after, story
from tests.sources.probe import raising

pytestmark = pytest.mark.django_db(transaction=True)

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


def test_a_fault_of_the_portals_own_fails_and_is_told(probe):
    probe.steps = [raising(ZeroDivisionError("by 0"))]
    run = run_after(queue_run("probe", "x"))
    assert (run.state, run.message) == ("failed", "stopped by ZeroDivisionError: by 0")
    assert len(mail.outbox) == 1
