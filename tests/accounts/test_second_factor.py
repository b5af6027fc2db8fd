"""A second factor holds for every way in; staff need one."""

import pytest
from django.urls import reverse

from tests.accounts import people

pytestmark = pytest.mark.django_db


def test_the_desk_has_no_way_in_of_its_own(client):
    people.member(is_staff=True, is_superuser=True)
    answer = client.post(
        "/admin/login/?next=/admin/",
        {"username": "ada@example.org", "password": people.PASSWORD},
    )
    assert answer["Location"] == "/account/login/?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 302


def test_the_code_is_asked_before_the_desk_opens(client):
    user = people.member(is_staff=True, is_superuser=True)
    secret = people.give_second_factor(user)
    answer = people.sign_in(client, user.email, next="/admin/")
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    client.post("/account/2fa/authenticate/", {"code": people.code_of(secret)})
    assert client.get("/admin/").status_code == 200


def test_a_reset_password_does_not_step_over_the_code(client):
    user = people.member()
    people.give_second_factor(user)
    client.post("/account/password/reset/", {"email": user.email})
    form = client.get(people.link_in_last_mail(), follow=True)
    new = "another horse battery staple"
    path = form.redirect_chain[-1][0]
    client.post(path, {"password1": new, "password2": new})
    assert client.get("/account/").status_code == 302
    answer = people.sign_in(client, user.email, new)
    assert answer["Location"].startswith("/account/2fa/authenticate/")


@pytest.mark.parametrize("path", ["/admin/", "/admin/auth/group/"])
def test_staff_without_one_are_sent_to_set_it_up(client, settings, path):
    settings.STAFF_MFA_REQUIRED = True
    user = people.member(is_staff=True, is_superuser=True)
    client.force_login(user)
    assert client.get(path)["Location"] == reverse("mfa_index")
    assert client.post("/report/")["Location"] == reverse("mfa_index")
    assert client.get("/privacy/").status_code == 200
    assert client.get("/account/2fa/").status_code == 200
    people.give_second_factor(user)
    assert client.get(path).status_code == 200


def test_others_need_none(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(people.member())
    assert client.post("/account/notices/read/").status_code == 302
    assert client.post("/report/").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
        "data/export.json",
        "delete/",
        "tokens/",
    ],
)
def test_what_opens_or_ends_an_account_wants_the_password_again(client, path):
    people.member()
    people.sign_in(client, "ada@example.org")
    answer = client.get(f"/account/{path}")
    assert answer["Location"].startswith("/account/reauthenticate/")
    people.confirm_password(client)
    assert client.get(f"/account/{path}").status_code == 200
