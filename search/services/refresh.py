"""Bringing documents into step with their records."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db import transaction

from search.documents import Maker
from search.engines import engine
from search.models import SearchDocument, SearchWord

BATCH = 500
Item = TypeVar("Item")
SHORTEST, LONGEST = 3, 40
WRITTEN = [
    field.name
    for field in SearchDocument._meta.concrete_fields
    if field.name not in ("id", "kind", "key")
]


def batches(items: list[Item]) -> Iterator[list[Item]]:
    """The items in lists that one statement can take."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def refresh(maker: Maker, keys: Collection[int]) -> int:
    """Make the documents of these records anew; how many were written or taken away.

    A record that readers may not see has none. Reading and writing are one
    transaction behind a lock: whatever was committed before it began is seen.
    """
    changed = 0
    for some in batches(sorted(keys)):
        with transaction.atomic():
            engine().lock()
            changed += _refresh(maker, some)
    return changed


def _refresh(maker: Maker, keys: list[int]) -> int:
    rows = {
        document.key: document.row(maker.kind)
        for document in maker.make(maker.records().filter(pk__in=keys))
    }
    held = SearchDocument.objects.filter(kind=maker.kind, key__in=keys)
    digests = dict(held.values_list("key", "digest"))
    gone = digests.keys() - rows.keys()
    if gone:
        held.filter(key__in=gone).delete()
    changed = [row for key, row in rows.items() if digests.get(key) != row.digest]
    if changed:
        SearchDocument.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=WRITTEN,
        )
        learn(words_of(changed))
    return len(changed) + len(gone)


def words_of(rows: Iterable[Any]) -> set[str]:
    """The words of documents that slips of the pen are compared with."""
    return {
        word
        for row in rows
        for text in (row.title_words, row.names_words, row.text_words)
        for word in text.split()
        if SHORTEST <= len(word) <= LONGEST and not word.isdigit()
    }


def learn(words: set[str]) -> None:
    """Keep the words that are new."""
    for some in batches(sorted(words)):
        known = SearchWord.objects.filter(word__in=some).values_list("word", flat=True)
        new = set(some).difference(known)
        SearchWord.objects.bulk_create(
            [SearchWord(word=word, length=len(word)) for word in sorted(new)],
            ignore_conflicts=True,
        )
