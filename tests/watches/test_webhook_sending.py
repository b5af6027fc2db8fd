"""Messages on a real server of this machine: signed, repeated, given up, ended."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from standardwebhooks import Webhook

from accounts.models import Notice
from practices.models import PublishedVersion
from practices.stages import Stage
from tests.factories.practices import whole_practice
from tests.watches import hooks
from watches import services
from watches.models import Message, Watch
from watches.subjects import subject_of
from watches.webhooks import endpoints, messages, sending
from watches.webhooks.transport import post

pytestmark = pytest.mark.django_db
State = Message.State


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_HOSTS = settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.WEBHOOK_TIMEOUT = 5
    yield from hooks.serve()


@pytest.fixture
def endpoint(receiver):
    found, found.secret = hooks.in_use(hooks.member(), receiver.url)
    return found


@pytest.fixture
def message(endpoint):
    """A message that is no test, and so is tried again."""
    made = messages.send_test(endpoint)
    Message.objects.filter(pk=made.pk).update(is_test=False)
    made.refresh_from_db()
    return made


def aged(record, **times):
    """As if it were so many days ago."""
    moments = {name: timezone.now() - timedelta(days=n) for name, n in times.items()}
    type(record).objects.filter(pk=record.pk).update(**moments)


def send(message):
    """Now, whatever its pause."""
    aged(message, next_at=0)
    taken = sending.deliver(message.pk)
    message.refresh_from_db()
    return taken


def test_a_message_is_signed_so_that_others_can_check_it(endpoint, receiver, message):
    assert send(message)
    ((headers, body),) = receiver.got
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == message.ident
    mark = hooks.mark_of(endpoint.secret, headers, body)
    assert headers["webhook-signature"] == mark
    told = Webhook(endpoint.secret).verify(body, headers)
    assert (told["id"], told["version"]) == (message.ident, 1)
    assert (message.state, message.status, message.attempts) == ("delivered", 204, 1)


def test_a_new_secret_and_the_former_one_sign_for_a_day(endpoint, receiver, message):
    fresh = endpoints.renew_secret(endpoint)
    assert fresh != endpoint.secret
    send(message)
    headers, body = receiver.got[0]
    marks = headers["webhook-signature"].split(" ")
    assert marks == [hooks.mark_of(s, headers, body) for s in (fresh, endpoint.secret)]
    aged(endpoint, former_until=1)
    send_again = Message.objects.get(pk=message.pk)
    Message.objects.update(state=State.WAITING)
    send(send_again)
    headers, body = receiver.got[1]
    assert headers["webhook-signature"] == hooks.mark_of(fresh, headers, body)


def test_the_database_alone_gives_no_secret(endpoint, settings):
    (before,) = endpoints.secrets_of(endpoint)
    settings.SECRET_KEY = "another key of the portal"  # noqa: S105  # of nobody
    assert endpoints.secrets_of(endpoint) != [before]


def test_what_fails_is_sent_again_later_with_the_same_id(receiver, message, endpoint):
    receiver.status = 500
    before = timezone.now()
    assert not send(message)
    assert (message.state, message.status) == ("waiting", 500)
    pause = (message.next_at - before).total_seconds()
    assert 30 <= pause <= 65
    assert not sending.deliver(message.pk), "it is not due"
    send(message)
    assert (message.next_at - timezone.now()).total_seconds() >= 55
    receiver.status = 200
    assert send(message)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None


def test_a_wait_that_is_asked_for_is_kept(receiver, message):
    receiver.status, receiver.headers = 429, {"Retry-After": "300"}
    send(message)
    assert (message.next_at - timezone.now()).total_seconds() > 290


def test_after_days_of_failures_it_is_switched_off_and_told(
    endpoint, receiver, message
):
    receiver.status = 503
    send(message)
    aged(endpoint, failing_since=4.9)
    send(message)
    assert message.state == State.WAITING
    aged(endpoint, failing_since=5.1)
    send(message)
    endpoint.refresh_from_db()
    assert (endpoint.state, message.state) == ("off", State.FAILED)
    notice = Notice.objects.get(kind="webhook-off")
    assert notice.user == endpoint.user
    assert "for 5 days" in notice.body


def test_gone_ends_it_at_once(endpoint, receiver, message):
    receiver.status = 410
    waiting = Message.objects.create(endpoint=endpoint, ident="msg_x", body="{}")
    send(message)
    endpoint.refresh_from_db()
    waiting.refresh_from_db()
    assert (endpoint.state, message.state, waiting.state) == ("off", "failed", "failed")
    with pytest.raises(ValidationError):
        messages.send_test(endpoint)
    assert endpoints.switch_on(endpoint)


def test_a_redirect_is_not_followed(endpoint, receiver, message):
    receiver.status, receiver.headers = 302, {"Location": receiver.url + "/else"}
    send(message)
    assert len(receiver.got) == 1
    assert "redirects" in message.problem


def test_a_test_is_tried_once(endpoint, receiver):
    receiver.status = 500
    made = messages.send_test(endpoint)
    send(made)
    endpoint.refresh_from_db()
    assert (made.state, endpoint.failing_since) == ("failed", None)
    with pytest.raises(ValidationError):
        messages.send_test(endpoint)


def test_who_left_the_organisation_sends_nothing(endpoint, receiver, message):
    endpoint.user.scopes.all().delete()
    assert not send(message)
    assert (receiver.got, message.state) == ([], "failed")


def test_a_private_network_is_not_contacted(receiver, settings):
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_PRIVATE_HOSTS = ["localhost"], []
    port = receiver.url.split(":")[2].split("/")[0]
    assert "https" in post(f"http://localhost:{port}/", "{}", {}).problem
    assert "private" in post("https://localhost/", "{}", {}).problem
    settings.WEBHOOK_HOSTS = []
    assert "not among" in post(receiver.url, "{}", {}).problem
    assert receiver.got == []


def test_nobody_there_is_no_answer(receiver, settings):
    answer = post("http://127.0.0.1:9/", "{}", {})
    assert (answer.status, answer.is_taken) == (None, False)
    assert answer.problem


def test_a_watch_goes_to_its_endpoint_and_says_what_and_why(endpoint, receiver):
    practice = whole_practice(Stage.PUBLISHED, title="Vouchers")
    PublishedVersion.objects.create(practice=practice, number=1, content={}, digest="x")
    watch = services.watch(
        endpoint.user,
        subject_of("practice", practice.slug),
        "daily",
        is_mailed=False,
        endpoint=endpoint,
    )
    aged(watch, told_until=2)
    assert services.tell("daily") == 1
    assert services.tell("daily") == 0
    assert not Notice.objects.filter(kind="watch-digest").exists()
    message = Message.objects.get()
    assert send(message)
    data = json.loads(receiver.got[0][1])["data"]
    assert data["reason"] == "You are told because you watch: Vouchers"
    (change,) = data["changes"]
    assert (change["title"], change["what"]) == ("Vouchers", "published")
    assert change["url"].endswith(practice.get_absolute_url())
    assert data["watch"]["stop"].startswith("http")


def test_a_watch_that_leads_nowhere_waits(endpoint):
    practice = whole_practice(Stage.PUBLISHED)
    PublishedVersion.objects.create(practice=practice, number=1, content={}, digest="x")
    watch = services.watch(
        endpoint.user,
        subject_of("practice", practice.slug),
        "daily",
        is_mailed=False,
        endpoint=endpoint,
    )
    aged(watch, told_until=2)
    endpoints.switch_off(endpoint, "for a test")
    assert services.tell("daily") == 0
    endpoints.switch_on(endpoint)
    assert services.tell("daily") == 1
    assert endpoints.delete(endpoint) == 1
    assert Watch.objects.get().is_mailed


def test_the_log_ends_after_90_days(message):
    assert messages.forget_old() == 0
    aged(message, created_at=91)
    assert messages.forget_old() == 1
