"""A mark on links that are known to be broken."""

from datetime import date

from django import template

from desk.broken import broken_links

register = template.Library()


@register.simple_tag
def did_not_answer(url: str) -> date | None:
    """The day on which a broken link was last tried; None for one that answers."""
    return broken_links().get(url) if url else None
