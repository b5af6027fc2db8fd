"""Empty databases with all tables, copied from one that the migrations made.

Applying every migration takes half a minute of the processor, loading the starter data
as long again, and each of pytest's processes and each portal that a test starts needs a
database of its own. So both are done once for a state of the code, and what comes of it
is copied.
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
    with one_at_a_time():
        _copy(_template(url), url)


def create_with_starter(url: str, folder: Path) -> None:
    """The database at ``url``, made anew with the starter data; ``folder`` is its
    VAR_DIR and gets the files that the data came from.

    Nobody may be connected to it.
    """
    with one_at_a_time():
        template, files = _starter_template(url)
        _copy(template, url)
        shutil.copytree(files, folder, dirs_exist_ok=True)


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
def one_at_a_time() -> Iterator[None]:
    path = Path(tempfile.gettempdir()) / f"s3portal-databases-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy(template: str, url: str) -> None:
    if not url.startswith(SQLITE):
        _make(url, _name(url), _name(template))
        return
    path = Path(url.removeprefix(SQLITE))
    for part in ("-wal", "-shm"):  # of the one whose place it takes
        path.with_name(path.name + part).unlink(missing_ok=True)
    shutil.copyfile(template.removeprefix(SQLITE), path)


def _starter_template(url: str) -> tuple[str, Path]:
    """The address of the database to copy, and the folder with its files."""
    kind = "sqlite" if url.startswith(SQLITE) else urlsplit(url).username or ""
    name = f"s3portal_starter_{kind}_{_state('**/*')}"
    folder = Path(tempfile.gettempdir()) / name
    is_file = kind == "sqlite"
    template = f"{SQLITE}{folder}.db" if is_file else beside(url, name)
    if folder.exists() and (is_file or _exists(url, name)):
        return template, folder
    _forget_starters(url, kind)
    _copy(_template(url), template)
    made = folder.with_suffix(".part")
    made.mkdir()
    _manage("load_starter", template, made)
    _fold(template)
    made.rename(folder)
    return template, folder


def _forget_starters(url: str, kind: str) -> None:
    """Those of code that has changed since."""
    beginning = f"s3portal_starter_{kind}_"
    for path in Path(tempfile.gettempdir()).glob(f"{beginning}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not url.startswith(SQLITE):
        with _server(url) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            names = [name for (name,) in cursor.fetchall()]
        for name in names:
            if name.startswith(beginning):
                drop(beside(url, name))


def _template(url: str) -> str:
    """The address of the database to copy; it is made where it is not there yet."""
    # A role may copy its own databases only.
    state = _state("migrations/*.py")
    name = f"s3portal_template_{urlsplit(url).username or ''}_{state}"
    if url.startswith(SQLITE):
        path = Path(tempfile.gettempdir()) / f"{name}.db"
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            _migrate(f"{SQLITE}{part}")
            part.rename(path)
        return f"{SQLITE}{path}"
    template = beside(url, name)
    if not _exists(url, name):
        made = f"{name}_part"
        _make(url, made, "template1")
        _migrate(beside(url, made))
        _administer(url, "ALTER DATABASE {} RENAME TO {}", made, name)
    return template


def _state(*patterns: str) -> str:
    """Changes with the libraries and with the files of these patterns."""
    content = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(path for pattern in patterns for path in _files(pattern)):
        content.update(path.read_bytes())
    return content.hexdigest()[:16]


def _files(pattern: str) -> Iterator[Path]:
    for package in ROOT.glob("*/__init__.py"):
        if package.parent.name != "tests":
            for path in package.parent.glob(pattern):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _manage("migrate -v 0", url, Path(folder))
    _fold(url)


def _manage(command: str, url: str, folder: Path) -> None:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "s3portal.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
    }
    subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _fold(url: str) -> None:
    """What SQLite still has beside its file, into the one that is copied."""
    if url.startswith(SQLITE):
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
