"""Webhooks for administrators: allow or refuse them, see what was sent."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.views.people import person
from sources.admin import ReadOnlyAdmin
from watches.models import Endpoint, Message
from watches.webhooks import endpoints
from watches.webhooks.addresses import is_offered
from watches.webhooks.messages import send_again


class _Offered(ReadOnlyAdmin):
    """Where no host is listed there is nothing to see."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_offered() and bool(super().has_view_permission(request, obj))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return person(request).is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(Endpoint)
class EndpointAdmin(_Offered):
    list_display = (
        "url",
        "organisation",
        "user",
        "state",
        "failing_since",
        "proposed_at",
        "decided_by",
    )
    list_filter = ("state",)
    list_select_related = ("organisation", "user", "decided_by")
    search_fields = ("url", "user__email", "organisation__name")
    actions = ("allow", "refuse")
    fields = (
        "url",
        "organisation",
        "user",
        "state",
        "why",
        "failing_since",
        "proposed_at",
        "decided_at",
        "decided_by",
    )

    @admin.action(description=_("Allow"), permissions=["decide"])
    def allow(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        self._decide(request, chosen, is_allowed=True)

    @admin.action(description=_("Refuse, or take back"), permissions=["decide"])
    def refuse(self, request: HttpRequest, chosen: QuerySet[Endpoint]) -> None:
        self._decide(request, chosen, is_allowed=False)

    def _decide(
        self, request: HttpRequest, chosen: QuerySet[Endpoint], *, is_allowed: bool
    ) -> None:
        """Their people are told by a notice."""
        rows = list(chosen)
        for row in rows:
            endpoints.decide(row, person(request), is_allowed=is_allowed)
        text = ngettext(
            "Decided about %(n)d webhook.", "Decided about %(n)d webhooks.", len(rows)
        )
        self.message_user(request, text % {"n": len(rows)}, messages.SUCCESS)


@admin.register(Message)
class MessageAdmin(_Offered):
    list_display = (
        "created_at",
        "endpoint",
        "label",
        "state",
        "status",
        "attempts",
        "milliseconds",
        "tried_at",
        "problem",
    )
    list_filter = ("state", "is_test")
    list_select_related = ("endpoint",)
    search_fields = ("ident", "endpoint__url", "label")
    actions = ("again",)

    @admin.action(description=_("Send again"), permissions=["decide"])
    def again(self, request: HttpRequest, chosen: QuerySet[Message]) -> None:
        """What cannot be sent is told, the rest leaves."""
        sent = 0
        for message in chosen:
            try:
                send_again(message)
                sent += 1
            except ValidationError as error:
                text = f"{message}: {' '.join(error.messages)}"
                self.message_user(request, text, messages.WARNING)
        text = ngettext("%(n)d message leaves.", "%(n)d messages leave.", sent)
        self.message_user(request, text % {"n": sent}, messages.SUCCESS)
