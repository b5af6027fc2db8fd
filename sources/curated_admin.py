"""What the admin of every curated record shares."""

from typing import Any

from django.db import models
from simple_history.admin import SimpleHistoryAdmin

# Addresses typed without a scheme; Django 6 will take this for granted.
HTTPS: dict[Any, dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


class CuratedAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # simple-history is untyped
    """Search, filters by state, history; doubt and origin are read, not typed."""

    view_on_site = False
    formfield_overrides = HTTPS
    save_on_top = True
    list_filter: tuple[Any, ...] = ("state", "is_verified", "origin")
    readonly_fields: tuple[str, ...] = (
        "origin",
        "uncertain_fields",
        "created_at",
        "updated_at",
    )
    autocomplete_fields: tuple[str, ...] = ("references",)
