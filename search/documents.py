"""A record as the search sees it, and how an app says which records to find."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet

from regions.text import fold
from search.models import SearchDocument

# Characters kept of a text; PostgreSQL indexes no more than a megabyte of words.
MAX_TEXT = 20_000
MAX_TITLE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """``names`` are other names and codes, ``former`` folded ones with their note."""

    key: int
    title: str
    url: str
    note: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    weight: int = 0
    former: tuple[tuple[str, str], ...] = ()

    def row(self, kind: str) -> SearchDocument:
        """The row to be stored, with all that follows from the texts."""
        names = [fold(name) for name in self.names]
        names += [name for name, _note in self.former]
        title = fold(self.title)
        forms = [form for form in dict.fromkeys([title, *names]) if form]
        columns = {
            "title": self.title[:MAX_TITLE],
            "note": self.note[:MAX_TITLE],
            "url": self.url,
            "text": self.text[:MAX_TEXT],
            "former": [list(pair) for pair in self.former],
            "weight": self.weight,
            "forms": "\n" + "".join(f"{form}\n" for form in forms),
            "title_words": title,
            "names_words": " ".join(names),
            "text_words": fold(self.text[:MAX_TEXT]),
        }
        told = json.dumps(columns, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(told.encode()).hexdigest()[:40]
        return SearchDocument(kind=kind, key=self.key, digest=digest, **columns)


Make = Callable[[Any], Iterable[Document]]


@dataclass(frozen=True, kw_only=True)
class Maker:
    """How records of one model are found.

    ``records`` are the public ones only, with what ``make`` reads of them. ``follows``
    says whose changes count as well, and by which look-up a record of the maker's
    model leads to them; ``links`` are many-to-many fields that are read.
    """

    kind: str
    label: Any  # of one
    plural: Any
    model: type[models.Model]
    records: Callable[[], QuerySet[Any]]
    make: Make
    follows: Mapping[type[models.Model], str] = field(default_factory=dict)
    links: tuple[Any, ...] = ()

    def keys(self) -> set[int]:
        """Keys of all records that readers may find."""
        return set(self.records().order_by().values_list("pk", flat=True))

    def following(self, model: type[models.Model], keys: Iterable[int]) -> set[int]:
        """Keys of records that tell something of those records of another model."""
        lookup = {f"{self.follows[model]}__in": list(keys)}
        records = self.model._default_manager.filter(**lookup)
        return set(records.order_by().values_list("pk", flat=True))


def each(document: Callable[[Any], Document | None]) -> Make:
    """A maker's ``make`` from a function of one record; None is not to be found."""

    def make(records: Any) -> Iterable[Document]:
        return filter(None, map(document, records))

    return make
