"""Every error of the API is a problem document, whatever the format asked for."""

import json

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from s3portal.rest.problems import api_error, api_not_found
from sources.queryforms import InvalidQuery, ParameterError

REQUESTS = APIRequestFactory()


def ask(error, query="", method="get"):
    class FailingView(APIView):
        def get(self, request):
            raise error

    request = getattr(REQUESTS, method)(f"/api/v1/things/{query}")
    response = FailingView.as_view()(request)
    assert response["Content-Type"] == "application/problem+json"
    return response, json.loads(response.content)


def test_an_invalid_query_names_each_parameter_and_what_is_allowed():
    error = InvalidQuery([ParameterError("level", "No.", ("0", "2"))])
    response, problem = ask(error, "?level=9")
    assert response.status_code == 400
    assert problem == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": problem["detail"],
        "instance": "/api/v1/things/?level=9",
        "errors": [{"parameter": "level", "detail": "No.", "allowed": ["0", "2"]}],
    }
    assert problem["detail"]


@pytest.mark.parametrize(
    ("detail", "pairs"),
    [
        ({"geo": ["a", "b"]}, [("geo", "a"), ("geo", "b")]),
        ("all wrong", [("", "all wrong")]),
        ({"non_field_errors": ["x"]}, [("", "x")]),
        ({"items": [{}, {"code": ["bad"]}]}, [("items.1.code", "bad")]),
        ({"period": {"start": ["late"]}}, [("period.start", "late")]),
    ],
)
def test_a_validation_error_is_flattened(detail, pairs):
    _, problem = ask(exceptions.ValidationError(detail))
    found = [(error["parameter"], error["detail"]) for error in problem["errors"]]
    assert found == pairs


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (Http404("no region ES99"), 404, "Not Found"),
        (exceptions.NotFound("no region ES99"), 404, "Not Found"),
        (PermissionDenied(), 403, "Forbidden"),
        (BadRequest("odd"), 400, "Bad Request"),
        (exceptions.Throttled(wait=7), 429, "Too Many Requests"),
        (exceptions.APIException("inside"), 500, "Internal Server Error"),
    ],
)
def test_status_and_title_agree(error, status, title):
    response, problem = ask(error)
    assert response.status_code == problem["status"] == status
    assert problem["title"] == title
    assert "errors" not in problem


def test_the_message_of_a_404_is_passed_on():
    _, problem = ask(Http404("no region ES99"))
    assert problem["detail"] == "no region ES99"
    _, problem = ask(Http404())
    assert problem["detail"]


def test_a_problem_stays_json_where_csv_was_asked_for():
    response, problem = ask(Http404("gone"), "?format=csv")
    assert response.status_code == 404
    assert problem["detail"] == "gone"


def test_an_unknown_format_is_a_wrong_parameter():
    response, problem = ask(Http404("unreached"), "?format=xml")
    assert response.status_code == 400
    assert problem["errors"][0]["parameter"] == "format"
    assert problem["errors"][0]["allowed"] == ["json", "csv"]


def test_a_wrong_method_tells_the_right_ones():
    response, problem = ask(Http404(), method="post")
    assert response.status_code == problem["status"] == 405
    assert "GET" in response["Allow"]


def test_waiting_time_is_a_header():
    response, _ = ask(exceptions.Throttled(wait=7))
    assert response["Retry-After"] == "7"


def test_an_unforeseen_error_goes_on_to_django():
    with pytest.raises(ZeroDivisionError):
        ask(ZeroDivisionError())


def test_handlers_of_addresses_and_failures_below_api():
    request = REQUESTS.get("/api/v1/nothing/?a=1")
    missing = api_not_found(request, Http404({"tried": ["secret pattern"]}))
    failed = api_error(request)
    for response, status in ((missing, 404), (failed, 500)):
        problem = json.loads(response.content)
        assert response.status_code == problem["status"] == status
        assert response["Content-Type"] == "application/problem+json"
        assert problem["instance"] == "/api/v1/nothing/?a=1"
        assert "secret" not in problem["detail"]
