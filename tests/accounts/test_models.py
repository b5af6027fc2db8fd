"""People sign in by e-mail address, however it is capitalised."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"  # noqa: S105  # of invented people


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("Ada@Example.ORG", PASSWORD, name="Ada L.")


@pytest.mark.parametrize(
    "typed", ["ada@example.org", "ADA@example.org", "Ada@Example.ORG"]
)
def test_the_address_signs_in_in_any_case(ada, typed):
    assert ada.email == "ada@example.org"
    assert authenticate(username=typed, password=PASSWORD) == ada


@pytest.mark.parametrize(
    ("typed", "password"),
    [("ada@example.org", "wrong"), ("eve@example.org", PASSWORD), ("", PASSWORD)],
)
def test_nobody_else_signs_in(ada, typed, password):
    assert authenticate(username=typed, password=password) is None


def test_an_inactive_user_does_not_sign_in(ada):
    ada.is_active = False
    ada.save()
    assert authenticate(username=ada.email, password=PASSWORD) is None


def test_a_reader_stays_outside_the_desk(client, ada):
    client.force_login(ada)
    assert client.get("/admin/").status_code == 302


def test_one_address_is_one_account(ada):
    for email in ("ada@example.org", "ADA@example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.UserFactory(email=email)
    assert User.objects.count() == 1


@pytest.mark.parametrize("email", ["", None])
def test_a_user_needs_an_address(email):
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user(email)


def test_a_user_without_password_cannot_sign_in():
    user = User.objects.create_user("quiet@example.org")
    assert not user.has_usable_password()
    assert not user.is_staff


def test_createsuperuser_asks_for_the_address_only(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", interactive=False, email="Root@Example.org", verbosity=0
    )
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == (
        "root@example.org",
        True,
        True,
    )
    assert authenticate(username="root@example.org", password=PASSWORD) == user


def test_createsuperuser_needs_an_address():
    with pytest.raises(CommandError, match="must use --email with --noinput"):
        call_command("createsuperuser", interactive=False, verbosity=0)


def test_a_user_is_called_by_name_or_address(ada):
    assert str(ada) == "Ada L."
    assert str(User(email="x@example.org")) == "x@example.org"


def test_passwords_are_stored_as_hashes(ada):
    assert PASSWORD not in ada.password
    assert ada.check_password(PASSWORD)
