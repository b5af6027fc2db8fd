"""Admin pages within a person's reach: rows, rights, choices, one rule for all."""

from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from accounts.desk.fields import LinesField
from accounts.desk.forms import ScopedForm
from accounts.reach import Act, choices, may, rows
from sources.curated_admin import HTTPS
from sources.curation import Publishable


class Scoped(BaseModelAdmin):  # type: ignore[type-arg]  # no generic at run time
    """What admins and inlines share; ``accounts.reach`` decides."""

    form = ScopedForm
    formfield_overrides = HTTPS
    # JSON columns that hold a list of texts.
    lines: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return rows(request.user, Act.VIEW, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Act.VIEW, self.model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Act.VIEW, self.model, self._own(obj))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Act.ADD, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Act.CHANGE, self.model, self._own(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Act.DELETE, self.model, self._own(obj))

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, Act.PUBLISH, self.model, self._own(obj))

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.lines:
            label = db_field.verbose_name
            return LinesField(label=str(label).capitalize(), required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _own(self, obj: Any) -> Any:
        """Inlines are asked about the record they are shown on, not a row of theirs."""
        return obj if isinstance(obj, self.model) else None

    def _narrow(self, field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        allowed = choices(request.user, field)
        if allowed is not None:
            kwargs["queryset"] = allowed

    def _with_user(self, form: Any, request: HttpRequest) -> Any:
        return type(form.__name__, (form,), {"user": request.user})


class DeskAdmin(Scoped, ModelAdmin):  # type: ignore[misc]  # unfold is untyped
    """A model of the desk without a history of its own."""

    view_on_site = False
    list_filter_submit = True
    warn_unsaved_form = True

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return self._with_user(form, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """State and verification are for those who may publish."""
        fixed = list(super().get_readonly_fields(request, obj))
        is_published = issubclass(self.model, Publishable)
        if is_published and not self.has_publish_permission(request):
            fixed += ["state", "publish_at", "is_verified"]
        return [name for name in dict.fromkeys(fixed) if self._has(name)]

    def _has(self, name: str) -> bool:
        return hasattr(self.model, name) or hasattr(self, name)


class PartInline(Scoped, TabularInline):  # type: ignore[misc]  # unfold is untyped
    """Parts of a record, on its page."""

    extra = 0
    show_change_link = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["form"] = self._with_user(self.form, request)
        return super().get_formset(request, obj, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        if "state" in (self.fields or ()) and not self.has_publish_permission(request):
            fixed.append("state")
        return fixed
