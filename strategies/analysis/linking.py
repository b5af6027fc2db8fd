"""Linking terms where they stand in a running text. Pure; safe against any text."""

import re
from collections.abc import Mapping, MutableSet
from dataclasses import dataclass
from functools import cached_property
from html import escape
from html.parser import HTMLParser

# Inside these a link would be wrong, or not be one.
KEPT = {
    "a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "option",
    "pre", "script", "select", "style", "summary", "svg", "textarea", "title",
}  # fmt: skip
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
RAW = {"script", "style"}


@dataclass(frozen=True)
class Terms:
    """Forms of terms with the address each leads to.

    The capitals of a form that has no small letter (ERDF) count; of others not.
    """

    addresses: Mapping[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """All forms, the longest first, as whole words."""
        forms = sorted(filter(str.strip, self.addresses), key=len, reverse=True)
        if not forms:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_form, forms))})(?!\w)")

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {form.casefold(): url for form, url in self.addresses.items()}

    def address(self, found: str) -> str:
        """Where a form found in a text leads."""
        return self.addresses.get(found) or self._folded.get(found.casefold(), "")


def link_text(text: str, terms: Terms, seen: MutableSet[str]) -> str:
    """Plain text as HTML in which the first occurrence of each term is a link.

    ``seen`` holds the addresses linked already, and takes in new ones.
    """
    if terms.pattern is None:
        return escape(text)
    parts, end = [], 0
    for match in terms.pattern.finditer(text):
        url = terms.address(match[0])
        if not url or url in seen:
            continue
        seen.add(url)
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a class="term" href="{escape(url)}">{escape(match[0])}</a>')
        end = match.end()
    return "".join([*parts, escape(text[end:])])


def link_html(markup: str, terms: Terms, seen: MutableSet[str]) -> str:
    """The same for safe HTML; links, headings, controls and code stay as they are."""
    linker = _Linker(terms, seen)
    linker.feed(markup)
    linker.close()
    return "".join(linker.parts)


def _form(form: str) -> str:
    plain = re.escape(form)
    return plain if form.upper() == form else f"(?i:{plain})"


class _Linker(HTMLParser):
    """Writes down what it reads; ``open`` are the elements around the place."""

    def __init__(self, terms: Terms, seen: MutableSet[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.terms, self.seen = terms, seen
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if RAW & set(self.open):
            self.parts.append(data)
        elif KEPT & set(self.open):
            self.parts.append(escape(data))
        else:
            self.parts.append(link_text(data, self.terms, self.seen))
