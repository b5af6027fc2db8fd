"""Pages of this app are for curators, whose role reaches everywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.reach import reach_of

View = Callable[..., HttpResponse]


def for_curators(view: View) -> View:
    """Signing in is asked first, as on every page of the desk; others are refused."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_curator(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The site is asked at the request: it is not ready when addresses are read.
        return admin.site.admin_view(checked)(request, *args, **kwargs)

    return answered


def is_curator(request: HttpRequest) -> bool:
    return reach_of(request.user).is_all


def page(
    request: HttpRequest, template: str, title: Any, context: dict[str, Any]
) -> HttpResponse:
    """The template inside the desk's frame."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, template, {**frame, "title": title, **context})
