"""The full-text index of each database behind one face."""

from django.db import connection

from search.engines.base import ANYWHERE, NAMED, TITLE, Engine
from search.engines.postgres import Postgres
from search.engines.sqlite import SQLite

__all__ = ["ANYWHERE", "NAMED", "TITLE", "Engine", "engine"]

ENGINES: dict[str, Engine] = {"postgresql": Postgres(), "sqlite": SQLite()}


def engine() -> Engine:
    """That of the database in use; KeyError for one the portal does not run on."""
    return ENGINES[connection.vendor]
