"""Curators' desk for good practices."""

from django.contrib import admin

from practices.models import GoodPractice
from sources.curated_admin import CuratedAdmin


@admin.register(GoodPractice)
class GoodPracticeAdmin(CuratedAdmin):
    list_display = ("title", "country", "project", "state", "is_verified")
    list_select_related = ("project",)
    list_filter = ("state", "is_verified", "origin", "detail", "country")
    search_fields = ("title", "organisation_name", "project_name", "slug")
    autocomplete_fields = (
        "organisation",
        "project",
        "regions",
        "themes",
        "domains",
        "references",
    )
