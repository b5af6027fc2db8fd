"""A page as a reader has it: its words, its links, its figures, its tables."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
}  # fmt: skip
UNSEEN = {"script", "style", "template"}
SPOKEN = ("alt", "aria-label", "title", "placeholder")


@dataclass
class Page:
    """What a page says and where it leads."""

    response: HttpResponse
    words: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    foots: list[str] = field(default_factory=list)
    subtitles: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that can be seen, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(self.words))

    def table(self, heading: str) -> list[list[str]]:
        """The first table that has the heading."""
        return next(rows for rows in self.tables if heading in rows[0])


def read(response: HttpResponse) -> Page:
    """The page of a response in HTML."""
    reader = _Reader(Page(response))
    reader.feed(response.content.decode())
    reader.close()
    reader.page.unclosed = reader.open
    return reader.page


class _Reader(HTMLParser):
    """Collects; ``open`` are the elements that surround the place."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []
        self.classes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag not in VOID:
            self.open.append(tag)
            self.classes.append(given.get("class", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.unclosed.append(f"</{tag}> in {self.open[-3:]}")
            return
        self.open.pop()
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        if not data.strip() or UNSEEN & set(self.open):
            return
        self.page.words.append(data)
        if "figure-foot" in self.classes:
            self.page.foots[-1] += data
        if "sub" in self.classes and "figure-head" in self.classes:
            self.page.subtitles[-1] += data
        if self.page.tables and {"td", "th"} & set(self.open):
            self.page.tables[-1][-1][-1] += data

    def _note(self, tag: str, given: dict[str, str]) -> None:
        page = self.page
        page.spoken += [given[name] for name in SPOKEN if name in given]
        page.links += [given["href"]] if tag == "a" and "href" in given else []
        page.figures += [given["data-figure"]] if "data-figure" in given else []
        page.ids += [given["id"]] if "id" in given else []
        page.foots += [""] if given.get("class") == "figure-foot" else []
        page.subtitles += [""] if given.get("class") == "sub" else []
        self._note_table(tag)
        self._note_inline(tag, given)

    def _note_table(self, tag: str) -> None:
        if tag == "table":
            self.page.tables.append([])
        elif tag == "tr":
            self.page.tables[-1].append([])
        elif tag in ("td", "th"):
            self.page.tables[-1][-1].append("")

    def _note_inline(self, tag: str, given: dict[str, str]) -> None:
        """Whatever a strict policy would refuse to run."""
        found = [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            found.append(tag)
        if given.get("href", "").strip().lower().startswith("javascript:"):
            found.append("javascript:")
        self.page.inline += found
