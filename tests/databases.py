"""Empty databases with all tables, copied from one that the migrations made.

Applying every migration takes half a minute of the processor, and each of pytest's
processes and each portal that a test starts needs a database of its own. So they are
applied once for a state of the code, and what comes of it is copied.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "sqlite:///"


def create(url: str) -> None:
    """The database at ``url``, made anew with all tables and no rows."""
    with _one_at_a_time():
        template = _template(url)
        if url.startswith(SQLITE):
            shutil.copyfile(template.removeprefix(SQLITE), url.removeprefix(SQLITE))
        else:
            _make(url, _name(url), _name(template))


def add(url: str) -> None:
    """A database of PostgreSQL without any table."""
    _administer(url, "CREATE DATABASE {}", _name(url))


def drop(url: str) -> None:
    """Take a database of PostgreSQL away."""
    _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(url))


def beside(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"s3portal-databases-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _template(url: str) -> str:
    """The address of the database to copy; it is made where it is not there yet."""
    # A role may copy its own databases only.
    name = f"s3portal_template_{urlsplit(url).username or ''}_{_state()}"
    if url.startswith(SQLITE):
        path = Path(tempfile.gettempdir()) / f"{name}.db"
        if not path.exists():
            made = path.with_suffix(".part")
            made.unlink(missing_ok=True)
            _migrate(f"{SQLITE}{made}")
            made.rename(path)
        return f"{SQLITE}{path}"
    template = beside(url, name)
    if not _exists(url, name):
        made = f"{name}_part"
        _make(url, made, "template1")
        _migrate(beside(url, made))
        _administer(url, "ALTER DATABASE {} RENAME TO {}", made, name)
    return template


def _state() -> str:
    """Changes with the migrations of the project and of its libraries."""
    content = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "s3portal.settings",
            "DATABASE_URL": url,
            "VAR_DIR": folder,
        }
        command = [sys.executable, "manage.py", "migrate", "-v", "0"]
        subprocess.run(command, cwd=ROOT, env=env, check=True)
    if url.startswith(SQLITE):
        # What SQLite still has beside it, into the one file that is copied.
        with closing(sqlite3.connect(url.removeprefix(SQLITE))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _make(url: str, name: str, template: str) -> None:
    _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _administer(url, "CREATE DATABASE {} TEMPLATE {}", name, template)


def _exists(url: str, name: str) -> bool:
    with _server(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _administer(url: str, statement: str, *names: str) -> None:
    with _server(url) as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _server(url: str) -> Iterator[psycopg2.extensions.connection]:
    connection = psycopg2.connect(beside(url, "postgres"))
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()
