"""Two texts word by word: what stayed, what went, what came. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_WORDS = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """``kind`` is SAME, GONE or NEW; the texts put together give both sides back."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Words keep the blanks in front of them, so that line ends are kept too."""
    return list(_pieces(_WORDS.findall(before), _WORDS.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(new[begin:stop]))
            continue
        if start < end:
            yield Piece(GONE, "".join(old[start:end]))
        if begin < stop:
            yield Piece(NEW, "".join(new[begin:stop]))
