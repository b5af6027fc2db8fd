"""Curators' desk for programmes, calls and support."""

from django.contrib import admin

from programmes.models import (
    Call,
    EligibleArea,
    InterventionType,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
    Succession,
    SupportActivity,
)
from sources.curated_admin import CuratedAdmin


class CallInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Call
    fields = ("code", "title", "opens", "closes", "budget", "state")
    extra = 0


class EligibleAreaInline(admin.TabularInline):  # type: ignore[type-arg]
    model = EligibleArea
    autocomplete_fields = ("region",)
    extra = 0


class ProgrammeFactInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProgrammeFact
    fields = ("position", "heading", "text", "state")
    extra = 0


class SuccessionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Succession
    fk_name = "before"
    autocomplete_fields = ("after",)
    fields = ("after", "note", "state")
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(CuratedAdmin):
    list_display = ("acronym", "period", "name", "budget", "state", "is_verified")
    list_filter = ("state", "period", "policy_areas")
    search_fields = ("acronym", "name", "slug")
    autocomplete_fields = ("part_of", "references")
    inlines = (CallInline, SuccessionInline, ProgrammeFactInline, EligibleAreaInline)


@admin.register(Call)
class CallAdmin(CuratedAdmin):
    list_display = ("title", "programme", "opens", "closes", "state")
    list_select_related = ("programme",)
    list_filter = ("state", "programme__period")
    search_fields = ("title", "code", "programme__acronym")
    autocomplete_fields = ("programme", "references")
    date_hierarchy = "closes"


@admin.register(SupportActivity)
class SupportActivityAdmin(CuratedAdmin):
    list_display = ("name", "kind", "provider", "state", "is_verified")
    list_filter = ("state", "kind")
    search_fields = ("name", "acronym", "provider")


class ProgrammeThemeInline(admin.TabularInline):  # type: ignore[type-arg]
    model = ProgrammeTheme
    fields = ("position", "name", "state")
    extra = 0


@admin.register(ProgrammePriority)
class ProgrammePriorityAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "number", "programme", "state")
    list_select_related = ("programme",)
    search_fields = ("name", "programme__acronym")
    autocomplete_fields = ("programme",)
    inlines = (ProgrammeThemeInline,)


@admin.register(ProgrammeTheme)
class ProgrammeThemeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "priority", "state")
    list_select_related = ("priority",)
    search_fields = ("name",)
    autocomplete_fields = ("priority",)


@admin.register(InterventionType)
class InterventionTypeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "programme", "state")
    list_select_related = ("programme",)
    search_fields = ("name",)
    autocomplete_fields = ("programme",)
