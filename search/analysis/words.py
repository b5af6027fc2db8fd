"""What a reader typed, and which words of a document answer to it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from regions.text import fold

MAX_WORDS = 8
# A shorter word would stand inside half of all words.
SHORTEST_INSIDE = 4
# Words this long and longer are corrected; what has a digit is a code and never is.
SHORTEST_CORRECTED = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word with the words of documents that stand for it.

    It stands for all words that begin with it; ``inside`` are words of names that
    hold it, ``near`` are spelt nearly like it, the nearest first.
    """

    typed: str
    inside: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    def answers(self, word: str) -> bool:
        """Whether a folded word of a document stands for it."""
        return word.startswith(self.typed) or word in self.inside or word in self.near

    @property
    def is_corrected(self) -> bool:
        has_digit = any(letter.isdigit() for letter in self.typed)
        return len(self.typed) >= SHORTEST_CORRECTED and not has_digit


def typed_words(q: str) -> tuple[str, ...]:
    """The folded words of what was typed, each once."""
    return tuple(dict.fromkeys(fold(q).split()))[:MAX_WORDS]


def has_all(words: Iterable[str], text: str) -> bool:
    """Whether each word begins a word of a folded text."""
    padded = f" {text}"
    return all(f" {word}" in padded for word in words)
