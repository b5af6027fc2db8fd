"""Asking the search: documents in order, counts by kind, what else might be meant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Length

from regions.text import fold
from search.analysis.words import Word, typed_words
from search.engines import ANYWHERE, NAMED, TITLE, engine
from search.hits import Hit, hit_of
from search.models import SearchDocument
from search.spelling import with_inside, with_near

# With fewer results than this, words spelt nearly alike are looked for as well.
FEW = 5
# A shorter word is like too many others to be corrected where it was found as it is.
SHORTEST_NEAR = 6
# A single letter or two begin too many words to look for them in texts.
SHORTEST_IN_TEXT = 3
MAX_HELPS = 4


@dataclass(frozen=True, slots=True)
class Help:
    """Something else to search for, and how much there is."""

    q: str
    count: int


@dataclass(frozen=True)
class Found:
    """What was found; ``records`` are documents of the kinds asked for, best first.

    ``counts`` are of all kinds. ``meant`` is another spelling, where only that was
    found; ``helps`` what else may be searched for, where nothing was.
    """

    words: tuple[Word, ...] = ()
    records: QuerySet[SearchDocument] = field(
        default_factory=SearchDocument.objects.none
    )
    counts: dict[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    is_near: bool = False
    helps: tuple[Help, ...] = ()

    @property
    def everything(self) -> int:
        return sum(self.counts.values())

    @property
    def total(self) -> int:
        """How many there are of the kinds asked for."""
        if not self.kinds:
            return self.everything
        return sum(self.counts.get(kind, 0) for kind in self.kinds)

    def hits(self, documents: Sequence[SearchDocument]) -> list[Hit]:
        return [hit_of(document, self.words) for document in documents]

    def meant(self, hits: Sequence[Hit]) -> str:
        """How the words are spelt in the first hit, where only near ones were found."""
        return hits[0].spelling if self.is_near and hits else ""


def find(q: str, kinds: Collection[str] = ()) -> Found:
    """Everything that has all words of ``q``; a constant number of statements."""
    text, words = _read(q)
    if not words:
        return Found()
    records = ranked(text, words)
    counts = counted(records)
    strict = sum(counts.values())
    if strict < FEW:
        words = with_near(words, SHORTEST_NEAR if strict else 0)
        records = ranked(text, words)
        counts = counted(records)
    chosen = records.filter(kind__in=kinds) if kinds else records
    is_near = not strict and bool(counts)
    helps = () if counts else tuple(_helps(words))
    return Found(tuple(words), chosen, counts, tuple(kinds), is_near, helps)


def suggest(q: str, limit: int) -> list[Hit]:
    """The best few, for a box in which somebody is still typing."""
    text, words = _read(q)
    if not words:
        return []
    found = list(ranked(text, words)[:limit])
    if len(found) < min(FEW, limit):
        words = with_near(words, SHORTEST_NEAR if found else 0)
        if any(word.near for word in words):
            found = list(ranked(text, words)[:limit])
    return [hit_of(document, words) for document in found]


def _read(q: str) -> tuple[str, list[Word]]:
    """What was typed, folded, and its words with those that hold them."""
    words = with_inside(typed_words(q))
    return fold(q), words


def counted(records: QuerySet[SearchDocument]) -> dict[str, int]:
    """How many of each kind."""
    rows = records.order_by().values("kind").annotate(n=Count("pk"))
    return {row["kind"]: row["n"] for row in rows.values("kind", "n")}


def ranked(text: str, words: Sequence[Word]) -> QuerySet[SearchDocument]:
    """Documents that have all words, in the same order on every database.

    A name or code that is what was typed comes first, then names that begin with
    it, then titles and names that have words that begin so, then those that hold
    the words inside or spelt otherwise, then texts. Within a step the kind counts,
    then the shorter title.
    """
    long = max(len(word.typed) for word in words) >= SHORTEST_IN_TEXT
    found = SearchDocument.objects.filter(
        engine().matching(words, ANYWHERE if long else NAMED)
    )
    return found.annotate(step=_step(text, words)).order_by(
        "step", "-weight", Length("title"), "title_words", "pk"
    )


def _step(text: str, words: Sequence[Word]) -> Case:
    begun = [Word(word.typed) for word in words]
    inside = [Word(word.typed, word.inside) for word in words]
    steps: list[Any] = [
        Q(forms__contains=f"\n{text}\n"),
        Q(forms__contains=f"\n{text}"),
        engine().matching(begun, TITLE),
        engine().matching(begun, NAMED),
        engine().matching(inside, NAMED),
        engine().matching(inside, ANYWHERE),
        engine().matching(words, TITLE),
        engine().matching(words, NAMED),
    ]
    whens = [
        When(_condition(step), then=Value(place)) for place, step in enumerate(steps)
    ]
    return Case(*whens, default=Value(len(steps)), output_field=IntegerField())


def _condition(step: Any) -> Any:
    if isinstance(step, Q):
        return step
    return ExpressionWrapper(step, output_field=BooleanField())


def _helps(words: Sequence[Word]) -> list[Help]:
    """Single words, and spellings further off, of which there is something."""
    tried = [word.typed for word in words] if len(words) > 1 else []
    further = with_near([Word(word.typed) for word in words], more=1)
    tried += [near for word in further for near in word.near[:2]]
    helps = []
    for text in list(dict.fromkeys(tried))[: 2 * MAX_HELPS]:
        count = ranked(text, with_inside([text])).order_by().count()
        if count:
            helps.append(Help(text, count))
    return helps[:MAX_HELPS]
