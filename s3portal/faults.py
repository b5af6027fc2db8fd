"""What a driver's error means to whoever runs the portal, in one sentence.

No sentence holds a password: only host, port, names and the variable to correct.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

# What PostgreSQL and SQLite say, and what it means. Earlier lines win.
DATABASE_FAULTS = (
    ("starting up", "{database} is starting. Wait a moment."),
    (
        "authentication failed",
        "{database} refuses the user {user}. Correct the password in DATABASE_URL.",
    ),
    ("no password supplied", "{database} wants a password. Give it in DATABASE_URL."),
    ("pg_hba.conf", "{database} admits no connection from here. Correct pg_hba.conf."),
    ("role", "{database} knows no user {user}. Create it, or correct DATABASE_URL."),
    (
        'database "{name}" does not exist',
        "{database} is not there. Create it, or correct DATABASE_URL.",
    ),
    (
        "translate host name",
        "{database} has a host that is unknown here. Correct DATABASE_URL.",
    ),
    ("unable to open", "{database} cannot be opened. Correct DATABASE_URL or VAR_DIR."),
    ("not a database", "{database} is no SQLite file. Correct DATABASE_URL."),
    (
        "no such table",
        "{database} lacks tables ({said}). Run: python manage.py migrate",
    ),
    (
        "no such column",
        "{database} lacks columns ({said}). Run: python manage.py migrate",
    ),
    ("relation", "{database} lacks tables ({said}). Run: python manage.py migrate"),
    ("column", "{database} lacks columns ({said}). Run: python manage.py migrate"),
    ("locked", "{database} is locked by another process. Wait until it has ended."),
    ("disk", "The disk of {database} is full or broken. Make room."),
    ("too many", "{database} takes no more connections. Start fewer processes."),
    (
        "connection",
        "{database} does not answer. Start it, or correct DATABASE_URL.",
    ),
)
# Needs "does not exist" too: these words occur in other errors.
ABSENT = {"role", "relation", "column"}
# Gone by themselves when a service comes up.
PASSING = ("is starting.", "does not answer.", "is loading.")


def sentence(error: BaseException) -> str | None:
    """One plain sentence, or None where the error is not one of configuration."""
    if isinstance(error, ImproperlyConfigured):
        return " ".join(str(error).split())
    if isinstance(error, DatabaseError):
        return _database_sentence(str(error).lower())
    if isinstance(error, redis.RedisError):
        return _redis_sentence(error)
    # Kombu wraps what the transport raised.
    if isinstance(error.__cause__, redis.RedisError):
        return _redis_sentence(error.__cause__)
    return None


def is_passing(text: str) -> bool:
    """Whether waiting may help."""
    return any(words in text for words in PASSING)


def database_name() -> str:
    """``the database "s3portal" at localhost:5432``, fit to begin a sentence."""
    given: dict[str, Any] = settings.DATABASES["default"]
    if given["ENGINE"].endswith("sqlite3"):
        return f"The database {Path(str(given['NAME']))}"
    place = f"{given.get('HOST') or 'localhost'}:{given.get('PORT') or 5432}"
    return f'The database "{given["NAME"]}" at {place}'


def redis_name() -> str:
    parts = urlsplit(settings.REDIS_URL)
    return f"Redis at {parts.hostname}:{parts.port or 6379}"


def _database_sentence(text: str) -> str | None:
    given: dict[str, Any] = settings.DATABASES["default"]
    for words, meaning in DATABASE_FAULTS:
        needle = words.format(name=str(given["NAME"]).lower())
        if needle not in text or (words in ABSENT and "does not exist" not in text):
            continue
        return meaning.format(
            database=database_name(),
            user=given.get("USER") or "''",
            said=text.partition("\n")[0],
        )
    return None


def _redis_sentence(error: redis.RedisError) -> str:
    name = redis_name()
    if isinstance(error, redis.AuthenticationError) or "noauth" in str(error).lower():
        return f"{name} refuses the password. Correct REDIS_URL."
    if isinstance(error, redis.BusyLoadingError):
        return f"{name} is loading. Wait a moment."
    if isinstance(error, redis.ResponseError):
        return f"{name} refuses the portal ({error}). Correct REDIS_URL."
    if "name or service not known" in str(error).lower():
        return f"{name} has a host that is unknown here. Correct REDIS_URL."
    return f"{name} does not answer. Start it, or correct REDIS_URL."
