"""People, their roles, organisations, and the queue of checks."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.desk import rights  # noqa: F401  # declares the rights
from accounts.desk.checks_admin import CheckAdmin
from accounts.desk.curated import EVIDENCE, WHY, CuratedAdmin, state_mark
from accounts.desk.scoped import DeskAdmin
from accounts.models import Organisation, Scope, User
from accounts.reach import DESK_ROLES
from sources.evidence import FieldCheck

admin.site.register(FieldCheck, CheckAdmin)


@admin.register(User)
class UserAdmin(BaseUserAdmin, ModelAdmin):  # type: ignore[misc,type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    search_fields = ("email", "name")
    list_filter_submit = True
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (
            _("Rights"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "groups"),
                "description": _(
                    "What people may edit follows from their roles and scopes."
                ),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (
            None,
            {"fields": ("email", "name", "usable_password", "password1", "password2")},
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may edit people must not make themselves more than they are."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fixed
        return (*fixed, "is_staff", "is_superuser", "groups")


@admin.register(Organisation)
class OrganisationAdmin(CuratedAdmin):
    list_display = ("name", "acronym", "country", "town", "region", state_mark)
    list_select_related = ("region",)
    search_fields = ("name", "name_local", "acronym", "normalised_name", "town")
    list_filter = ("state", "kind", "country")
    autocomplete_fields = ("region", "merged_into", "references")
    fieldsets = (
        (None, {"fields": ("name", "name_local", "acronym", "kind", "website")}),
        (
            _("Place"),
            {
                "fields": ("country", "town", "region", "nuts_code", "nuts_version"),
                "description": _("The region of today; the NUTS code as it was given."),
            },
        ),
        (_("Address and duplicates"), {"fields": ("slug", "merged_into")}),
        EVIDENCE,
        WHY,
    )


@admin.register(Scope)
class ScopeAdmin(DeskAdmin):
    """Given by curators and superusers only (``accounts.reach``)."""

    list_display = ("user", "role", "region", "programme_code", "organisation")
    list_select_related = ("user", "region", "organisation")
    list_filter = ("role",)
    search_fields = ("user__email", "programme_code")
    autocomplete_fields = ("user", "region", "organisation")
    fieldsets = (
        (None, {"fields": ("user", "role")}),
        (
            _("How far it reaches"),
            {
                "fields": ("region", "programme_code", "organisation"),
                "description": _(
                    "An editor needs a region, which takes in its parts; a secretariat"
                    " the address of its programme (interreg-ivc-2007-2013); a"
                    " contributor an organisation. A curator reaches everything."
                ),
            },
        ),
    )

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """No role is chosen for the one who gives it."""
        kwargs["choices"] = db_field.get_choices(include_blank=True)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """A role of the desk opens the desk; taking it away is for a superuser."""
        super().save_model(request, obj, form, change)
        if obj.role in DESK_ROLES and not obj.user.is_staff:
            obj.user.is_staff = True
            obj.user.save(update_fields=["is_staff"])
            text = gettext("%(user)s may now use the curators' desk.")
            messages.info(request, text % {"user": obj.user})
