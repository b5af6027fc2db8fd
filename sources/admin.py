"""Sources, snapshots and runs for curators: to read, since ingests write them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sources.curated_admin import HTTPS
from sources.evidence import FieldCheck, Reference
from sources.exceptions import IngestError
from sources.models import IngestRun, Snapshot, Source
from sources.services import cancel_run, repeat_run


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """Rows that only the portal itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("publisher", "code", "licence")


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("name", "size", "retrieved_at", "url")
    search_fields = ("name", "sha256", "url")


@admin.register(IngestRun)
class IngestRunAdmin(ReadOnlyAdmin):
    list_display = (
        "target",
        "state",
        "started_at",
        "attempt",
        "asked_by",
        "read",
        "new",
        "revised",
        "message",
    )
    list_filter = ("state", "fetcher")
    search_fields = ("target", "file_name", "message")
    list_select_related = ("snapshot",)
    actions = ("cancel", "run_again", "roll_back")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sources.change_ingestrun")

    @admin.action(description=_("Cancel"), permissions=["operate"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[IngestRun]) -> None:
        self._do(request, chosen, cancel_run)

    @admin.action(description=_("Run again"), permissions=["operate"])
    def run_again(self, request: HttpRequest, chosen: QuerySet[IngestRun]) -> None:
        request_id = getattr(request, "request_id", "")
        self._do(request, chosen, partial(repeat_run, request_id=request_id))

    def has_roll_back_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("indicators.roll_back")

    @admin.action(description=_("Roll back"), permissions=["roll_back"])
    def roll_back(
        self, request: HttpRequest, chosen: QuerySet[IngestRun]
    ) -> HttpResponse | None:
        """To the page that shows what it would change and asks for a yes."""
        runs = list(chosen[:2])
        if len(runs) == 1:
            return redirect("sources:rollback", runs[0].pk)
        text = gettext("Choose one run: each is rolled back after a look of its own.")
        self.message_user(request, text, messages.WARNING)
        return None

    def _do(
        self,
        request: HttpRequest,
        chosen: QuerySet[IngestRun],
        service: Callable[..., object],
    ) -> None:
        """The same for each chosen run; what is refused is told, the rest is done."""
        done = 0
        for run in chosen:
            try:
                service(run, asked_by=str(request.user))
                done += 1
            except IngestError as error:
                self.message_user(request, str(error), messages.WARNING)
        text = ngettext("Asked of %(n)d run.", "Asked of %(n)d runs.", done)
        self.message_user(request, text % {"n": done}, messages.SUCCESS)


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    formfield_overrides = HTTPS
    list_display = ["title", "url", "note"]
    search_fields = ["title", "url"]


@admin.register(FieldCheck)
class FieldCheckAdmin(ReadOnlyAdmin):
    """What waits to be checked; decided through ``sources.checks``, not typed."""

    list_display = ["content_type", "record", "field", "reason", "state", "decided_by"]
    list_filter = ["state", "content_type"]
    search_fields = ["reason", "field"]
