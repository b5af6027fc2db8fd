"""The words of documents that stand for typed ones."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from search.analysis.spelling import near_words, slips
from search.analysis.words import SHORTEST_INSIDE, Word
from search.engines import engine
from search.models import SearchWord

MAX_INSIDE = 60
# Trigrams of a shorter word may all be spoilt by one slip.
SHORTEST_TRIGRAM = 6


def with_inside(typed: Sequence[str]) -> list[Word]:
    """Each typed word with those that hold it, as Oberbayern does bayern."""
    long = [word for word in typed if len(word) >= SHORTEST_INSIDE]
    holding: list[str] = []
    if long:
        found = SearchWord.objects.filter(engine().inside(long)).order_by("length")
        holding = sorted(found.values_list("word", flat=True)[:MAX_INSIDE])
    return [
        Word(word, tuple(item for item in holding if word in item[1:] and word in long))
        for word in typed
    ]


def with_near(words: Sequence[Word], shortest: int = 0, more: int = 0) -> list[Word]:
    """The words of that many letters with those spelt nearly alike."""
    return [
        replace(word, near=near_words(word.typed, _known(word.typed), more))
        if word.is_corrected and len(word.typed) >= shortest
        else word
        for word in words
    ]


def _known(typed: str) -> list[str]:
    """Words that may be what was meant, far more than are."""
    if len(typed) >= SHORTEST_TRIGRAM:
        similar = engine().similar(typed)
        if similar is not None:
            return similar
    shortest, longest = len(typed) - slips(typed), len(typed) + slips(typed)
    alike = Q(word__startswith=typed[0]) | Q(
        word__endswith=typed[-1], length__lte=longest
    )
    known = SearchWord.objects.filter(alike, length__gte=shortest).order_by()
    return list(known.values_list("word", flat=True))
