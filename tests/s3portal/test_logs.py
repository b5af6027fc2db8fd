"""Logs: one JSON object a line, the request's id in all, nobody's data in any."""

import io
import json
import logging
import logging.config
import re

import pytest
import structlog

from s3portal.celery import app
from s3portal.logs import HEADER, RequestLogMiddleware, logging_settings

pytestmark = pytest.mark.django_db
GIVEN = "abcdef-0123456789"


@pytest.fixture
def lines():
    """What is logged as JSON from here on."""
    stream = io.StringIO()
    made = logging_settings("json", "INFO")
    formatter = logging.config.DictConfigurator(made).configure_formatter(
        made["formatters"]["line"]
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def finished(lines) -> dict:
    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    return line


def test_one_line_a_request(client, lines):
    path = "/regions/XX99/?q=anna@example.org"
    response = client.get(path, headers={"x-request-id": GIVEN})
    line = finished(lines)
    assert line["request"] == "GET /regions/XX99/"
    assert line["view"] == "regions:detail"
    assert line["code"] == response.status_code
    assert line["request_id"] == GIVEN
    assert line["milliseconds"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line["timestamp"])


def test_no_data_of_a_person_is_logged(client, lines):
    client.get(
        "/regions/?q=anna@example.org", REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Anna"
    )
    text = json.dumps(lines())
    assert not [word for word in ("anna", "Anna", "192.0.2.7") if word in text]


def test_secrets_in_an_address_are_not_logged(rf):
    from types import SimpleNamespace

    request = rf.get("/accounts/reset/MQ/c0ffee/")
    request.resolver_match = SimpleNamespace(
        kwargs={"uidb64": "MQ", "token": "c0ffee"}, route="accounts/reset/<uidb64>/"
    )
    said = RequestLogMiddleware.format_request(request)
    assert said == "GET /accounts/reset/<uidb64>/"


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "<script>alert(1)</script>", "new\tline-0000"]
)
def test_an_id_that_is_not_sane_is_replaced(client, given):
    answered = client.get("/healthz-not/", headers={"x-request-id": given})[HEADER]
    assert re.fullmatch(r"[0-9a-f]{32}", answered)


def test_the_id_is_in_header_and_problem(client):
    response = client.get("/api/v1/none/", headers={"x-request-id": GIVEN})
    assert response[HEADER] == GIVEN
    assert response.json()["requestId"] == GIVEN


def test_an_error_is_logged_once_with_its_traceback(client, monkeypatch, lines):
    client.raise_request_exception = False
    monkeypatch.setattr("dashboards.views.errors.render", lambda *a, **k: 1 / 0)
    response = client.get("/no-such-page/", headers={"x-request-id": GIVEN})
    assert response.status_code == 500
    assert GIVEN in response.content.decode()
    failed = [line for line in lines() if "exception" in line]
    assert [line["event"] for line in failed] == ["request_failed"]
    assert "ZeroDivisionError" in failed[0]["exception"]
    assert failed[0]["request_id"] == GIVEN


def test_plain_loggers_take_the_same_form(lines):
    with structlog.contextvars.bound_contextvars(request_id=GIVEN):
        logging.getLogger("indicators").warning("%s rows", 3)
    (line,) = lines()
    assert (line["event"], line["level"]) == ("3 rows", "warning")
    assert line["request_id"] == GIVEN


def test_readable_lines_are_text():
    made = logging_settings("text", "INFO")["formatters"]["line"]
    formatter = logging.config.DictConfigurator({}).configure_formatter(dict(made))
    record = logging.LogRecord("x", logging.INFO, "", 1, "hello", (), None)
    assert "hello" in formatter.format(record)


def test_the_id_travels_with_a_task():
    """As the headers of the message, where the worker's step finds it."""
    headers: dict = {}
    with structlog.contextvars.bound_contextvars(request_id=GIVEN):
        from celery.signals import before_task_publish

        before_task_publish.send("x", headers=headers, body={}, properties={})
    assert headers["__django_structlog__"]["request_id"] == GIVEN
    assert any("StructLog" in step.__name__ for step in app.steps["worker"])
