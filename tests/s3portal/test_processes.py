"""The commands of docker-compose.yml, started for real against PostgreSQL and Redis."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg2
import pytest
import yaml
from django.db import connection

from tests.settings import REDIS
from tests.sources.eurostat import serving

# A busy machine may starve a process once; what fails twice is a fault.
pytestmark = [
    pytest.mark.services, pytest.mark.real_files, pytest.mark.django_db,
    pytest.mark.flaky(reruns=1),
]  # fmt: skip
BIN = Path(sys.executable).parent
NAME = "s3portal_processes"
REQUEST_ID = "asked-for-0123456789"
WITHIN = 60.0  # seconds, for a machine with much else to do


def command(service: str, root: Path) -> list[str]:
    compose = yaml.safe_load((root / "docker-compose.yml").read_text())
    return shlex.split(compose["services"][service]["command"])


def eventually(condition: Callable[[], Any]) -> Any:
    """What the condition gives as soon as it gives something."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.1)
    pytest.fail(f"it did not happen within {WITHIN} seconds")


@pytest.fixture
def database() -> Iterator[str]:
    """A fresh database beside that of the tests; its address."""
    if connection.vendor != "postgresql" or not REDIS:
        pytest.skip("set DATABASE_URL=postgres://... and REDIS_URL_TEST=redis://...")
    given = connection.settings_dict
    own = {
        "host": given["HOST"],
        "port": given["PORT"] or 5432,
        "user": given["USER"],
        "password": given["PASSWORD"] or None,
    }
    server = psycopg2.connect(dbname="postgres", **own)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
    who = own["user"] + (f":{own['password']}" if own["password"] else "")
    yield f"postgres://{who}@{own['host']}:{own['port']}/{NAME}"
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    server.close()


@pytest.fixture
def eurostat(real_data: Path):
    with serving() as server:
        file = real_data / "indicators/eurostat/tsv-old/trng_lfse_04.tsv.gz"
        server.add("TRNG_LFSE_04", file)
        yield server


@pytest.fixture
def environment(database, eurostat, tmp_path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "portal.example.org",
        "INSECURE_LOCAL": "false",
        "DEBUG": "false",
        "DATABASE_URL": database,
        "REDIS_URL": REDIS,
        "VAR_DIR": str(tmp_path / "var"),
        "EUROSTAT_HOST": eurostat.host,
        "FETCH_BACKOFF": "0",
        "PORT": str(port),
        "WEB_WORKERS": "2",
        "STARTUP_TIMEOUT": "10",
        "LOG_LEVEL": "INFO",
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture
def start(environment, root, tmp_path):
    """Start a service's own command; what still runs at the end is killed."""
    running: dict[str, subprocess.Popen] = {}

    def begin(service: str) -> subprocess.Popen:
        with (tmp_path / f"{service}.log").open("w") as log:
            running[service] = subprocess.Popen(
                command(service, root),
                cwd=root,
                env=environment,
                stdout=log,
                stderr=log,
            )
        return running[service]

    yield begin
    for process in running.values():
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def manage(environment, root):
    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["python", "manage.py", *arguments],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def state_of(database: str, run: int) -> tuple[str, str, str]:
    with psycopg2.connect(database) as own, own.cursor() as cursor:
        cursor.execute(
            "SELECT state, message, request_id FROM sources_ingestrun WHERE id = %s",
            [run],
        )
        return cursor.fetchone()


def test_the_processes_of_compose_work_together(
    environment, database, start, manage, tmp_path
):
    manage("migrate", "--no-input", "--verbosity", "0")
    processes = {name: start(name) for name in ("web", "worker", "beat")}
    base = f"http://127.0.0.1:{environment['PORT']}"

    def answer(path: str) -> httpx.Response | None:
        try:
            return httpx.get(base + path, timeout=5)
        except httpx.TransportError:
            return None

    ready = eventually(lambda: answer("/readyz"))
    assert ready.status_code == 200, ready.text
    queued = manage(
        "shell",
        "-v0",
        "-c",
        "from regions.services import load_starter_regions as regions;"
        "from sources.services import queue_run as q;"
        "regions();"
        f"print(q('eurostat', 'trng_lfse_04', request_id='{REQUEST_ID}').pk)",
    )
    run = int(queued.split()[-1])
    ends = ("loaded", "failed", "held")
    state, message, request_id = eventually(
        lambda: (row := state_of(database, run))[0] in ends and row
    )
    assert (state, request_id) == ("loaded", REQUEST_ID), message
    metrics = answer("/metrics").text
    assert "s3portal_queue_depth 0.0" in metrics
    assert 's3portal_ingest_rows_total{outcome="read"}' in metrics

    for process in processes.values():
        process.send_signal(signal.SIGTERM)
    codes = {name: process.wait(WITHIN) for name, process in processes.items()}
    logs = {name: (tmp_path / f"{name}.log").read_text() for name in processes}
    assert codes == {"web": 0, "worker": 0, "beat": 0}, logs
    assert "Traceback" not in "".join(logs.values())
