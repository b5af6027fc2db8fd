"""Errors outside a view: problem+json below /api/, a page elsewhere."""

from django.http import HttpRequest, HttpResponse

from dashboards.views import errors
from s3portal.rest.problems import api_error, api_not_found


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return api_not_found(request, exception)
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if _is_api(request):
        return api_error(request)
    return errors.server_error(request)
