"""What the search asks of a database."""

from collections.abc import Sequence
from typing import Protocol

from django.db.models import Q
from django.db.models.expressions import RawSQL

from search.analysis.words import Word

# Where words have to stand: in the title, in the title or a name, or anywhere.
TITLE, NAMED, ANYWHERE = 1, 2, 3
MAX_SIMILAR = 150


class Engine(Protocol):
    def install(self) -> list[str]:
        """Make what is missing of the index; sentences on what could not be made."""
        ...

    def lock(self) -> None:
        """Let no other writer of the index in until the transaction ends."""
        ...

    def matching(self, words: Sequence[Word], where: int) -> RawSQL:
        """Whether a document has each of the words there, or one that stands for it.

        Words that hold a typed one count in titles and names only: in a text they
        are seldom what was meant.
        """
        ...

    def inside(self, typed: Sequence[str]) -> Q:
        """Whether a word holds one of the typed ones; four letters or more each."""
        ...

    def similar(self, typed: str) -> list[str] | None:
        """Known words like the typed one, roughly; None where it cannot say."""
        ...
