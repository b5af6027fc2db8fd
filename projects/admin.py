"""Curators' desk for projects and their partners."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk.curated import EVIDENCE, WHY, CuratedAdmin, state_mark
from accounts.desk.scoped import PartInline
from projects import desk  # noqa: F401  # declares rights and gates
from projects.models import Partner, Project, ProjectEvent, ProjectOutput


class PartnerInline(PartInline):
    model = Partner
    fields = ("name", "organisation", "is_lead", "country", "region", "state")
    readonly_fields = ("state",)
    autocomplete_fields = ("organisation", "region")
    show_change_link = True


class ProjectOutputInline(PartInline):
    model = ProjectOutput
    fields = ("position", "kind", "text", "state")


class ProjectEventInline(PartInline):
    model = ProjectEvent
    fields = ("title", "start", "end", "place", "participants", "state")


@admin.register(Project)
class ProjectAdmin(CuratedAdmin):
    list_display = ("acronym", "name", "programme", "starts", state_mark)
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
    lines = ("objectives", "methods", "results", "gaps")
    inlines = (PartnerInline, ProjectOutputInline, ProjectEventInline)
    fieldsets = (
        (None, {"fields": ("acronym", "also_known_as", "name", "summary")}),
        (
            _("Programme"),
            {
                "fields": (
                    "programme",
                    "call",
                    "programme_number",
                    "ivc_priority",
                    "ivc_theme",
                    "intervention_type",
                    "is_mini_programme",
                )
            },
        ),
        (
            _("Dates"),
            {
                "fields": (
                    "start",
                    "start_precision",
                    "end",
                    "end_precision",
                    "duration_months",
                    "dates_note",
                ),
                "description": _(
                    "A year or a month alone: its first day as start, its last as end."
                ),
            },
        ),
        (
            _("Money"),
            {"fields": ("total_budget", "erdf_budget", "is_budget_approximate")},
        ),
        (_("What it did"), {"fields": ("objectives", "methods", "results")}),
        (
            _("What followed"),
            {"fields": ("follow_up", "recognition", "successors")},
        ),
        (
            _("Themes and domains"),
            {"fields": ("themes", "domains", "is_mapping_draft")},
        ),
        (
            _("Partners as stated"),
            {
                "fields": (
                    "partners_stated",
                    "regions_stated",
                    "countries_stated",
                    "has_all_partners",
                    "partners_note",
                )
            },
        ),
        (
            _("Contact and website"),
            {"fields": ("website", "website_status", "contact_office")},
        ),
        (_("What was not found"), {"fields": ("gaps",)}),
        EVIDENCE,
        WHY,
        (_("Address"), {"fields": ("slug",), "classes": ["collapse"]}),
    )

    @admin.display(description=_("start"), ordering="start")
    def starts(self, project: Project) -> str:
        return project.start_text


@admin.register(Partner)
class PartnerAdmin(CuratedAdmin):
    list_display = ("name", "project", "is_lead", "country", "region", state_mark)
    list_select_related = ("project", "region")
    list_filter = ("state", "is_lead", "country")
    search_fields = ("name", "organisation__name", "project__acronym")
    autocomplete_fields = ("project", "organisation", "region", "references")
    fieldsets = (
        (None, {"fields": ("project", "name", "organisation", "is_lead", "role")}),
        (
            _("Place"),
            {"fields": ("country", "town", "region", "nuts_code", "nuts_version")},
        ),
        (_("Money"), {"fields": ("total_budget", "erdf_budget")}),
        (_("Order"), {"fields": ("position",)}),
        EVIDENCE,
        WHY,
    )
