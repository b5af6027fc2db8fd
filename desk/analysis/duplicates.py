"""Which organisations may be one and the same: blocks, then scores. Pure.

Comparing all with all would take hours at 20,000: only those that share a rare word
of a name, a website, an acronym or the whole name are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit

from rapidfuzz import fuzz

LOWEST_NAME = 78.0
# A common acronym lifts likeness by so much; less than this never gets there.
ACRONYM = 8
LOWEST_WORDS = LOWEST_NAME - ACRONYM
LOWEST_SCORE = 82
RARE_WORDS = 3
# Above this many in a block each is compared with its neighbours only.
BLOCK, NEIGHBOURS = 60, 8
SAME_HOST, SAME_TOWN, OTHER_TOWN, OTHER_HOST = 10, 4, -8, -4


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation; names are normalised, ``country`` "" where not known."""

    pk: int
    name: str
    local: str = ""
    acronym: str = ""
    country: str = ""
    town: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``first`` < ``second``; ``score`` 0 to 100; ``reasons`` are codes."""

    first: int
    second: int
    score: int
    reasons: tuple[str, ...]


def candidates(entries: Sequence[Entry]) -> list[Candidate]:
    """Pairs worth a look, the likest first."""
    found = (compare(one, other) for one, other in _pairs(entries))
    kept = [candidate for candidate in found if candidate is not None]
    return sorted(kept, key=lambda c: (-c.score, c.first, c.second))


def compare(one: Entry, other: Entry) -> Candidate | None:
    """None where they are no candidates; the order of the two does not matter."""
    if one.pk > other.pk:
        one, other = other, one
    if one.country and other.country and one.country != other.country:
        return None
    likeness, reasons = _names(one, other)
    score = likeness
    for here, there, bonus, malus, code in (
        (one.host, other.host, SAME_HOST, OTHER_HOST, "website"),
        (one.town, other.town, SAME_TOWN, OTHER_TOWN, "town"),
    ):
        if here and there:
            score += bonus if here == there else malus
            reasons.append(f"same_{code}" if here == there else f"other_{code}")
    if one.country != other.country:
        reasons.append("country_unknown")
    if likeness < LOWEST_NAME or score < LOWEST_SCORE:
        return None
    return Candidate(one.pk, other.pk, min(100, round(score)), tuple(reasons))


def host_of(url: str) -> str:
    """ "https://www.tecnalia.com/en" -> "tecnalia.com"; "" for no address."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _names(one: Entry, other: Entry) -> tuple[float, list[str]]:
    pairs = [
        (here, there)
        for here in (one.name, one.local)
        for there in (other.name, other.local)
        if here and there
    ]
    scores = (fuzz.token_sort_ratio(a, b, score_cutoff=LOWEST_WORDS) for a, b in pairs)
    best = max(scores, default=0.0)
    reasons = ["same_name" if best == 100 else "similar_name"]
    if one.acronym and one.acronym == other.acronym:
        reasons.append("same_acronym")
        best = max(best, min(95.0, best + ACRONYM))
    return best, reasons


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    seen: set[tuple[int, int]] = set()
    for block in _blocks(entries).values():
        for one, other in _within(block):
            key = (min(one.pk, other.pk), max(one.pk, other.pk))
            if one.pk != other.pk and key not in seen:
                seen.add(key)
                yield one, other


def _within(block: list[Entry]) -> Iterable[tuple[Entry, Entry]]:
    if len(block) <= BLOCK:
        return combinations(block, 2)
    ordered = sorted(block, key=lambda entry: (entry.name, entry.pk))
    return (
        (entry, other)
        for place, entry in enumerate(ordered)
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]
    )


def _blocks(entries: Sequence[Entry]) -> dict[tuple[str, str], list[Entry]]:
    often = Counter(word for entry in entries for word in _words(entry))
    blocks: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry, often):
            blocks[key].append(entry)
    return blocks


def _keys(entry: Entry, often: Counter[str]) -> set[tuple[str, str]]:
    rare = sorted(_words(entry), key=lambda word: (often[word], word))[:RARE_WORDS]
    keys = {("word", word) for word in rare}
    # A misspelt word is still found by its beginning.
    keys |= {("start", word[:5]) for word in rare if len(word) > 5}
    for kind, text in (
        ("name", entry.name),
        ("name", entry.local),
        ("acronym", entry.acronym),
        ("host", entry.host),
    ):
        if text:
            keys.add((kind, text))
    return keys


def _words(entry: Entry) -> set[str]:
    return set(entry.name.split()) | set(entry.local.split())
