"""Which parts of a text to mark, and the passage to show of a long one. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from regions.text import fold
from search.analysis.words import Word

TOKEN = re.compile(r"\w+")
PASSAGE = 220  # characters
BEFORE = 60  # of them before the first word found
ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; pages escape it and put ``<mark>`` around what is marked."""

    text: str
    is_marked: bool = False


def marked(text: str, words: Sequence[Word]) -> tuple[Part, ...]:
    """The text in pieces, those that answer to a word marked."""
    parts: list[Part] = []
    end = 0
    for token in TOKEN.finditer(text):
        if _answers(token[0], words):
            if token.start() > end:
                parts.append(Part(text[end : token.start()]))
            parts.append(Part(token[0], is_marked=True))
            end = token.end()
    if end < len(text):
        parts.append(Part(text[end:]))
    return tuple(parts)


def passage(text: str, words: Sequence[Word]) -> tuple[Part, ...]:
    """A line or two around the first word found; the beginning where none is."""
    text = " ".join(text.split())
    first = next(
        (token.start() for token in TOKEN.finditer(text) if _answers(token[0], words)),
        0,
    )
    start = _after_blank(text, first - BEFORE) if first > BEFORE else 0
    shown = text[start : start + PASSAGE]
    if start + PASSAGE < len(text):
        shown = shown.rpartition(" ")[0] or shown
        shown += ELLIPSIS
    return marked(f"{ELLIPSIS} {shown}" if start else shown, words)


def _after_blank(text: str, place: int) -> int:
    """Where the next word begins; the place itself in an unbroken text."""
    blank = text.find(" ", place, place + BEFORE)
    return place if blank < 0 else blank + 1


def _answers(token: str, words: Sequence[Word]) -> bool:
    folded = token.lower() if token.isascii() else fold(token)
    # A token may fold into several words: an underscore or a ligature parts them.
    pieces = folded.replace("_", " ").split()
    return any(word.answers(piece) for piece in pieces for word in words)
