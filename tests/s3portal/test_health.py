"""Probes: what they ask, and that they get through to nobody's secrets."""

import socket

import pytest
from django.core.cache import cache
from django.test import override_settings

from s3portal import faults, health

pytestmark = pytest.mark.django_db


def test_healthz(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_readyz(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    checks = response.json()["checks"]
    assert [check["name"] for check in checks] == ["database", "cache", "broker"]
    assert all(check["ok"] and check["milliseconds"] >= 0 for check in checks)
    assert {check["message"] for check in checks} == {""}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["portal.example.org"])
def test_probes_come_by_plain_http_and_any_name(client, path):
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_probes_only_read(client):
    response = client.post("/healthz")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.fixture
def closed_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_broker_that_does_not_answer(client, settings, closed_port, monkeypatch):
    url = f"redis://:geheim@127.0.0.1:{closed_port}/0"
    settings.REDIS_URL = url
    for name, value in {
        "broker_write_url": url,
        "broker_transport_options": {},
    }.items():
        monkeypatch.setitem(health.app.conf, name, value)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"geheim" not in response.content
    broker = response.json()["checks"][-1]
    assert (broker["name"], broker["ok"]) == ("broker", False)
    assert broker["message"] == (
        f"Redis at 127.0.0.1:{closed_port} does not answer. "
        "Start it, or correct REDIS_URL."
    )
    assert broker["milliseconds"] < 1000 * 3 * health.BROKER_TIMEOUT


def test_a_file_queue_that_takes_nothing(monkeypatch, settings, tmp_path):
    settings.REDIS_URL = ""
    gone = {"data_folder_out": str(tmp_path / "gone")}
    monkeypatch.setitem(health.app.conf, "broker_transport_options", gone)
    found = health.check("broker")
    assert not found.ok
    assert found.message == "The broker failed: FileNotFoundError."


def test_a_cache_that_forgets(monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)
    assert not health.check("cache").ok


def test_an_unforeseen_error_says_its_kind_alone(monkeypatch):
    def broken():
        raise ValueError("password=geheim")

    monkeypatch.setitem(health.PROBES, "database", broken)
    found = health.check("database")
    assert found.message == "The database failed: ValueError."


@pytest.mark.parametrize(
    ("said", "meaning", "is_passing"),
    [
        ("FATAL: the database system is starting up", "is starting", True),
        ("connection refused", "does not answer", True),
        ('password authentication failed for user "x"', "refuses the user", False),
        ('role "x" does not exist', "knows no user", False),
        ("could not translate host name", "unknown here", False),
        ('relation "x" does not exist', "migrate", False),
        ("no such table: x", "migrate", False),
    ],
)
def test_what_a_database_says_becomes_a_sentence(said, meaning, is_passing):
    from django.db import OperationalError

    sentence = faults.sentence(OperationalError(said))
    assert meaning in sentence
    assert faults.is_passing(sentence) is is_passing


def test_errors_of_the_portal_keep_their_traceback():
    from django.db import IntegrityError

    assert faults.sentence(IntegrityError("UNIQUE constraint failed: x")) is None
    assert faults.sentence(ValueError("x")) is None
