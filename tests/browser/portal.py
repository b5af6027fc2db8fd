"""A portal as ``make run`` serves it: own folder, own database, a real gunicorn."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import databases
from tests.collected import static_root

ROOT = Path(__file__).resolve().parent.parent.parent
START_WITHIN = 60.0  # seconds
# Address of a portal to the environment it runs in, for commands beside it.
environments: dict[str, dict[str, str]] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """The address of an empty database: SQLite in ``folder``, or one on the server
    that the tests use, dropped at the end.
    """
    url = os.environ["DATABASE_URL"]
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 's3portal.db'}"
        return
    own = databases.beside(url, f"s3portal_browser_{os.getpid()}")
    databases.drop(own)
    databases.add(own)
    yield own
    databases.drop(own)


def environment(folder: Path, database_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "s3portal.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url,
    }


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a prepared portal; it ends with the block."""
    with database(folder) as database_url:
        databases.create_with_starter(database_url, folder)
        env = environment(folder, database_url)
        env["STATIC_ROOT"] = str(static_root())
        with gunicorn(folder, env) as url:
            environments[url] = env
            yield url


@contextmanager
def gunicorn(folder: Path, env: dict[str, str]) -> Iterator[str]:
    port = free_port()
    options = f"--bind 127.0.0.1:{port} --workers 2 --threads 2 --log-level warning"
    program = Path(sys.executable).with_name("gunicorn")
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "s3portal.wsgi", *options.split()],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"gunicorn did not start (code {process.poll()})")
