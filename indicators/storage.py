"""Rows into tables by the names of the models' fields, without the ORM's objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


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
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    marks = ", ".join(["%s"] * len(fields))
    prepared = [
        [
            field.get_db_prep_value(value, connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    sql = f"INSERT INTO {table_of(model)} ({_columns(fields)}) VALUES ({marks})"  # noqa: S608  # names come from the model
    with connection.cursor() as cursor:
        cursor.executemany(sql, prepared)


def table_of(model: type[models.Model]) -> str:
    """The model's table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[models.Model], names: Sequence[str]) -> str:
    """The columns of these fields, quoted, as a list in SQL."""
    return _columns([model._meta.get_field(name) for name in names])


def _columns(fields: Sequence[Any]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)
