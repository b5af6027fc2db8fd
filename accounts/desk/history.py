"""History of a record: what changed from version to version, and going back to one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.exceptions import NotHistoricalModelError
from simple_history.utils import (
    get_history_manager_for_model,
    get_m2m_reverse_field_name,
)

from accounts.desk.forms import REASON
from accounts.reach import Act, may
from sources.services.publication import REASON_LENGTH

# Going back is about what a record says. Whether readers see it, how sure it is and
# where it came from are of today.
STAYS = frozenset(
    {
        *("id", "slug", "state", "stage", "publish_at", "is_verified"),
        *("uncertain_fields", "origin", "created_at", "updated_at"),
        *("loaded_key", "loaded_at", "loaded_digest"),
    }
)


class HistoryMixin(SimpleHistoryAdmin):  # type: ignore[misc]  # untyped
    """Diffs come from simple-history; its form for old versions is replaced."""

    object_history_list_template = "admin/desk/_versions.html"
    history_list_per_page = 25

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        obj._change_reason = form.cleaned_data.get(REASON) or None
        super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Parts keep the same reason as their record."""
        if _has_history(formset.model):
            for part in formset.forms:
                part.instance._change_reason = form.cleaned_data.get(REASON) or None
        super().save_formset(request, form, formset, change)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        answer: HttpResponse = super().history_view(request, object_id, extra_context)
        return answer

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, **kwargs: Any
    ) -> None:
        """Also against the version before this page of versions."""
        found = list(historical_records)
        super().set_history_delta_changes(request, found, **kwargs)
        last = found[-1] if found else None
        before = last.prev_record if last is not None else None
        if last is not None and before is not None:
            delta = last.diff_against(before, foreign_keys_are_objs=True)
            helper = self.get_historical_record_context_helper(request, last)
            last.history_delta_changes = helper.context_for_delta_changes(delta)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, **_kwargs: Any
    ) -> HttpResponse:
        """What going back to that version would change; POST does it."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        version = get_object_or_404(record.history, history_id=version_id)
        if request.method == "POST":
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            return self._restore(request, record, version)
        return self._version_page(request, record, version)

    def _restore(
        self, request: HttpRequest, record: Model, version: Any
    ) -> HttpResponse:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            problem = _("Say why: going back is a change like any other.")
            return self._version_page(request, record, version, problem)
        try:
            restore(record, version, reason=reason, user=request.user)
        except (ValidationError, IntegrityError, ObjectDoesNotExist) as error:
            texts = getattr(error, "messages", None) or [str(error)]
            problem = _("This version does not fit any more: %(why)s")
            problem %= {"why": " ".join(texts)}
            return self._version_page(request, record, version, problem)
        text = _("“%(record)s” says again what it said on %(day)s.")
        messages.success(request, text % {"record": record, "day": _day(version)})
        return redirect(self._address("change", record))

    def _version_page(
        self, request: HttpRequest, record: Any, version: Any, problem: str = ""
    ) -> HttpResponse:
        latest = record.history.first()
        # Old is what it says now, new what it would say again.
        delta = version.diff_against(latest, STAYS, foreign_keys_are_objs=True)
        helper = self.get_historical_record_context_helper(request, version)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version of %(day)s")
            % {"day": f"{version.history_date:%d.%m.%Y %H:%M}"},
            "opts": self.opts,
            "original": record,
            "object": record,
            "version": version,
            "changes": helper.context_for_delta_changes(delta),
            "may_restore": self.has_change_permission(request, record),
            "problem": problem,
            "reason": request.POST.get("reason", ""),
            "reason_length": REASON_LENGTH,
            "change_url": self._address("change", record),
            "history_url": self._address("history", record),
            "kind": capfirst(self.opts.verbose_name),
        }
        status = 422 if problem else 200
        return TemplateResponse(
            request, "admin/desk/version.html", context, status=status
        )

    def _address(self, page: str, record: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[record.pk])


def _has_history(model: Any) -> bool:
    try:
        return get_history_manager_for_model(model) is not None
    except NotHistoricalModelError:
        return False


@transaction.atomic
def restore(record: Model, version: Any, *, reason: str, user: Any) -> None:
    """Make the record say what the version said; the history goes on.

    Raises ``ValidationError`` where the old words do not fit the rules of today,
    ``PermissionDenied`` where the record would leave what the person reaches.
    """
    held = type(record)._default_manager.select_for_update().get(pk=record.pk)
    tracked = {field.name for field in version.tracked_fields}
    for field in held._meta.concrete_fields:
        if field.name in tracked and field.name not in STAYS:
            _check_target(field, version)
            setattr(held, field.attname, getattr(version, field.attname))
    if not may(user, Act.CHANGE, type(held), held):
        raise PermissionDenied
    held.full_clean(exclude=STAYS)
    held._change_reason = f"restored: {reason}"[:REASON_LENGTH]  # type: ignore[attr-defined]
    held.save()
    for field in type(version)._history_m2m_fields:
        column = f"{get_m2m_reverse_field_name(field)}_id"
        keys = [getattr(row, column) for row in getattr(version, field.name).all()]
        there = field.related_model._default_manager.filter(pk__in=keys)
        getattr(held, field.name).set(there)


def _day(version: Any) -> str:
    return f"{localtime(version.history_date):%d %B %Y, %H:%M}"


def _check_target(field: Any, version: Any) -> None:
    """What the version links to may be gone; the history keeps no foreign keys."""
    key = getattr(version, field.attname)
    if not isinstance(field, ForeignKey) or key is None:
        return
    if not field.related_model._default_manager.filter(pk=key).exists():
        said = {"field": field.verbose_name}
        raise ValidationError(_("What “%(field)s” named is gone.") % said)
