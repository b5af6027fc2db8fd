"""Authors, invitations by mail, handing over and leaving."""

import html
import re
from urllib.parse import parse_qs

import pytest
from django.core import mail
from django.test import Client

from practices import services
from practices.models import Authorship, Invitation
from tests import factories

pytestmark = pytest.mark.django_db


def address(practice):
    return f"/practices/work/{practice.slug}/people/"


def link_in(message):
    return re.search(r"https?://[^/]+(/practices/invitation/\S+)", message.body)[1]


def test_an_invitation_goes_by_mail_and_makes_a_co_author(
    client, practice, lead, people
):
    client.force_login(lead)
    client.post(address(practice), {"action": "invite", "email": "New@example.org"})
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert practice.title in message.body
    link = link_in(message)
    assert link.split("/")[-2] not in str(Invitation.objects.values())
    client.logout()
    page = client.get(link)
    assert page["Cache-Control"].startswith("max-age=0")
    assert page["Referrer-Policy"] == "same-origin"
    assert f"?next={link}" in page.content.decode()
    assert not practice.authorships.exclude(user=lead).exists()
    client.post(link)
    assert not practice.authorships.exclude(user=lead).exists()
    client.force_login(people.reader)
    assert client.post(link).url == f"/practices/work/{practice.slug}/"
    assert practice.authorships.get(user=people.reader).role == "co_author"
    assert client.get(link).status_code == 410
    assert client.post(link).url == "/practices/mine/"


def test_a_mail_that_cannot_be_sent_invites_nobody(client, practice, lead, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError("away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    client.force_login(lead)
    sent = {"action": "invite", "email": "new@example.org"}
    answer = client.post(address(practice), sent)
    assert answer.status_code == 400
    assert "could not be sent" in answer.content.decode()
    assert 'value="new@example.org"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_program_that_fills_in_everything_sends_no_mail(client, practice, lead):
    client.force_login(lead)
    sent = {"action": "invite", "email": "new@example.org", "nickname": "Bot"}
    assert client.post(address(practice), sent).status_code == 302
    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_mails_from_one_address_have_a_limit(client, practice, lead, monkeypatch):
    monkeypatch.setattr("dashboards.views.practice_people.MOST_AN_HOUR", 1)
    client.force_login(lead)
    for number, status in ((1, 302), (2, 429)):
        sent = {"action": "invite", "email": f"new{number}@example.org"}
        assert client.post(address(practice), sent).status_code == status
    assert len(mail.outbox) == 1


def test_an_open_invitation_is_withdrawn(client, practice, lead):
    client.force_login(lead)
    client.post(address(practice), {"action": "invite", "email": "new@example.org"})
    sent = {"action": "withdraw", "number": Invitation.objects.get().pk}
    assert client.post(address(practice), sent).status_code == 302
    assert client.get(link_in(mail.outbox[0])).status_code == 410
    assert client.post(address(practice), sent).status_code == 409


def test_the_lead_is_handed_over_and_left(client, practice, lead, co_author):
    client.force_login(lead)
    assert client.post(address(practice), {"action": "x"}).status_code == 409
    seat = practice.authorships.get(user=co_author)
    client.post(address(practice), {"action": "appoint", "number": seat.pk})
    seat.refresh_from_db()
    assert seat.role == Authorship.Role.LEAD
    assert client.post(address(practice), {"action": "leave"}).url == "/practices/mine/"
    client.force_login(co_author)
    answer = client.post(address(practice), {"action": "leave"})
    assert answer.status_code == 409
    assert "only author" in answer.content.decode()


def test_what_a_co_author_may_not_do(client, practice, co_author, lead):
    client.force_login(co_author)
    text = client.get(address(practice)).content.decode()
    assert 'value="invite"' not in text
    assert 'value="appoint"' not in text
    sent = {"action": "invite", "email": "new@example.org"}
    assert client.post(address(practice), sent).status_code == 400
    seat = practice.authorships.get(user=co_author)
    sent = {"action": "appoint", "number": seat.pk}
    assert client.post(address(practice), sent).status_code == 409
    seat.refresh_from_db()
    assert seat.role == Authorship.Role.CO_AUTHOR
    assert mail.outbox == []


@pytest.mark.parametrize("page", ["people", "heard", "confirm"])
def test_others_do_not_even_learn_that_it_is_there(client, practice, page):
    client.force_login(factories.UserFactory())
    assert client.get(f"/practices/work/{practice.slug}/{page}/").status_code == 404


def test_signing_up_leads_back_to_the_invitation(client, practice, lead):
    _invitation, token = services.invite(practice, "new@example.org", by=lead)
    link = f"/practices/invitation/{token}/"
    page = client.get("/account/signup/", {"next": link}).content.decode()
    assert f'name="next" value="{link}"' in page
    client.post(
        "/account/signup/",
        {
            "next": link,
            "email": "new@example.org",
            "password1": "unguessable-0815",
            "password2": "unguessable-0815",
            "name": "Nora New",
        },
    )
    found = re.search(r"/account/confirm-email/\S+", mail.outbox[-1].body)[0]
    path, _mark, query = found.partition("?")
    wanted = parse_qs(query)["next"][0]
    # Opened in another browser: nothing of the sign-up is in its session.
    elsewhere = Client()
    assert wanted in html.unescape(elsewhere.get(found).content.decode())
    answer = elsewhere.post(path, {"next": wanted})
    assert answer.url == wanted
    signed_in = elsewhere.post(
        wanted, {"login": "new@example.org", "password": "unguessable-0815"}
    )
    assert signed_in.url == link
