"""A generated ``tsvector`` with a GIN index, and trigrams of the words (pg_trgm).

pg_trgm is a trusted extension: whoever may create in the database may install it.
Where it is missing and may not be made, nothing fails: likely words are then picked
by their first and last letters.
"""

from collections.abc import Sequence

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from search.analysis.words import Word
from search.engines.base import ANYWHERE, MAX_SIMILAR, NAMED, TITLE

LOCK = 7_305_001  # any number that no other advisory lock of the portal has
VECTOR = """ALTER TABLE search_searchdocument ADD COLUMN IF NOT EXISTS vector tsvector
GENERATED ALWAYS AS (
    setweight(to_tsvector('pg_catalog.simple'::regconfig, title_words), 'A')
    || setweight(to_tsvector('pg_catalog.simple'::regconfig, names_words), 'B')
    || setweight(to_tsvector('pg_catalog.simple'::regconfig, text_words), 'C')
) STORED"""
VECTOR_INDEX = (
    "CREATE INDEX IF NOT EXISTS search_vector_idx "
    "ON search_searchdocument USING gin (vector)"
)
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
TRIGRAM_INDEX = (
    "CREATE INDEX IF NOT EXISTS search_trigram_idx "
    "ON search_searchword USING gist (word gist_trgm_ops)"
)
NO_TRIGRAMS = (
    "The extension pg_trgm could not be made ({error}). The search works without it, "
    "and corrects slips a little more slowly. To have it, run as a superuser in this "
    "database: CREATE EXTENSION pg_trgm; and then: python manage.py rebuild_search"
)
MATCHING = "search_searchdocument.vector @@ to_tsquery('pg_catalog.simple', %s)"
SIMILAR = "SELECT word FROM search_searchword ORDER BY word <-> %s LIMIT %s"
HAS_INDEX = "SELECT to_regclass('search_trigram_idx') IS NOT NULL"
LABELS = {TITLE: "A", NAMED: "AB", ANYWHERE: "ABC"}
KEY, SECONDS = "search-trigrams", 300


class Postgres:
    def install(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(VECTOR)
            cursor.execute(VECTOR_INDEX)
            try:
                with transaction.atomic():
                    cursor.execute(EXTENSION)
                    cursor.execute(TRIGRAM_INDEX)
            except DatabaseError as error:
                return [NO_TRIGRAMS.format(error=str(error).strip().splitlines()[0])]
            finally:
                cache.delete(KEY)
        return []

    def lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

    def matching(self, words: Sequence[Word], where: int) -> RawSQL:
        label = LABELS[where]
        asked = " & ".join(_group(word, label) for word in words)
        return RawSQL(MATCHING, [asked], output_field=BooleanField())  # noqa: S611  # a parameter

    def inside(self, typed: Sequence[str]) -> Q:
        wanted = Q()
        for word in typed:
            wanted |= Q(word__contains=word)
        return wanted

    def similar(self, typed: str) -> list[str] | None:
        if not has_trigrams():
            return None
        with connection.cursor() as cursor:
            cursor.execute(SIMILAR, [typed, MAX_SIMILAR])
            return [row[0] for row in cursor.fetchall()]


def has_trigrams() -> bool:
    """Whether the words have their index; asked once in some minutes."""
    known: bool | None = cache.get(KEY)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(HAS_INDEX)
            known = bool(cursor.fetchone()[0])
        cache.set(KEY, known, SECONDS)
    return known


def _group(word: Word, label: str) -> str:
    """Folded words are letters and digits only; quotes make them no operators."""
    known = [f"'{word.typed}':*{label}"]
    known += [f"'{item}':{label}" for item in word.near]
    known += [f"'{item}':{label.replace('C', '')}" for item in word.inside]
    return f"({' | '.join(known)})"
