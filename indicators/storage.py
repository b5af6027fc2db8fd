"""Bulk rows into the database: COPY on PostgreSQL, executemany on SQLite.

The ORM's bulk_create is 40-90 times slower than COPY at ten million observations
(docs/decisions/0002), so the ingest path writes these two tables itself.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def allocate_ids(model: type[models.Model], count: int) -> list[int]:
    """Fresh primary keys; call inside the transaction that will use them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) "
                "FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
    first = last_id(model) + 1
    return list(range(first, first + count))


def last_id(model: type[models.Model]) -> int:
    """The last primary key given on SQLite; call inside a transaction that writes.

    The write lock is held (IMMEDIATE), so nobody else can take the next ones. SQLite's
    own counter, not the largest id held: ids of deleted rows never come back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s",
            [model._meta.db_table],
        )
        return int(cursor.fetchone()[0])


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert complete rows; ``names`` are the model's field names, in row order."""
    fields = [model._meta.get_field(name) for name in names]
    if connection.vendor == "postgresql":
        _copy(model, fields, rows)
    else:
        _executemany(model, fields, rows)


def table_of(model: type[models.Model]) -> str:
    """The model's table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[models.Model], names: Sequence[str]) -> str:
    """The columns of these fields, quoted, as a list in SQL."""
    return _columns([model._meta.get_field(name) for name in names])


def _columns(fields: Sequence[Any]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _copy(
    model: type[models.Model], fields: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> None:
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join([_copy_text(value) for value in row]) + "\n")
    buffer.seek(0)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({_columns(fields)}) FROM STDIN", buffer)


def _copy_text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, tuple | list):
        return "{" + ",".join([_element(item) for item in value]) + "}"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return str(value)


def _element(item: float | str | None) -> str:
    if item is None:
        return "NULL"
    # Flags are letters only (the parsers see to it); "" needs its quotes.
    return f'"{item}"' if isinstance(item, str) else repr(item)


def _executemany(
    model: type[models.Model], fields: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(fields))
    prepared = [
        [
            field.get_db_prep_value(value, connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    sql = f"INSERT INTO {table} ({_columns(fields)}) VALUES ({marks})"  # noqa: S608  # names come from the model
    with connection.cursor() as cursor:
        cursor.executemany(sql, prepared)
