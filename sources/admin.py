"""Sources, snapshots and runs for curators: to read, since ingests write them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from sources.curated_admin import HTTPS
from sources.evidence import Reference
from sources.exceptions import IngestError
from sources.models import IngestRun, Snapshot, Source
from sources.reports import ErrorReport
from sources.services import cancel_run, repeat_run
from sources.unchanged import SEEN, UnchangedForm


class ReadOnlyAdmin(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """Rows that only the portal itself writes."""

    list_filter_submit = True

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
        "attempt",
        "asked_by",
        "read",
        "new",
        "revised",
        "message",
    )
    list_filter = ("state", "fetcher")
    search_fields = ("target", "file_name", "message")
    list_select_related = ("snapshot",)
    actions = ("cancel", "run_again", "roll_back")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("sources.change_ingestrun")

    @admin.action(description=_("Cancel"), permissions=["operate"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[IngestRun]) -> None:
        self._do(request, chosen, cancel_run)

    @admin.action(description=_("Run again"), permissions=["operate"])
    def run_again(self, request: HttpRequest, chosen: QuerySet[IngestRun]) -> None:
        request_id = getattr(request, "request_id", "")
        self._do(request, chosen, partial(repeat_run, request_id=request_id))

    def has_roll_back_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("indicators.roll_back")

    @admin.action(description=_("Roll back"), permissions=["roll_back"])
    def roll_back(
        self, request: HttpRequest, chosen: QuerySet[IngestRun]
    ) -> HttpResponse | None:
        """To the page that shows what it would change and asks for a yes."""
        runs = list(chosen[:2])
        if len(runs) == 1:
            return redirect("sources:rollback", runs[0].pk)
        text = gettext("Choose one run: each is rolled back after a look of its own.")
        self.message_user(request, text, messages.WARNING)
        return None

    def _do(
        self,
        request: HttpRequest,
        chosen: QuerySet[IngestRun],
        service: Callable[..., object],
    ) -> None:
        """The same for each chosen run; what is refused is told, the rest is done."""
        done = 0
        for run in chosen:
            try:
                service(run, asked_by=str(request.user))
                done += 1
            except IngestError as error:
                self.message_user(request, str(error), messages.WARNING)
        text = ngettext("Asked of %(n)d run.", "Asked of %(n)d runs.", done)
        self.message_user(request, text % {"n": done}, messages.SUCCESS)


@admin.register(Reference)
class ReferenceAdmin(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    formfield_overrides = HTTPS
    list_display = ["title", "url", "note"]
    search_fields = ["title", "url"]


@admin.register(ErrorReport)
class ErrorReportAdmin(ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """What readers report: answered here; they write, nobody here does."""

    form = UnchangedForm
    list_display = [
        "about", "field", "state", "assigned_to", "created_at", "decided_by"
    ]  # fmt: skip
    list_filter = ["state", "assigned_to"]
    list_select_related = ["assigned_to"]
    list_filter_submit = True
    search_fields = ["label", "message"]
    readonly_fields = [
        "label",
        "page",
        "field",
        "message",
        "contact",
        "created_at",
        "decided_at",
        "decided_by",
    ]
    fieldsets = (
        (_("What the reader says"), {"fields": readonly_fields[:6]}),
        (
            _("Answer"),
            {
                "fields": (
                    "state",
                    "assigned_to",
                    "resolution",
                    "public_note",
                    SEEN,
                ),
                "description": _(
                    "The public note of an accepted report is shown on the page of the"
                    " record and in the log of corrections."
                ),
            },
        ),
        (_("Decision"), {"fields": ("decided_at", "decided_by")}),
    )

    @admin.display(description=_("about"), ordering="label")
    def about(self, report: ErrorReport) -> str:
        return report.label or gettext("the portal")

    @admin.display(description=_("page"))
    def page(self, report: ErrorReport) -> str:
        if not report.address.startswith("/") or report.address.startswith("//"):
            return report.address
        return format_html('<a href="{0}">{0}</a>', report.address)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Whoever works at the desk can have a report in hand."""
        if db_field.name == "assigned_to":
            people = db_field.related_model._default_manager
            kwargs["queryset"] = people.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool
    ) -> None:
        is_open = obj.state in ErrorReport.UNDECIDED
        if "state" in form.changed_data:
            obj.decided_at = None if is_open else timezone.now()
            obj.decided_by = "" if is_open else str(request.user)[:150]
        super().save_model(request, obj, form, change)
