"""Curators' desk for strategies, priorities, vocabularies and the guide."""

from django.contrib import admin

from sources.curated_admin import CuratedAdmin
from strategies.models import (
    CodeList,
    CodeListEntry,
    Domain,
    GlossaryTerm,
    Priority,
    Strategy,
    Theme,
)


class PriorityInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Priority
    fields = ("position", "name", "domains", "is_mapping_draft", "state")
    autocomplete_fields = ("domains",)
    extra = 0


@admin.register(Strategy)
class StrategyAdmin(CuratedAdmin):
    list_display = ("nuts_code", "area_name", "period", "state", "is_verified")
    list_filter = ("state", "is_verified", "period")
    search_fields = ("area_name", "nuts_code", "title", "region__name")
    autocomplete_fields = ("region", "covers", "references")
    inlines = (PriorityInline,)


@admin.register(Priority)
class PriorityAdmin(CuratedAdmin):
    list_display = ("name", "strategy", "is_mapping_draft", "state")
    list_select_related = ("strategy",)
    list_filter = ("state", "is_mapping_draft")
    search_fields = ("name", "strategy__area_name", "strategy__nuts_code")
    autocomplete_fields = ("strategy", "domains", "references")


@admin.register(Domain)
class DomainAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "kind", "parent")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    search_fields = ("name",)
    autocomplete_fields = ("domains",)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(CuratedAdmin):
    list_display = ("term", "abbreviation", "state", "is_verified")
    search_fields = ("term", "abbreviation", "definition")
    autocomplete_fields = ("see_also", "references")


class CodeListEntryInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CodeListEntry
    fields = ("position", "parent", "code", "name", "text", "state")
    raw_id_fields = ("parent",)
    extra = 0


@admin.register(CodeList)
class CodeListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "code", "state")
    search_fields = ("title", "code")
    autocomplete_fields = ("references",)
    inlines = (CodeListEntryInline,)
