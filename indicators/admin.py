"""Dataflows and indicators for curators; facts are read-only here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.models import Dataflow, Indicator
from sources.admin import ReadOnlyAdmin
from sources.tasks import fetch


@admin.register(Dataflow)
class DataflowAdmin(ReadOnlyAdmin):
    list_display = ("code", "agency", "name", "edition", "source_updated", "fetched_at")
    list_filter = ("agency",)
    search_fields = ("code", "name")
    list_select_related = ("source",)
    actions = ("fetch_now",)

    def has_fetch_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("indicators.change_dataflow")

    @admin.action(description=_("Fetch from Eurostat now"), permissions=["fetch"])
    def fetch_now(self, request: HttpRequest, chosen: QuerySet[Dataflow]) -> None:
        """Queue a fetch for each chosen Eurostat dataflow; the worker does the rest."""
        codes = chosen.filter(agency="ESTAT").values_list("code", flat=True)
        for code in codes:
            fetch.delay("eurostat", code)
        self.message_user(
            request,
            ngettext(
                "%(n)d dataset waits for the worker. Its run will be on /sources/.",
                "%(n)d datasets wait for the worker. Their runs will be on /sources/.",
                len(codes),
            )
            % {"n": len(codes)},
            messages.SUCCESS,
        )


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug", "theme", "unit", "direction", "dataflow")
    list_filter = ("theme",)
    search_fields = ("name", "slug")
    list_select_related = ("dataflow",)
