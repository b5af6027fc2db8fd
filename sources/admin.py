"""Sources, snapshots and runs for curators: to read, since ingests write them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from sources.models import IngestRun, Snapshot, Source


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
        "read",
        "new",
        "revised",
        "message",
    )
    list_filter = ("state",)
    search_fields = ("target", "file_name")
    list_select_related = ("snapshot",)
