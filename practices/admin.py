"""Curators' desk for good practices."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.desk.curated import EVIDENCE, WHY, state_mark
from accounts.desk.forms import RecordForm
from accounts.desk.history import HistoryMixin
from accounts.desk.scoped import DeskAdmin
from practices import desk  # noqa: F401  # declares the rights
from practices.models import GoodPractice


@admin.register(GoodPractice)
class GoodPracticeAdmin(HistoryMixin, DeskAdmin):
    """Publication is a matter of review (``practices.machine``), not of this page."""

    form = RecordForm
    list_display = ("title", "country", "project", "stage", state_mark, "is_verified")
    list_select_related = ("project",)
    list_filter = ("state", "stage", "is_verified", "origin", "detail", "country")
    search_fields = ("title", "organisation_name", "project_name", "slug")
    readonly_fields = ("state", "stage", "origin", "uncertain_fields")
    autocomplete_fields = (
        "organisation",
        "project",
        "programme",
        "regions",
        "themes",
        "domains",
        "references",
    )
    lines = ("nuts_codes",)
    fieldsets = (
        (_("Where it stands"), {"fields": ("stage", "state")}),
        (None, {"fields": ("title", "summary", "description", "language", "detail")}),
        (
            _("Who and where"),
            {
                "fields": (
                    "organisation",
                    "organisation_name",
                    "project",
                    "project_name",
                    "programme",
                    "country",
                    "regions",
                    "nuts_codes",
                    "nuts_version",
                    "contact_office",
                )
            },
        ),
        (
            _("When"),
            {"fields": ("start", "start_precision", "end", "end_precision", "status")},
        ),
        (
            _("Themes and domains"),
            {"fields": ("themes", "domains", "is_mapping_draft")},
        ),
        (_("Cost"), {"fields": ("cost_eur", "cost_note", "resources_needed")}),
        (
            _("Evidence and transfer"),
            {
                "fields": (
                    "evidence_of_success",
                    "difficulties",
                    "not_worked",
                    "is_failure",
                    "transfer_potential",
                    "preconditions",
                    "grade_cap",
                    "grade_note",
                )
            },
        ),
        EVIDENCE,
        WHY,
        (_("Address"), {"fields": ("slug",), "classes": ["collapse"]}),
    )
