"""Curators' desk for strategies, priorities, vocabularies and the guide."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk.curated import (
    EVIDENCE,
    WHY,
    CuratedAdmin,
    PublishableAdmin,
    state_mark,
)
from accounts.desk.scoped import DeskAdmin, PartInline
from strategies import desk  # noqa: F401  # declares rights and gates
from strategies.models import (
    CodeList,
    CodeListEntry,
    Domain,
    GlossaryTerm,
    Priority,
    Strategy,
    Theme,
)


class PriorityInline(PartInline):
    model = Priority
    fields = ("position", "name", "domains", "is_mapping_draft", "state")
    readonly_fields = ("state",)
    autocomplete_fields = ("domains",)
    show_change_link = True


@admin.register(Strategy)
class StrategyAdmin(CuratedAdmin):
    list_display = ("__str__", "nuts_code", "period", state_mark, "is_verified")
    list_select_related = ("region",)
    list_filter = ("state", "is_verified", "period", "is_partial")
    search_fields = ("area_name", "nuts_code", "title", "region__name")
    autocomplete_fields = ("region", "covers", "references")
    inlines = (PriorityInline,)
    fieldsets = (
        (None, {"fields": ("title", "description", "url", "is_partial")}),
        (
            _("Area"),
            {
                "fields": (
                    "region",
                    "area_name",
                    "nuts_code",
                    "nuts_version",
                    "covers",
                ),
                "description": _(
                    "The region of today, and the code as the strategy gives it. What"
                    " it covers: regions inside a wider area."
                ),
            },
        ),
        (_("Years"), {"fields": ("period", "first_year", "last_year")}),
        EVIDENCE,
        WHY,
        (_("Address"), {"fields": ("slug",), "classes": ["collapse"]}),
    )


@admin.register(Priority)
class PriorityAdmin(CuratedAdmin):
    list_display = ("name", "strategy", "is_mapping_draft", state_mark)
    list_select_related = ("strategy",)
    list_filter = ("state", "is_mapping_draft")
    search_fields = ("name", "strategy__area_name", "strategy__nuts_code")
    autocomplete_fields = ("strategy", "domains", "references")
    fieldsets = (
        (None, {"fields": ("strategy", "name", "description", "position")}),
        (
            _("Domains"),
            {
                "fields": ("domains", "is_mapping_draft"),
                "description": _(
                    "Take the draft mark away once somebody looked at the domains."
                ),
            },
        ),
        EVIDENCE,
        WHY,
    )


@admin.register(Domain)
class DomainAdmin(DeskAdmin):
    list_display = ("name", "code", "kind", "parent")
    list_select_related = ("parent",)
    list_filter = ("kind",)
    search_fields = ("name", "code")
    autocomplete_fields = ("parent",)


@admin.register(Theme)
class ThemeAdmin(DeskAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    autocomplete_fields = ("domains",)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(CuratedAdmin):
    list_display = ("term", "abbreviation", state_mark, "is_verified")
    search_fields = ("term", "abbreviation", "definition")
    autocomplete_fields = ("see_also", "references")
    lines = ("aliases",)
    fieldsets = (
        (None, {"fields": ("term", "abbreviation", "aliases", "definition")}),
        (_("Links"), {"fields": ("see_also", "slug")}),
        EVIDENCE,
        WHY,
    )


class CodeListEntryInline(PartInline):
    model = CodeListEntry
    fields = ("position", "parent", "code", "name", "text", "state")
    raw_id_fields = ("parent",)


@admin.register(CodeList)
class CodeListAdmin(PublishableAdmin):
    list_display = ("title", "code", state_mark)
    search_fields = ("title", "code")
    autocomplete_fields = ("references",)
    readonly_fields = ("state", "origin", "uncertain_fields")
    inlines = (CodeListEntryInline,)
    fieldsets = ((None, {"fields": ("title", "code", "text")}), EVIDENCE)
