"""Curators' desk for projects and their partners."""

from django.contrib import admin

from projects.models import Partner, Project, ProjectEvent, ProjectOutput
from sources.curated_admin import CuratedAdmin


class PartnerInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Partner
    fields = ("name", "organisation", "is_lead", "country", "region", "state")
    autocomplete_fields = ("organisation", "region")
    extra = 0


class ProjectOutputInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProjectOutput
    fields = ("position", "kind", "text", "state")
    extra = 0


class ProjectEventInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProjectEvent
    fields = ("title", "start", "end", "place", "participants", "state")
    extra = 0


@admin.register(Project)
class ProjectAdmin(CuratedAdmin):
    list_display = ("acronym", "name", "programme", "start_text", "state")
    list_select_related = ("programme",)
    list_filter = ("state", "is_verified", "origin", "programme")
    search_fields = ("acronym", "also_known_as", "name", "slug")
    autocomplete_fields = (
        "programme",
        "call",
        "ivc_priority",
        "ivc_theme",
        "intervention_type",
        "themes",
        "domains",
        "successors",
        "references",
    )
    inlines = (PartnerInline, ProjectOutputInline, ProjectEventInline)


@admin.register(Partner)
class PartnerAdmin(CuratedAdmin):
    list_display = ("name", "project", "is_lead", "country", "region", "state")
    list_select_related = ("project", "region")
    list_filter = ("state", "is_lead", "country")
    search_fields = ("name", "organisation__name", "project__acronym")
    autocomplete_fields = ("project", "organisation", "region", "references")
