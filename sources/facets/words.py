"""Words looked up in texts that are held in memory.

A record of a long list has texts in several tables. To look into them with SQL, each
word is compared with each row of each table, at every question anew: a fifth of a
second for four words at 10,000 projects with 50,000 partners.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Lookup

from sources.kept import Kept

Rows = Iterable[tuple[Any, str]]  # the key of a record, one of its texts


class Texts:
    """What records say; no word reaches from one text into the next."""

    def __init__(self, rows: Rows) -> None:
        parts: dict[Any, list[str]] = {}
        for key, text in rows:
            parts.setdefault(key, []).append(text)
        self._texts = {key: "\n".join(found) for key, found in parts.items()}

    def having(self, words: Iterable[str]) -> list[Any]:
        """The keys of the records in whose texts all words are."""
        texts = self._texts
        found = list(texts)
        for word in words:
            found = [key for key in found if word in texts[key]]
        return found


_KEPT: Kept[Texts] = Kept(4)  # each ten megabytes at 10,000 records


@dataclass(frozen=True, slots=True)
class HeldTexts:
    """How the words of ``q`` are looked up in texts that are held.

    ``words`` takes what was typed apart, as the texts write it. ``rows`` gives the
    texts of all records, several of one record where there are.
    """

    words: Callable[[str], Sequence[str]]
    rows: Callable[[], Rows]

    def find(self, typed: str, stamp: Hashable) -> list[Any]:
        """The keys of the records with all words; ``stamp`` is that of the rows."""
        texts = _KEPT.get(self.rows, stamp, lambda: Texts(self.rows()))
        return texts.having(self.words(typed))


class Among(Lookup):
    """Whether a key is one of many, given as one parameter.

    As ``__in`` each would be a parameter of its own: 10,000 take long to write, and
    SQLite has a limit.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        listed = "[" + ",".join(map(str, self.rhs)) + "]"
        sql = f"{left} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # own text
        return sql, [*params, listed]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", [*params, list(self.rhs)]
