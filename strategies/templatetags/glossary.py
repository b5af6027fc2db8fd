"""Linking the glossary's terms in running text."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from strategies.analysis.linking import link_html, link_text
from strategies.glossary import linkable_terms

register = template.Library()


@register.filter
def glossary(text: str, request: HttpRequest) -> SafeString:
    """The text with the first occurrence of each term on this page as a link.

    ``{{ project.summary|glossary:request }}``. Text is escaped; what is safe HTML
    already keeps its elements, and nothing in its links or headings is linked.
    """
    seen: set[str] = request.__dict__.setdefault("glossary_seen", set())
    link = link_html if hasattr(text, "__html__") else link_text
    # Both escape all text; elements come only from HTML that was safe before.
    return mark_safe(link(str(text), linkable_terms(), seen))  # noqa: S308
