"""A found document as readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis.marks import Part, marked, passage
from search.analysis.words import Word, has_all
from search.makers import BY_KIND
from search.models import SearchDocument


@dataclass(frozen=True, slots=True)
class Hit:
    """``title`` and ``text`` in parts of which some are to be marked.

    ``spelling`` are the typed words as this document spells them.
    """

    kind: str
    key: int
    label: str
    note: str
    url: str
    title: tuple[Part, ...]
    text: tuple[Part, ...]
    spelling: str

    @property
    def kind_label(self) -> str:
        return str(BY_KIND[self.kind].label)

    @property
    def snippet(self) -> str:
        return "".join(part.text for part in self.text)


def hit_of(document: SearchDocument, words: Sequence[Word]) -> Hit:
    return Hit(
        kind=document.kind,
        key=document.key,
        label=document.title,
        note=_note(document, words),
        url=document.url,
        title=marked(document.title, words),
        text=passage(document.text, words) if document.text else (),
        spelling=_spelling(document, words),
    )


def _note(document: SearchDocument, words: Sequence[Word]) -> str:
    """What a former name has to say, where only that one has the words."""
    former = dict(document.former)
    if not former:
        return document.note
    forms = document.forms.split("\n")
    typed = [word.typed for word in words]
    own = " ".join(form for form in forms if form not in former)
    if has_all(typed, own):
        return document.note
    told = (text for form, text in former.items() if has_all(typed, form))
    return next(told, document.note)


def _spelling(document: SearchDocument, words: Sequence[Word]) -> str:
    held = set(f"{document.forms} {document.text_words}".split())
    begun = " ".join(("", *held))
    spelt = []
    for word in words:
        alike = [item for item in (*word.near, *word.inside) if item in held]
        is_begun = f" {word.typed}" in begun
        spelt.append(word.typed if is_begun or not alike else alike[0])
    return " ".join(spelt)
