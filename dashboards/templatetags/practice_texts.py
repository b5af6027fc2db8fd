"""What templates need to show a practice."""

from django import template
from django.utils.safestring import SafeString

from practices.rendering import rendered
from regions import countries

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """An author's text as safe HTML."""
    return rendered(text)


@register.filter
def country_name(code: str) -> str:
    """A NUTS country code in words; "" for none."""
    return countries.country_name(code) if code else ""
