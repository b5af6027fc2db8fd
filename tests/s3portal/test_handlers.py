"""Errors outside a view: a page for people, problem+json below /api/."""

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.test import RequestFactory
from django.urls import get_resolver

from s3portal import handlers

pytestmark = pytest.mark.django_db

PAGE, API = "/regions/ES21/", "/api/v1/regions/ES21/"


def request(path):
    return RequestFactory().get(path)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [(PAGE, "text/html"), (API, "application/problem+json"), ("/apiary/", "text/html")],
)
def test_not_found_takes_the_form_of_its_place(path, media_type):
    response = handlers.not_found(request(path), Http404())
    assert response.status_code == 404
    assert response["Content-Type"].startswith(media_type)


@pytest.mark.parametrize(
    ("path", "media_type"), [(PAGE, "text/html"), (API, "application/problem+json")]
)
def test_a_server_error_says_nothing_of_the_inside(path, media_type):
    response = handlers.server_error(request(path))
    assert response.status_code == 500
    assert response["Content-Type"].startswith(media_type)
    assert b"Traceback" not in response.content
    assert b"{%" not in response.content


def test_the_handlers_are_the_ones_in_use():
    resolver = get_resolver(settings.ROOT_URLCONF)
    assert resolver.resolve_error_handler(404) is handlers.not_found
    assert resolver.resolve_error_handler(500) is handlers.server_error
    response = resolver.resolve_error_handler(400)(request(PAGE), BadRequest("x: <b>"))
    assert response.status_code == 400
    assert b"x: &lt;b&gt;" in response.content


def test_a_real_failure_below_api_is_a_problem(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("dashboards.api.views.all_indicators", lambda: 1 / 0)
    monkeypatch.setattr("dashboards.api.views.atlas", lambda version: {"ES21": None})
    response = client.get(f"{API}profile/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"division" not in response.content
