"""Markdown of authors as safe HTML; the same for readers, authors and reviewers."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# What a text may look like: no images (attachments have a text alternative), no HTML.
TAGS = {
    "p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre",
    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto"}
# Headings of a text stand below those of the page.
_LOWER = {"h1": "h4", "h2": "h5", "h3": "h6", "h4": "h6", "h5": "h6", "h6": "h6"}
REL = "nofollow ugc noopener"


def rendered(text: str) -> SafeString:
    """Paragraphs, lists, links and tables; whatever else was typed is shown as text."""
    return mark_safe(_clean(text))  # noqa: S308  # nh3 has cleaned it


@lru_cache(maxsize=2000)
def _clean(text: str) -> str:
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = _LOWER[token.tag]
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark with tables and single line ends kept; typed HTML stays text."""
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
