from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Scope, User
from sources.curated_admin import CuratedAdmin


@admin.register(User)
class UserAdmin(BaseUserAdmin):  # type: ignore[type-arg]  # no generic at run time
    ordering = ("email",)
    list_display = ("email", "name", "is_staff", "is_active", "last_login")
    search_fields = ("email", "name")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (
            _("Rights"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups")},
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


@admin.register(Organisation)
class OrganisationAdmin(CuratedAdmin):
    list_display = ("name", "acronym", "country", "town", "region", "state")
    list_select_related = ("region",)
    search_fields = ("name", "name_local", "acronym", "normalised_name", "town")
    list_filter = ("state", "kind", "country")
    autocomplete_fields = ("region", "merged_into", "references")


@admin.register(Scope)
class ScopeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "role", "region", "programme_code", "organisation")
    list_select_related = ("user", "region", "organisation")
    list_filter = ("role",)
    search_fields = ("user__email", "programme_code")
    autocomplete_fields = ("user", "region", "organisation")
