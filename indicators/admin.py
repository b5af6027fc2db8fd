"""Dataflows and indicators for curators; facts are read-only here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.models import Dataflow, Indicator
from indicators.upload_admin import UploadAdmin
from sources.admin import ReadOnlyAdmin
from sources.services import queue_run


@admin.register(Dataflow)
class DataflowAdmin(UploadAdmin, ReadOnlyAdmin):
    list_display = ("code", "agency", "name", "edition", "source_updated", "fetched_at")
    list_filter = ("agency",)
    search_fields = ("code", "name")
    list_select_related = ("source",)
    actions = ("fetch_now",)

    def has_fetch_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("indicators.change_dataflow")

    @admin.action(description=_("Fetch now, if it changed"), permissions=["fetch"])
    def fetch_now(self, request: HttpRequest, chosen: QuerySet[Dataflow]) -> None:
        """Queue a run for each chosen dataflow that has a fetcher."""
        flows = list(chosen.exclude(fetcher=""))
        for flow in flows:
            queue_run(
                flow.fetcher,
                flow.code,
                asked_by=str(request.user),
                request_id=getattr(request, "request_id", ""),
            )
        self.message_user(
            request,
            ngettext(
                "%(n)d dataset waits for the worker. Its run will be on /sources/.",
                "%(n)d datasets wait for the worker. Their runs will be on /sources/.",
                len(flows),
            )
            % {"n": len(flows)},
            messages.SUCCESS,
        )


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug", "theme", "unit", "direction", "dataflow")
    list_filter = ("theme",)
    search_fields = ("name", "slug")
    list_select_related = ("dataflow",)
