"""FTS5: a table over the documents, and one of trigrams over the words.

Both take their content from the tables of the models, and triggers keep them in
step. Altering a table makes SQLite drop its triggers: ``install`` makes them anew.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from search.analysis.words import Word
from search.engines.base import MAX_SIMILAR, NAMED, TITLE

COLUMNS = "title_words, names_words, text_words"
OLD = "old.title_words, old.names_words, old.text_words"
NEW = "new.title_words, new.names_words, new.text_words"
TABLES = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5({COLUMNS},
    content='search_searchdocument', content_rowid='id', prefix='2 3',
    tokenize='unicode61 remove_diacritics 0')""",
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_trigram USING fts5(word,
    tokenize='trigram')""",
)
FORGET = f"INSERT INTO search_fts(search_fts, rowid, {COLUMNS}) VALUES('delete', old.id, {OLD});"  # noqa: E501
LEARN = f"INSERT INTO search_fts(rowid, {COLUMNS}) VALUES(new.id, {NEW});"
# Blanks around a word make its beginning and its end trigrams of their own.
TRIGGERS = (
    ("search_fts_insert", "INSERT ON search_searchdocument", LEARN),
    ("search_fts_delete", "DELETE ON search_searchdocument", FORGET),
    ("search_fts_update", "UPDATE ON search_searchdocument", FORGET + LEARN),
    (
        "search_trigram_insert",
        "INSERT ON search_searchword",
        "INSERT INTO search_trigram(rowid, word) VALUES(new.id, ' '||new.word||' ');",
    ),
    (
        "search_trigram_delete",
        "DELETE ON search_searchword",
        "DELETE FROM search_trigram WHERE rowid = old.id;",
    ),
)
FILL = (
    "INSERT INTO search_fts(search_fts) VALUES('rebuild')",
    "DELETE FROM search_trigram",
    """INSERT INTO search_trigram(rowid, word)
    SELECT id, ' '||word||' ' FROM search_searchword""",
)
IN = "search_searchdocument.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"  # noqa: E501
WITH_TRIGRAM = "search_searchword.id IN (SELECT rowid FROM search_trigram WHERE search_trigram MATCH %s)"  # noqa: E501
SIMILAR = (
    "SELECT trim(word) FROM search_trigram WHERE search_trigram MATCH %s "
    "ORDER BY rank LIMIT %s"
)
COUNT = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
FILTERS = {TITLE: "{title_words} : ", NAMED: "{title_words names_words} : "}


class SQLite:
    def install(self) -> list[str]:
        with connection.cursor() as cursor:
            for statement in TABLES:
                cursor.execute(statement)
            cursor.execute(COUNT, ["search\\_%"])
            if cursor.fetchone()[0] == len(TRIGGERS):
                return []
            for name, event, body in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} AFTER {event} BEGIN {body} END")
            for statement in FILL:
                cursor.execute(statement)
        return []

    def lock(self) -> None:
        """Transactions here are IMMEDIATE: one writer at a time, from the first."""

    def matching(self, words: Sequence[Word], where: int) -> RawSQL:
        groups = " AND ".join(map(_group, words))
        asked = f"{FILTERS.get(where, '')}({groups})"
        return RawSQL(IN, [asked], output_field=BooleanField())  # noqa: S611  # a parameter

    def inside(self, typed: Sequence[str]) -> Q:
        asked = " OR ".join(f'"{word}"' for word in typed)
        return Q(RawSQL(WITH_TRIGRAM, [asked], output_field=BooleanField()))  # noqa: S611

    def similar(self, typed: str) -> list[str] | None:
        padded = f" {typed} "
        trigrams = {padded[n : n + 3] for n in range(len(padded) - 2)}
        asked = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
        with connection.cursor() as cursor:
            cursor.execute(SIMILAR, [asked, MAX_SIMILAR])
            return [row[0] for row in cursor.fetchall()]


def _group(word: Word) -> str:
    """Folded words are letters and digits only; quotes make them no operators."""
    known = [f'"{word.typed}" *', *(f'"{item}"' for item in word.near)]
    known += [f'{FILTERS[NAMED]}"{item}"' for item in word.inside]
    return f"({' OR '.join(known)})"
