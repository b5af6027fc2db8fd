"""What is worked out of many rows, kept in this process until one of them changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import Model

from sources.curation import Publication

Made = TypeVar("Made")

_STAMP = "SELECT {place}, count(*), max({key}), {changed}, {public} FROM {table}"


class Kept(Generic[Made]):
    """The ``most`` results asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[Hashable, Made]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, stamp: Hashable, make: Callable[[], Made]) -> Made:
        """The result for ``key``; made anew where its stamp is another one.

        ``stamp`` is asked for before: a change in between is then never missed.
        """
        key = key, connection.settings_dict["NAME"]
        with self._lock:
            held = self._held.get(key)
            if held is not None and held[0] == stamp:
                self._held.move_to_end(key)
                return held[1]
        made = make()
        with self._lock:
            self._held[key] = stamp, made
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


def stamp_of(models: Sequence[type[Model]]) -> Hashable:
    """What differs after a row was added, taken away, published or saved. One SQL
    statement.
    """
    quote = connection.ops.quote_name
    parts = []
    for place, model in enumerate(models):
        names = {field.name for field in model._meta.local_fields}
        state = f"count(*) FILTER (WHERE state = '{Publication.PUBLISHED.value}')"
        parts.append(
            _STAMP.format(
                place=place,
                key=quote(str(model._meta.pk.column)),
                changed="CAST(max(updated_at) AS text)"
                if "updated_at" in names
                else "''",
                public=state if "state" in names else "0",
                table=quote(model._meta.db_table),
            )
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return tuple(sorted(cursor.fetchall()))
