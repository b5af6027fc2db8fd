"""Errors of the API as RFC 9457 problem details, whatever format was asked for."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.views import set_rollback

from s3portal.logs import current_request_id
from sources.queryforms import InvalidQuery, ParameterError

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    detail: str,
    *,
    instance: str,
    errors: Sequence[ParameterError] = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A problem document. ``type`` is about:blank: the status says the kind.

    ``extra`` are further members, such as both texts of a conflict.
    """
    body: dict[str, Any] = {
        **(extra or {}),
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    # The same as in the header: whoever reports the problem can be helped.
    if request_id := current_request_id():
        body["requestId"] = request_id
    if errors:
        body["errors"] = [
            {
                "parameter": error.parameter,
                "detail": error.detail,
                "allowed": list(error.allowed),
            }
            for error in errors
        ]
    content = orjson.dumps(body, default=str)
    return HttpResponse(content, status=status, content_type=MEDIA_TYPE)


def problem_response(exc: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """REST framework's exception handler; None lets an unforeseen error go on.

    A plain response, not a REST framework one: a problem is JSON even where the
    request asked for CSV.
    """
    instance = context["request"].get_full_path()
    if isinstance(exc, InvalidQuery | ValidationError):
        set_rollback()
        detail = _("The request cannot be answered: see errors.")
        errors = _parameter_errors(exc)
        return problem(400, detail, instance=instance, errors=errors)
    known = _as_api_exception(exc)
    if known is None:
        return None
    set_rollback()
    response = problem(
        known.status_code,
        str(known.detail),
        instance=instance,
        extra=getattr(known, "extra", None),
    )
    for name, value in _headers(known).items():
        response[name] = value
    return response


def api_not_found(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """The answer to an address below /api/ that is none."""
    detail = _("There is nothing at this address. The API is described at /api/docs/.")
    return problem(404, detail, instance=request.get_full_path())


def api_error(request: HttpRequest) -> HttpResponse:
    """The answer to an unforeseen error below /api/; it says nothing of the inside."""
    detail = _("The portal failed to answer. The error has been logged.")
    return problem(500, detail, instance=request.get_full_path())


def _as_api_exception(exc: Exception) -> APIException | None:
    if isinstance(exc, APIException):
        return exc
    if isinstance(exc, Http404):
        return NotFound(str(exc) or None)
    if isinstance(exc, PermissionDenied):
        return Forbidden()
    if isinstance(exc, BadRequest):
        known = APIException(str(exc) or HTTPStatus.BAD_REQUEST.phrase)
        known.status_code = HTTPStatus.BAD_REQUEST
        return known
    return None


def _parameter_errors(exc: InvalidQuery | ValidationError) -> list[ParameterError]:
    if isinstance(exc, InvalidQuery):
        return list(exc.errors)
    return list(_flatten("", exc.detail))


def _flatten(parameter: str, detail: Any) -> list[ParameterError]:
    """One entry per message; nested fields are joined by points ("a.0.b")."""
    if isinstance(detail, Mapping):
        pairs = [(_name(parameter, str(key)), item) for key, item in detail.items()]
    elif isinstance(detail, list):
        nested = any(isinstance(item, Mapping) for item in detail)
        pairs = [
            (_name(parameter, str(place)) if nested else parameter, item)
            for place, item in enumerate(detail)
        ]
    else:
        return [ParameterError(parameter, str(detail))]
    return [error for name, item in pairs for error in _flatten(name, item)]


def _name(parent: str, key: str) -> str:
    if key == "non_field_errors":
        return parent
    return f"{parent}.{key}" if parent else key


def _headers(exc: APIException) -> dict[str, str]:
    """What REST framework's own handler adds for 401 and 429."""
    headers = {}
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(exc, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers
