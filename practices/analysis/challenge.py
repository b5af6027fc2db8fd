"""The words of a challenge, and which of them a text has. Pure.

Simple so that it can be explained: words of four letters and more, without accents,
count as the same where their first six letters are. Function words say nothing, nor do
words that stand in more than half of all texts.
"""

from collections.abc import Collection
from dataclasses import dataclass

from regions.text import fold

SHORTEST = 4
STEM = 6
TOO_COMMON = 0.5
# Fewer texts cannot tell which words are common.
LEAST_TEXTS = 10
_FUNCTION = """
about above after again also although among another because been before being below
between both cannot could does doing down during each either even every from further
have having here into itself just like many more most much must need needs neither
often only other over same shall should since some such than that their them then
there these they this those through under until upon very want wants well were what
when where whether which while whom whose will with within without would your ours
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())


@dataclass(frozen=True, slots=True)
class Words:
    """``telling`` are the words that have a say, as they were written, folded."""

    telling: tuple[str, ...]

    def found_in(self, text: str) -> list[str]:
        """Those that a folded text has, in the order of the challenge."""
        stems = stems_of(text)
        return [word for word in self.telling if word[:STEM] in stems]


def words_of(challenge: str, texts: Collection[str] = ()) -> Words:
    """Each word once; ``texts`` are folded, and tell which words are too common."""
    said: dict[str, str] = {}
    for word in fold(challenge).split():
        if len(word) >= SHORTEST and word not in FUNCTION_WORDS:
            said.setdefault(word[:STEM], word)
    if len(texts) >= LEAST_TEXTS:
        held = [stems_of(text) for text in texts]
        most = TOO_COMMON * len(held)
        said = {
            stem: word
            for stem, word in said.items()
            if sum(stem in stems for stems in held) <= most
        }
    return Words(tuple(said.values()))


def stems_of(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in text.split() if len(word) >= SHORTEST)
