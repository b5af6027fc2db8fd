"""Ingested facts are looked at here, never edited."""

from django.contrib import admin

from regions.models import Boundary, Region, RegionChange
from sources.admin import ReadOnlyAdmin


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "name_native", "level", "version", "bloc", "parent"]
    list_filter = ["version", "level", "bloc", "country"]
    list_select_related = ["parent"]
    search_fields = ["code", "name", "name_native"]
    ordering = ["-version", "code"]


@admin.register(RegionChange)
class RegionChangeAdmin(ReadOnlyAdmin):
    list_display = [
        "code_old",
        "code_new",
        "kind",
        "from_version",
        "to_version",
        "pop_share_of_old",
        "pop_share_of_new",
    ]
    list_filter = ["to_version", "kind", "level"]
    search_fields = ["code_old", "code_new"]


@admin.register(Boundary)
class BoundaryAdmin(ReadOnlyAdmin):
    list_display = ["region", "scale", "note", "loaded_at"]
    list_filter = ["scale", "region__version", "region__level"]
    list_select_related = ["region"]
    search_fields = ["region__code", "region__name"]
    fields = ["region", "scale", "note", "loaded_at"]
