"""Columns over time: values as arrays, flags as one text."""

from typing import Any

import orjson
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func

from indicators.series import FLAG_SEPARATOR


class SeriesArrayField(models.Field):  # type: ignore[type-arg]  # no generic at run time
    """A list of floats or texts, None allowed inside; one column, no joins.

    PostgreSQL stores ``double precision[]`` or ``text[]``, so SQL can ``unnest``
    it; SQLite stores JSON. Measured in docs/decisions/0002: 21 bytes an
    observation instead of 75 for a row each.
    """

    def __init__(self, *args: Any, item: str = "float", **kwargs: Any) -> None:
        if item not in ("float", "text"):
            raise ValueError(f"an array of {item!r} is not supported")
        self.item = item
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["item"] = self.item
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        if connection.vendor == "postgresql":
            return "double precision[]" if self.item == "float" else "text[]"
        return "text"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None or connection.vendor == "postgresql":
            return None if value is None else list(value)
        return orjson.dumps(list(value)).decode()

    def from_db_value(
        self, value: Any, _expression: object, _connection: BaseDatabaseWrapper
    ) -> list[Any] | None:
        if isinstance(value, str):
            parsed: list[Any] = orjson.loads(value)
            return parsed
        return value  # type: ignore[no-any-return]  # psycopg2 gives a list already


class FlagsField(models.TextField):  # type: ignore[type-arg]  # no generic at run time
    """The flags of consecutive periods, "" where there is none: a list of texts.

    One text with a tab between two of them, as no flag has one in it. PostgreSQL takes
    it in four times as fast as an array of texts and in a quarter of the room.
    """

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return FLAG_SEPARATOR.join(value)

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> list[str] | None:
        return None if value is None else value.split(FLAG_SEPARATOR)


class ItemCount(Func):
    """How many periods an array has."""

    arity = 1
    output_field = models.IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="cardinality", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="json_array_length", **context
        )


class ValueCount(Func):
    """How many values an array of floats has, those missing left out."""

    arity = 1
    output_field = models.IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "cardinality(array_remove(%(expressions)s, NULL))"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # The text has no other letters than those of its nulls.
        template = (
            "(json_array_length(%(expressions)s) - (length(%(expressions)s)"
            " - length(replace(%(expressions)s, 'null', ''))) / 4)"
        )
        return self.as_sql(compiler, connection, template=template, **context)
