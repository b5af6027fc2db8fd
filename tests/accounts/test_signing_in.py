"""Sign-up, sign-in and the ways around them that must not work."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts import people

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "email": "Ada@example.org",
    "name": " Ada L. ",
    "password1": people.PASSWORD,
    "password2": people.PASSWORD,
}


def test_sign_up_verify_sign_in(client):
    answer = client.post("/account/signup/", SIGN_UP)
    assert answer["Location"] == "/account/confirm-email/"
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff) == (
        "ada@example.org",
        "Ada L.",
        False,
    )
    assert people.sign_in(client, user.email)["Location"] == "/account/confirm-email/"
    assert client.get("/account/").status_code == 302, (
        "not before the address is proven"
    )
    address = people.link_in_last_mail()
    client.get(address)
    assert not EmailAddress.objects.get().verified, "a scanner of mails opens links"
    client.post(address)
    assert people.sign_in(client, user.email)["Location"] == "/account/"
    assert "Ada L." in client.get("/account/").content.decode()


def test_a_taken_address_is_told_only_to_its_owner(client):
    people.member()
    taken = client.post("/account/signup/", SIGN_UP)
    assert "already" in mail.outbox[-1].subject
    free = Client().post("/account/signup/", {**SIGN_UP, "email": "eve@example.org"})
    assert (taken.status_code, taken["Location"]) == (
        free.status_code,
        free["Location"],
    )
    assert User.objects.count() == 2


def test_a_forgotten_password_tells_nobody_whether_there_is_an_account(client):
    people.member()
    answers = [
        client.post("/account/password/reset/", {"email": email})
        for email in ("ada@example.org", "eve@example.org")
    ]
    assert {(a.status_code, a["Location"]) for a in answers} == {
        (302, "/account/password/reset/done/")
    }
    assert [message.to for message in mail.outbox] == [
        ["ada@example.org"],
        ["eve@example.org"],
    ]


def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    people.member()
    pages = [
        people.sign_in(client, email, "wrong").context["form"].errors.as_json()
        for email in ("ada@example.org", "eve@example.org")
    ]
    assert pages[0] == pages[1]


def test_a_program_makes_no_account_and_is_not_told(client):
    answer = client.post("/account/signup/", {**SIGN_UP, "nickname": "bot"})
    assert answer["Location"] == "/account/confirm-email/"
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "12345678901", "password1234"])
def test_weak_passwords_are_refused(client, password):
    data = {**SIGN_UP, "password1": password, "password2": password}
    answer = client.post("/account/signup/", data)
    assert "password" in " ".join(answer.context["form"].errors)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client, target):
    people.member()
    answer = people.sign_in(client, "ada@example.org", next=target)
    assert answer["Location"] == "/account/"


def test_a_path_of_the_portal_is_where_one_goes_on(client):
    people.member()
    answer = people.sign_in(client, "ada@example.org", next="/projects/?q=x")
    assert answer["Location"] == "/projects/?q=x"


def test_failed_sign_ins_are_limited_for_the_address(client):
    people.member()
    for _try in range(5):
        people.sign_in(client, "ada@example.org", "wrong")
    answer = people.sign_in(client, "ada@example.org")
    assert "Too many" in str(answer.context["form"].errors)


def test_the_session_is_a_new_one_after_signing_in(client):
    people.member()
    client.get("/account/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    people.sign_in(client, "ada@example.org")
    assert client.session.session_key != planted


def test_forms_want_their_token():
    client = Client(enforce_csrf_checks=True)
    people.member()
    assert people.sign_in(client, "ada@example.org").status_code == 403


def test_signing_out_needs_a_post(client):
    client.force_login(people.member())
    client.get("/account/logout/")
    assert client.get("/account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302


def test_changing_the_address_waits_for_the_new_one(client):
    user = people.member()
    people.sign_in(client, user.email)
    people.confirm_password(client)
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "ada@example.org"
    client.post(people.link_in_last_mail())
    user.refresh_from_db()
    assert user.email == "new@example.org"


def test_a_mail_server_that_is_away_is_said(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post("/account/signup/", SIGN_UP)
    assert answer.status_code == 503
    assert "could not be sent" in answer.content.decode()
    assert User.objects.exists()


@pytest.mark.parametrize("path", ["login", "signup", "password/reset"])
def test_pages_of_sign_in_have_no_inline_script_or_style(client, path):
    page = client.get(f"/account/{path}/").content.decode()
    assert "style=" not in page
    assert "onclick" not in page
