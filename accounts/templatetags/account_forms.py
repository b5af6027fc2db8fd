"""Controls of forms in the portal's looks."""

from datetime import datetime

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from sources.visitors import TRAP

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The control itself, with the class that the style sheet knows."""
    widget = field.field.widget
    if isinstance(widget, (CheckboxInput, RadioSelect, CheckboxSelectMultiple)):
        return field.as_widget()
    name = "select" if isinstance(widget, Select) else "input"
    return field.as_widget(attrs={"class": name})


@register.filter
def shape(field: BoundField) -> str:
    """ "trap", "hidden", "check", "group" or "plain": how the field is laid out."""
    widget = field.field.widget
    if field.name == TRAP:
        return "trap"
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "group"
    return "plain"


@register.filter
def plain(value: object) -> str:
    """A value of somebody's data for readers; times are in UTC."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(value, "j F Y, H:i")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


@register.filter
def sentence(text: str) -> str:
    """A heading of django-allauth as the portal writes them: "Add Security Key" ->
    "Add security key". Words in capitals stay, and so does what holds markup.
    """
    if "<" in text:
        return text
    said = [word if word.isupper() else word.lower() for word in text.split()]
    return SafeString(capfirst(" ".join(said)))


@register.filter
def words(name: str) -> str:
    """A column's name for readers: "last_seen_at" -> "last seen at"."""
    return name.replace("_", " ")
