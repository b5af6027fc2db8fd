"""A PostgreSQL and a Redis of the tests' own, which may crash and come back."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

from tests.browser.portal import free_port

PATIENCE = 30.0  # seconds
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Server(ABC):
    """A server on a port of its own; it keeps its folder over a crash."""

    user: str | None = None  # PostgreSQL refuses to be root

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """How it is started."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Where it is reached."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it is up."""

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, user=self.user, group=self.user, **QUIET
        )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(f"{self.command[0]} did not start")
            time.sleep(0.05)

    def end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)
            self.process = None


class Postgres(Server):
    def __init__(self, folder: Path, programs: Path) -> None:
        super().__init__(folder)
        self.programs = programs
        if os.geteuid() == 0:
            self.user = "postgres"
            shutil.chown(folder, self.user, self.user)
        options = "-D data -U postgres -A trust --no-sync --no-instructions"
        subprocess.run(
            [str(programs / "initdb"), *options.split()],
            cwd=folder, user=self.user, group=self.user, check=True, **QUIET,
        )  # fmt: skip

    @property
    def command(self) -> list[str]:
        options = (
            f"-D data -p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 "
            "-c fsync=off -c shared_buffers=32MB -c max_connections=40"
        )
        return [str(self.programs / "postgres"), *options.split()]

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def crash(self) -> None:
        """As ``pg_ctl stop -m immediate``: everybody is thrown out at once."""
        self.end(signal.SIGQUIT)

    @contextmanager
    def locked(self, table: str, mode: str) -> Iterator[None]:
        """Hold a table as somebody else might; it ends with the block or a crash."""
        own = psycopg2.connect(self.url)
        try:
            own.cursor().execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield
        finally:
            own.close()


class Redis(Server):
    """It keeps nothing: after a crash all messages are gone."""

    @property
    def command(self) -> list[str]:
        options = f"--port {self.port} --bind 127.0.0.1 --appendonly no --save"
        return ["redis-server", *options.split(), ""]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def crash(self) -> None:
        self.end(signal.SIGKILL)


def programs() -> Path:
    """The folder of PostgreSQL's own programs, the newest there is."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if beside := shutil.which("postgres"):
        found.append(Path(beside))
    if not found:
        raise RuntimeError("PostgreSQL's server programs are not there: install them")
    return max(
        found, key=lambda path: [int(n) for n in path.parts if n.isdecimal()]
    ).parent


@contextmanager
def serving() -> Iterator[tuple[Postgres, Redis]]:
    """Both, with nothing in them; they end with the block."""
    # Not in pytest's folder, which PostgreSQL's user may not enter.
    folder = Path(tempfile.mkdtemp(prefix="s3portal-servers-"))
    folder.chmod(0o755)
    for name in ("postgres", "redis"):
        (folder / name).mkdir(mode=0o700)
    database, queue = Postgres(folder / "postgres", programs()), Redis(folder / "redis")
    try:
        database.start()
        queue.start()
        yield database, queue
    finally:
        database.crash()
        queue.crash()
        shutil.rmtree(folder)
