"""Reporting an error: a ticket for curators, and nothing for programs."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dashboards.report_form import MOST_AN_HOUR
from sources.models import ErrorReport
from tests.factories import ProjectFactory

ABOUT = "/report/?about=project:tres"
SAID = {
    "field": "Budget",
    "message": "The budget is 1,234 euro, see https://example.org/tres.",
    "contact": "reader@example.org",
    "nickname": "",
}


@pytest.fixture(autouse=True)
def _curators(settings, db):
    settings.INGEST_MAIL = ["curator@example.org"]
    cache.clear()
    ProjectFactory(slug="tres", acronym="TRES")


def test_report_becomes_a_ticket_and_a_letter(
    client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ABOUT, SAID, follow=True)
    assert response.redirect_chain == [("/report/thanks/", 302)]
    assert "Thank you" in response.content.decode()
    report = ErrorReport.objects.get()
    assert report.record.slug == "tres"
    assert report.state == ErrorReport.State.OPEN
    assert (report.label, report.address) == ("TRES", "/projects/tres/")
    assert report.message == SAID["message"]
    (letter,) = mail.outbox
    assert letter.to == ["curator@example.org"]
    assert SAID["message"] in letter.body
    # The reader's address stays on the curators' desk.
    assert "reader@example.org" not in letter.body + letter.subject


def test_portal_as_a_whole_can_be_meant(client):
    client.post("/report/", SAID)
    assert ErrorReport.objects.get().record is None


def test_mail_server_that_is_away_costs_no_report(
    client, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ABOUT, SAID).status_code == 302
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"message": ""}, "required"),
        ({"message": "short"}, "at least 10"),
        ({"message": "x" * 4001}, "at most 4000"),
        ({"field": "x" * 121}, "at most 120"),
        ({"contact": "nobody"}, "valid email"),
        ({"message": "nul \0 nul nul"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(client, wrong, words):
    response = client.post(ABOUT, SAID | wrong)
    assert response.status_code == 400
    source = response.content.decode()
    assert words in source
    assert "see https://example.org/tres" in source or "message" in wrong
    assert not ErrorReport.objects.exists()


def test_program_is_thanked_and_forgotten(client):
    response = client.post(ABOUT, SAID | {"nickname": "Robot"})
    assert response["Location"] == "/report/thanks/"
    assert not ErrorReport.objects.exists()


def test_no_more_than_a_few_an_hour(client):
    for _time in range(MOST_AN_HOUR):
        assert client.post(ABOUT, SAID).status_code == 302
    response = client.post(ABOUT, SAID)
    assert response.status_code == 429
    assert "Too many reports" in response.content.decode()
    assert ErrorReport.objects.count() == MOST_AN_HOUR
    assert client.post(ABOUT, SAID, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_readers_behind_a_proxy_are_told_apart(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _time in range(MOST_AN_HOUR):
        client.post(ABOUT, SAID, headers={"x-forwarded-for": "9.9.9.9, 192.0.2.1"})
    other = {"x-forwarded-for": "192.0.2.1, 192.0.2.2"}
    assert client.post(ABOUT, SAID, headers=other).status_code == 302
    same = {"x-forwarded-for": "8.8.8.8, 192.0.2.1"}
    assert client.post(ABOUT, SAID, headers=same).status_code == 429


def test_form_from_elsewhere_is_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ABOUT, SAID).status_code == 403
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ("project:none-such", 404),
        ("planet:mars", 404),
        ("project", 400),
        ("project:../../etc", 400),
        ("region:", 400),
    ],
)
def test_about_nothing(client, about, status):
    assert client.get("/report/", {"about": about}).status_code == status


def test_words_of_a_record_are_escaped(client):
    ProjectFactory(slug="nasty", acronym='<b>"x')
    source = client.get("/report/?about=project:nasty").content.decode()
    assert '<b>"x' not in source
