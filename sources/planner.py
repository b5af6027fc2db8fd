"""Fresh statistics for PostgreSQL's planner after a bulk load."""

from collections.abc import Iterable

from django.db import connection, models, transaction

# As autovacuum counts: what a table may change before its statistics are old.
SHARE, ROWS = 0.1, 50
# 300 rows a unit are looked at: enough for counts and shares, at a tenth of the time.
TARGET = 10
CHANGES = """
    SELECT c.relname FROM pg_class c
    LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.oid = ANY(%s::regclass[])
    AND greatest(coalesce(s.n_mod_since_analyze, 0), %s) > %s + %s * c.reltuples
"""


def refresh_statistics(
    tables: Iterable[type[models.Model]], *, changed: int | None = None
) -> None:
    """ANALYZE, where the database has it: half a second that saves minutes.

    Autovacuum does the same, but a minute later or, where it is off, never; until
    then the join from series to regions takes seconds in place of milliseconds.
    ``changed`` is how many rows the load wrote: with it, only tables are looked at
    that changed by a tenth since they last were. Two loads cannot look at one table at
    once, so many small ones would wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    models_by_name = {model._meta.db_table: model for model in tables}
    names = list(models_by_name)
    with connection.cursor() as cursor:
        if changed is not None:
            # The database counts a transaction's changes a moment after its end, so
            # the load's own number stands in for what it may not know yet.
            cursor.execute(CHANGES, [names, changed, ROWS, SHARE])
            names = [row[0] for row in cursor.fetchall()]
        if names:
            targets = ", ".join(_target(models_by_name[name]) for name in names)
            with transaction.atomic():
                cursor.execute(f"SET LOCAL default_statistics_target = {TARGET}")
                cursor.execute(f"ANALYZE {targets}")


def _target(model: type[models.Model]) -> str:
    """The table with the columns that a plan may hang on: sorting the items of long
    arrays takes longer than all else, and no query asks for one.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(
        quote(str(field.column))
        for field in model._meta.local_concrete_fields
        if not (field.db_type(connection) or "").endswith("[]")
    )
    return f"{quote(model._meta.db_table)} ({columns})"
