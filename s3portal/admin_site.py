"""The curators' desk as a site: its policy of contents, its choices as one types."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

View = Callable[..., HttpResponse]


class ScopedAutocomplete(AutocompleteJsonView):
    """Offers what the form would take: within the reach of who asks."""

    def get_queryset(self) -> QuerySet[Any]:
        from accounts.reach import choices

        found = super().get_queryset()
        allowed = choices(self.request.user, self.source_field)
        if allowed is None:
            return found
        return found.filter(pk__in=allowed.order_by().values("pk"))


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold is untyped
    """The theme's scripts compile their attributes, and its pages carry their colours.

    So, and only here, ``settings.DESK_POLICY`` is added (docs/decisions/0012).
    """

    index_title = _("Start")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        return _with_policy(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return _with_policy(super().login)(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = ScopedAutocomplete.as_view(admin_site=self)(request)  # type: ignore[assignment]  # JSON, never a stream
        return answer


def _with_policy(view: View) -> View:
    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response._csp_update = settings.DESK_POLICY  # type: ignore[attr-defined]  # django-csp's
        return response

    return answered
