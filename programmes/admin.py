"""Curators' desk for programmes, calls and support."""

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
from programmes import desk  # noqa: F401  # declares rights and gates
from programmes.models import (
    Call,
    EligibleArea,
    InterventionType,
    PolicyArea,
    Programme,
    ProgrammeFact,
    ProgrammePriority,
    ProgrammeTheme,
    Succession,
    SupportActivity,
)


class CallInline(PartInline):
    model = Call
    fields = ("code", "title", "opens", "closes", "budget", "state")
    readonly_fields = ("state",)
    show_change_link = True


class EligibleAreaInline(PartInline):
    model = EligibleArea
    autocomplete_fields = ("region",)


class ProgrammeFactInline(PartInline):
    model = ProgrammeFact
    fields = ("position", "heading", "text", "state")


class SuccessionInline(PartInline):
    model = Succession
    fk_name = "before"
    autocomplete_fields = ("after",)
    fields = ("after", "note", "state")


@admin.register(Programme)
class ProgrammeAdmin(CuratedAdmin):
    list_display = ("acronym", "period", "name", "budget", state_mark, "is_verified")
    list_filter = ("state", "period", "policy_areas")
    search_fields = ("acronym", "name", "slug")
    autocomplete_fields = ("part_of", "policy_areas", "references")
    inlines = (CallInline, SuccessionInline, ProgrammeFactInline, EligibleAreaInline)
    fieldsets = (
        (None, {"fields": ("acronym", "name", "summary", "objective", "policy_areas")}),
        (_("Years"), {"fields": ("period", "first_year", "last_year")}),
        (
            _("Money"),
            {
                "fields": ("budget", "budget_precision", "budget_2018_prices"),
                "description": _("In EUR billion, at current prices."),
            },
        ),
        (
            _("Who can apply"),
            {"fields": ("who_can_apply", "eligible_area", "funding_type")},
        ),
        (
            _("Bodies and law"),
            {
                "fields": (
                    "managing_body",
                    "secretariat",
                    "part_of",
                    "strand",
                    "legal_basis",
                    "legal_basis_url",
                    "url",
                    "website_status",
                )
            },
        ),
        (
            _("As the programme counts itself"),
            {"fields": ("calls_stated", "projects_stated", "partners_stated")},
        ),
        EVIDENCE,
        WHY,
        (_("Address"), {"fields": ("slug",), "classes": ["collapse"]}),
    )


@admin.register(Call)
class CallAdmin(CuratedAdmin):
    list_display = ("title", "programme", "opens", "closes", state_mark)
    list_select_related = ("programme",)
    list_filter = ("state", "programme__period")
    search_fields = ("title", "code", "programme__acronym")
    autocomplete_fields = ("programme", "references")
    date_hierarchy = "closes"
    lines = ("topics",)
    fieldsets = (
        (None, {"fields": ("programme", "code", "title", "url", "topics")}),
        (_("When"), {"fields": ("opens", "closes")}),
        (_("Size"), {"fields": ("budget", "projects_approved")}),
        EVIDENCE,
        WHY,
    )


@admin.register(SupportActivity)
class SupportActivityAdmin(CuratedAdmin):
    list_display = ("name", "kind", "provider", state_mark, "is_verified")
    list_filter = ("state", "kind")
    search_fields = ("name", "acronym", "provider")
    autocomplete_fields = ("policy_areas", "references")
    fieldsets = (
        (
            None,
            {"fields": ("name", "acronym", "kind", "provider", "description", "url")},
        ),
        (_("Policy areas"), {"fields": ("policy_areas",)}),
        (_("When"), {"fields": ("start", "start_precision", "end", "end_precision")}),
        EVIDENCE,
        WHY,
        (_("Address"), {"fields": ("slug",), "classes": ["collapse"]}),
    )


@admin.register(PolicyArea)
class PolicyAreaAdmin(DeskAdmin):
    list_display = ("name", "code", "position")
    search_fields = ("name", "code")


class ProgrammeThemeInline(PartInline):
    model = ProgrammeTheme
    fields = ("position", "name", "state")


@admin.register(ProgrammePriority)
class ProgrammePriorityAdmin(PublishableAdmin):
    list_display = ("name", "number", "programme", state_mark)
    list_select_related = ("programme",)
    search_fields = ("name", "programme__acronym")
    autocomplete_fields = ("programme",)
    inlines = (ProgrammeThemeInline,)


@admin.register(ProgrammeTheme)
class ProgrammeThemeAdmin(PublishableAdmin):
    list_display = ("name", "priority", state_mark)
    list_select_related = ("priority",)
    search_fields = ("name",)
    autocomplete_fields = ("priority",)


@admin.register(InterventionType)
class InterventionTypeAdmin(PublishableAdmin):
    list_display = ("name", "programme", state_mark)
    list_select_related = ("programme",)
    search_fields = ("name",)
    autocomplete_fields = ("programme",)
