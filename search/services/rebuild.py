"""Bringing everything into step: after bulk loads, and every hour in case."""

from dataclasses import dataclass

from search.engines import engine
from search.makers import BY_KIND, MAKERS
from search.models import SearchDocument, SearchWord
from search.services.refresh import BATCH, batches, refresh, words_of


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``warnings`` are sentences on what the database could not be brought to do."""

    documents: int
    changed: int
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        text = f"{self.documents:,} documents, {self.changed:,} written or taken away"
        return ". ".join((text, *self.warnings))


def rebuild() -> Rebuilt:
    """Compare all documents with their records and write what differs."""
    warnings = engine().install()
    changed = 0
    for maker in MAKERS:
        held = SearchDocument.objects.filter(kind=maker.kind).order_by()
        keys = maker.keys().union(held.values_list("key", flat=True))
        changed += refresh(maker, keys)
    SearchDocument.objects.exclude(kind__in=BY_KIND).delete()
    _forget_words()
    return Rebuilt(SearchDocument.objects.count(), changed, tuple(warnings))


def _forget_words() -> None:
    """Drop words that no document has any more."""
    columns = ("title_words", "names_words", "text_words")
    rows = SearchDocument.objects.only(*columns).order_by()
    used = words_of(rows.iterator(chunk_size=BATCH))
    known = dict(SearchWord.objects.order_by().values_list("word", "pk"))
    unused = [key for word, key in known.items() if word not in used]
    for some in batches(unused):
        SearchWord.objects.filter(pk__in=some).delete()
