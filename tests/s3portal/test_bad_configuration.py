"""The real commands with a wrong environment: one sentence, code 2, no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
DOCTOR = ["python", "manage.py", "doctor", "--wait", "0.2"]
COMMANDS = {
    "manage.py": ["python", "manage.py", "migrate", "--check"],
    "web": ["gunicorn", "--bind", "127.0.0.1:0"],
    "worker": ["celery", "--quiet", "-A", "s3portal", "worker"],
    "beat": ["celery", "--quiet", "-A", "s3portal", "beat", "--pidfile="],
}
SECRET = "geheim" * 3


@pytest.fixture
def run(tmp_path, root):
    """Start a command in a sound environment but for what is given."""

    def start(name: str, **wrong: str) -> subprocess.CompletedProcess[str]:
        sound = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
            "INSECURE_LOCAL": "true",
            "DEBUG": "false",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "LOG_LEVEL": "WARNING",
        }
        return subprocess.run(
            COMMANDS.get(name, DOCTOR),
            cwd=root,
            env=sound | wrong,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return start


def assert_ends_plainly(done: subprocess.CompletedProcess[str], *words: str) -> None:
    said = done.stderr.strip().splitlines()
    assert done.returncode == 2, done.stderr
    assert len(said) == 1, done.stderr
    assert all(word in said[0] for word in words), said[0]
    assert SECRET not in done.stdout + done.stderr


@pytest.fixture
def closed_port() -> int:
    """A port where nobody listens, and nobody will while the test holds it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_missing_secret_key(run, name):
    assert_ends_plainly(run(name, SECRET_KEY=""), "SECRET_KEY is not set", "make setup")


@pytest.mark.parametrize("name", COMMANDS)
def test_unreachable_database(run, name, closed_port):
    url = f"postgres://portal:{SECRET}@127.0.0.1:{closed_port}/portal"
    done = run(name, DATABASE_URL=url)
    assert_ends_plainly(
        done, f"127.0.0.1:{closed_port} does not answer", "DATABASE_URL"
    )


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_unreachable_redis(run, name, closed_port):
    done = run(name, REDIS_URL=f"redis://:{SECRET}@127.0.0.1:{closed_port}/0")
    assert_ends_plainly(done, f"127.0.0.1:{closed_port} does not answer", "REDIS_URL")


def test_a_database_that_may_still_start_gets_its_time(run, closed_port):
    url = f"postgres://portal@127.0.0.1:{closed_port}/portal"
    done = run("worker", DATABASE_URL=url, STARTUP_TIMEOUT="1")
    assert_ends_plainly(done, "does not answer")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (
            {"DATABASE_URL": f"mysql://me:{SECRET}@host/x"},
            ["DATABASE_URL", "postgres://"],
        ),
        ({"DATABASE_URL": "sqlite:////not/there/x.db"}, ["cannot be opened"]),
        ({"REDIS_URL": f"http://:{SECRET}@host"}, ["REDIS_URL", "redis://"]),
        ({"VAR_DIR": "/dev/null/var"}, ["VAR_DIR", "cannot write"]),
        ({"DEBUG": "perhaps"}, ["DEBUG", "true or false"]),
        ({"FETCH_ATTEMPTS": "many"}, ["FETCH_ATTEMPTS", "whole number"]),
        ({"EUROSTAT_HOST": "ec.europa.eu"}, ["EUROSTAT_HOST", "https://"]),
        ({"LOG_FORMAT": "xml"}, ["LOG_FORMAT", "json, text"]),
        ({"SECRET_KEY_FILE": "/not/there"}, ["SECRET_KEY_FILE", "cannot be read"]),
        (
            {"INSECURE_LOCAL": "false", "ALLOWED_HOSTS": "https://x.org"},
            ["ALLOWED_HOSTS", "host names"],
        ),
        ({"INSECURE_LOCAL": "false", "ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_wrong_values(run, wrong, words):
    assert_ends_plainly(run("manage.py", **wrong), *words)


def test_a_database_without_tables(run):
    """The doctor says what to do."""
    done = run("doctor")
    assert done.returncode == 1
    assert "python manage.py migrate" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
