"""A line of a list that curators work through."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Line:
    """``since``: the day from which it is so; ``address``: where to mend it."""

    name: str
    kind: str
    detail: str = ""
    since: date | None = None
    address: str = ""


def change_address(model: type[Model], pk: Any) -> str:
    """The record's page at the desk; "" for a kind that has none."""
    if model not in admin.site._registry:
        return ""
    name = f"{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"admin:{name}_change", args=[pk])


def line(record: Any, *, detail: str = "", since: date | None = None) -> Line:
    model = type(record)
    kind = str(model._meta.verbose_name)
    return Line(str(record), kind, detail, since, change_address(model, record.pk))
