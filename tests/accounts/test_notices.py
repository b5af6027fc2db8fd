"""Notices: once in the inbox, once by e-mail, as each person wants."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import notices
from accounts.models import Delivery, Notice
from accounts.notice_kinds import DIGEST
from accounts.services import mails
from accounts.services.memberships import DECIDED
from accounts.stopping import token_for
from tests import factories
from tests.accounts import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return people.member()


@pytest.fixture
def tell():
    organisation = factories.OrganisationFactory(name="Agency of Bizkaia")

    def tell(*users, key=""):
        membership = {"organisation": organisation}
        context = {"membership": membership, "confirmed": True}
        return notices.notify(users, DECIDED, context, link="/account/", key=key)

    return tell


def test_a_notice_is_mailed_once_with_a_way_to_stop(ada, tell):
    [notice] = tell(ada)
    assert notice.subject == "You may now write for Agency of Bizkaia (ES)"
    assert mails.mail_notice(notice.pk)
    assert not mails.mail_notice(notice.pk), "the message came a second time"
    [sent] = mail.outbox
    assert sent.to == [ada.email]
    assert "http://localhost:8000/account/\n" in sent.body
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_mail_is_queued_when_the_transaction_is_done(
    ada, tell, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        tell(ada)
    assert len(queued) == 1


def test_what_is_rolled_back_was_never_told(ada, tell):
    with transaction.atomic():
        tell(ada)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_one_key_tells_each_person_once(ada, tell):
    eve = people.member("eve@example.org")
    tell(ada, key="practice:1:approved")
    assert [n.user for n in tell(ada, eve, key="practice:1:approved")] == [eve]
    assert Notice.objects.count() == 2


def test_who_may_not_sign_in_is_told_nothing(tell):
    assert tell(people.member("gone@example.org", is_active=False)) == []


def test_a_link_never_leaves_the_portal(ada):
    with pytest.raises(ValueError, match="evil"):
        notices.notify([ada], DECIDED, link="//evil.example/")


def test_a_server_that_is_away_keeps_the_mail_for_later(ada, tell, monkeypatch):
    [notice] = tell(ada)

    def away(*_args, **_more):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            mails.mail_notice(notice.pk)
    assert mails.mail_notice(notice.pk)
    assert len(mail.outbox) == 1


def test_lost_messages_are_made_up_for_but_not_after_days(ada, tell):
    late, old, fresh = (tell(ada)[0] for _ in range(3))
    now = timezone.now()
    Notice.objects.filter(pk=late.pk).update(created_at=now - timedelta(hours=1))
    Notice.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=9))
    assert mails.mail_overdue() == 1
    assert set(Notice.objects.filter(mailed_at=None)) == {old, fresh}


def test_the_mail_of_the_day_holds_them_all_and_goes_once(ada, tell):
    notices.set_preference(ada, DECIDED, Delivery.DAILY)
    tell(ada), tell(ada)
    assert mails.mail_overdue() == 0
    assert mails.mail_digests() == 1
    assert mails.mail_digests() == 0
    [sent] = mail.outbox
    assert sent.subject == "[s3portal] Your notices of the day (2)"
    assert sent.body.count("Agency of Bizkaia") == 2
    notices.stop(ada, DIGEST)
    assert {k.name: d for k, d in notices.preferences(ada)}[DECIDED] == "none"


def test_a_mail_is_stopped_without_a_login_but_not_by_looking(ada, tell):
    address = f"/account/notices/stop/{token_for(ada.pk, DECIDED)}/"
    client = Client(enforce_csrf_checks=True)
    assert client.get(address).status_code == 200
    assert tell(ada)[0].delivery == Delivery.AT_ONCE
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert tell(ada)[0].delivery == Delivery.NONE
    assert client.get("/account/").status_code == 302, "it is no way in"


def test_a_stop_link_that_was_changed_does_nothing(client, ada):
    token = token_for(ada.pk, DECIDED)
    assert client.post(f"/account/notices/stop/x{token}/").status_code == 404


def test_the_inbox_counts_opens_and_marks(client, ada, tell):
    first, _second = tell(ada)[0], tell(ada)[0]
    client.force_login(ada)
    assert client.get("/account/notices/").context["unread_notices"] == 2
    assert client.get(f"/account/notices/{first.pk}/")["Location"] == "/account/"
    assert ada.notices.unread().count() == 1
    client.post("/account/notices/read/")
    assert not ada.notices.unread().exists()


def test_nobody_opens_what_was_told_to_others(client, ada, tell):
    [notice] = tell(ada)
    client.force_login(people.member("eve@example.org"))
    assert client.get(f"/account/notices/{notice.pk}/").status_code == 404
    assert ada.notices.unread().exists()


def test_the_inbox_takes_a_constant_number_of_queries(
    client, ada, tell, django_assert_num_queries
):
    client.force_login(ada)
    for _ in range(12):
        tell(ada)
    # session, person, count of pages, the page, unread
    with django_assert_num_queries(5):
        client.get("/account/notices/")


def test_the_header_costs_readers_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/privacy/")
    assert "Sign in" in page.content.decode()
    assert not page.cookies


def test_kinds_of_curators_are_for_curators(client, ada):
    names = {kind.name for kind, _d in notices.preferences(ada)}
    assert "membership-asked" not in names
    factories.ScopeFactory(user=ada, role="curator")
    assert "membership-asked" in {kind.name for kind, _d in notices.preferences(ada)}
