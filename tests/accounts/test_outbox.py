"""The mails of the embedded default, read by administrators only."""

import pytest
from django.core.mail import EmailMessage

from tests.accounts import people

pytestmark = pytest.mark.django_db
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture(autouse=True)
def _mails_go_to_files(settings, tmp_path):
    settings.EMAIL_BACKEND = FILES
    settings.EMAIL_FILE_PATH = str(tmp_path)


@pytest.fixture
def chief(client):
    user = people.member("chief@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def write(subject="Été", body="Open http://localhost/x?a=1&b=2\n<script>x</script>"):
    mail = EmailMessage(subject, body, to=["ada@example.org"])
    mail.attach("note.txt", "hello")
    mail.send()


def test_mails_are_listed_and_shown_safely(client, chief):
    write()
    write("Second")
    page = client.get("/admin/outbox/")
    mails = page.context["mails"]
    assert {mail.subject for mail in mails} == {"Été", "Second"}
    key = next(mail.key for mail in mails if mail.subject == "Été")
    text = client.get(f"/admin/outbox/{key}/").content.decode()
    assert '<a href="http://localhost/x?a=1&amp;b=2"' in text
    assert "&lt;script&gt;" in text
    assert "note.txt" in text


@pytest.mark.parametrize("key", ["nothing", "../../etc/passwd.0", "..%2Fx.0", "a.0"])
def test_only_files_of_the_outbox_are_read(client, chief, key):
    assert client.get(f"/admin/outbox/{key}/").status_code == 404


def test_staff_who_are_no_administrators_are_refused(client):
    client.force_login(people.member(is_staff=True))
    assert client.get("/admin/outbox/").status_code == 403


def test_others_are_asked_to_sign_in(client):
    assert "/account/login/" in client.get("/admin/outbox/")["Location"]


def test_with_a_mail_server_there_is_no_outbox(client, chief, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/admin/outbox/").status_code == 404
