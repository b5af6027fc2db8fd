"""How a database becomes one file, and the file a database again.

PostgreSQL by its own ``pg_dump``, ``pg_restore`` and ``psql``; SQLite by its backup
interface. Both read one consistent state while others write, and write all or nothing.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from s3portal.backup import BackupError
from s3portal.backup.archive import Manifest

# Everything of the portal's in the schema; extensions stay, they may be another's.
EMPTY_SCHEMA = """
DO $$
DECLARE item record;
BEGIN
  FOR item IN SELECT c.relname, c.relkind FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace
        AND c.relkind IN ('r', 'p', 'v', 'm')
        AND NOT EXISTS (SELECT 1 FROM pg_depend d
                        WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %I CASCADE',
      CASE item.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      ELSE 'TABLE' END, item.relname);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p
      WHERE p.pronamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend d
                        WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', item.name);
  END LOOP;
END $$;
"""
LOCK_TIMEOUT = "30s"


class Engine(Protocol):
    """A kind of database."""

    vendor: str

    def dump(self, target: Path) -> Manifest:
        """Write the database to a file; what was in it at that moment."""

    def restore(self, source: Path) -> None:
        """Put the file's content in the place of the database's, or change nothing."""


def engine() -> Engine:
    engines: dict[str, Engine] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}
    return engines[connection.vendor]


def row_counts() -> dict[str, int]:
    """Rows of every table of the live database."""
    with connection.cursor() as cursor:
        return _counts(cursor, connection.introspection.table_names(cursor))


class SQLite:
    vendor = "sqlite"

    def dump(self, target: Path) -> Manifest:
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            # A file of its own, without the log that a server's database has beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            names = [
                name
                for (name,) in copy.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' "
                    "AND name NOT LIKE 'sqlite|_%' ESCAPE '|' ORDER BY name"
                )
            ]
            return Manifest(_migrations(copy.cursor()), _counts(copy.cursor(), names))

    def restore(self, source: Path) -> None:
        """The same interface backwards: one transaction that others see or do not."""
        with closing(sqlite3.connect(source)) as copy:
            connection.ensure_connection()
            copy.backup(connection.connection)
        connection.close()


class PostgreSQL:
    vendor = "postgresql"

    def dump(self, target: Path) -> Manifest:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            names = connection.introspection.table_names(cursor)
            manifest = Manifest(_migrations(cursor), _counts(cursor, names))
            # Custom form without its own compression: the archive compresses.
            dump = ["pg_dump", "--format=custom", "--compress=0", "--no-owner"]
            dump += ["--no-privileges", "--no-comments", f"--snapshot={snapshot}"]
            _run([*dump, f"--file={target}"])
        return manifest

    def restore(self, source: Path) -> None:
        script = source.with_name("database.sql")
        _run(
            ["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", source]
        )
        connection.close()
        restore = ["psql", "--quiet", "--no-psqlrc", "--single-transaction"]
        restore += ["--set=ON_ERROR_STOP=1", "--output=/dev/null"]
        wait = f"SET lock_timeout = '{LOCK_TIMEOUT}'"
        _run([*restore, "-c", wait, "-c", EMPTY_SCHEMA, f"--file={script}"])
        script.unlink()


def _migrations(cursor: CursorWrapper | sqlite3.Cursor) -> list[str]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return sorted(f"{app}.{name}" for app, name in cursor.fetchall())


def _counts(cursor: CursorWrapper | sqlite3.Cursor, names: list[str]) -> dict[str, int]:
    counts = {}
    for name in names:
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608  # a table's name
        counts[name] = int(cursor.fetchone()[0])
    return counts


def _run(command: list[str | Path]) -> None:
    """A program of PostgreSQL's, with the portal's own connection."""
    program = str(command[0])
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing. Install the PostgreSQL client.")
    done = subprocess.run(  # noqa: S603  # no shell, and no part from outside
        command,
        env=os.environ | _pg_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:500]
        raise BackupError(f"{program} failed: {said}")


def _pg_environment() -> dict[str, str]:
    """libpq's variables: a password on the command line would be seen by all."""
    given = connection.settings_dict
    named = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": given["OPTIONS"].get("sslmode", ""),
    }
    return {name: str(value) for name, value in named.items() if value}
