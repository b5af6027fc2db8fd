"""Which known words are spelt nearly like a typed one. Pure."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

MAX_NEAR = 6
LONG = 7  # letters from which two slips are forgiven


def slips(word: str) -> int:
    """How many letters may be wrong, missing, added or swapped."""
    return 2 if len(word) >= LONG else 1


def near_words(typed: str, known: Iterable[str], more: int = 0) -> tuple[str, ...]:
    """The nearest of the known words, best first; only the nearest distance held.

    A known word that begins nearly as typed counts too, after whole words: a reader
    may still be typing. ``more`` slips are forgiven on top.
    """
    most = slips(typed) + more
    found = []
    for word in filter(str.isalpha, known):
        distance, is_beginning = distance_to(typed, word, most)
        if distance <= most and word != typed:
            length = abs(len(word) - len(typed))
            found.append((distance, is_beginning, length, word))
    found.sort()
    return tuple(item[-1] for item in found if item[0] == found[0][0])[:MAX_NEAR]


def distance_to(typed: str, word: str, most: int) -> tuple[int, bool]:
    """Slips between a typed word and a known one, or the known one's beginning."""
    whole = OSA.distance(typed, word, score_cutoff=most)
    if len(word) <= len(typed):
        return whole, False
    beginnings = {word[: len(typed) + step] for step in (-1, 0, 1)} - {word}
    begun = min(
        (OSA.distance(typed, part, score_cutoff=most) for part in beginnings),
        default=most + 1,
    )
    return (begun, True) if begun < whole else (whole, False)
