"""The way to readers, on a record's page and in lists: what is missing, and steps."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.reach import Act, may
from sources.curation import Publishable
from sources.evidence import FieldCheck
from sources.gate import completeness, stops
from sources.services.publication import (
    REASON_LENGTH,
    Step,
    StepError,
    steps_for,
    take_step,
)

LABELS = {
    Step.SUBMIT: _("Submit for review"),
    Step.PUBLISH: _("Publish"),
    Step.SCHEDULE: _("Schedule"),
    Step.WITHDRAW: _("Back to draft"),
    Step.ARCHIVE: _("Archive"),
}
# What whoever may change a record may do; all else is for those who may publish.
OF_EDITORS = frozenset({Step.SUBMIT})


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step])
    reason = forms.CharField(required=False, max_length=REASON_LENGTH - 12)
    at = forms.DateTimeField(
        required=False, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
    )


class PublicationMixin(BaseModelAdmin):  # type: ignore[type-arg]
    change_form_outer_before_template = "admin/desk/_publication.html"
    actions = ("publish_chosen", "submit_chosen", "withdraw_chosen", "archive_chosen")

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_publication"
        view = self.admin_site.admin_view(require_POST(self.publication_view))
        own = [path("<int:pk>/publication/", view, name=name)]
        urls: list[URLPattern] = super().get_urls()  # type: ignore[misc]
        return own + urls

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None:
            context["publication"] = self._panel(request, record)
        answer: HttpResponse = super().render_change_form(  # type: ignore[misc]
            request, context, *args, **kwargs
        )
        return answer

    def publication_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if record is None:
            raise Http404
        form = StepForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            self._take(request, record, Step(said["step"]), said["reason"], said["at"])
        else:
            for errors in form.errors.values():
                messages.error(request, " ".join(str(error) for error in errors))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(reverse(name, args=[pk]))

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self._take_all(request, chosen, Step.PUBLISH)

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self._take_all(request, chosen, Step.SUBMIT)

    @admin.action(description=_("Back to draft"), permissions=["publish"])
    def withdraw_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self._take_all(request, chosen, Step.WITHDRAW)

    @admin.action(description=_("Archive"), permissions=["publish"])
    def archive_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self._take_all(request, chosen, Step.ARCHIVE)

    def _take_all(
        self, request: HttpRequest, chosen: QuerySet[Any], step: Step
    ) -> None:
        done = 0
        for record in chosen:
            _check_right(request, record, step)
            try:
                take_step(record, step)
                done += 1
            except StepError as refusal:
                messages.warning(request, f"{record}: {refusal}")
        text = ngettext("%(n)d record: %(step)s.", "%(n)d records: %(step)s.", done)
        messages.success(request, text % {"n": done, "step": LABELS[step]})

    def _take(
        self,
        request: HttpRequest,
        record: Publishable,
        step: Step,
        reason: str,
        at: datetime | None,
    ) -> None:
        _check_right(request, record, step)
        try:
            held = take_step(record, step, reason=reason, at=at)
        except StepError as refusal:
            text = gettext("Not done. %(why)s")
            messages.error(request, text % {"why": refusal})
        else:
            text = gettext("“%(record)s” is now: %(state)s.")
            state = held.get_state_display()
            messages.success(request, text % {"record": record, "state": state})

    def _panel(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        steps = [s for s in steps_for(record) if _may(request, record, s)]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_publication"
        return {
            "record": record,
            "address": reverse(name, args=[record.pk]),
            "steps": [(s.value, LABELS[s]) for s in steps if s is not Step.SCHEDULE],
            "may_schedule": Step.SCHEDULE in steps,
            "completeness": completeness(record),
            "stops": [] if record.is_public else stops(record),
            "open_checks": FieldCheck.objects.open().of(record),
            "reason_length": REASON_LENGTH - 12,
        }


def _may(request: HttpRequest, record: Any, step: Step) -> bool:
    act = Act.CHANGE if step in OF_EDITORS else Act.PUBLISH
    return may(request.user, act, type(record), record)


def _check_right(request: HttpRequest, record: Any, step: Step) -> None:
    if not _may(request, record, step):
        raise PermissionDenied
