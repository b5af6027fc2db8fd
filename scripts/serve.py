"""Run web server, Celery worker and its clock together; when one ends, so do all.

All stay in this terminal's process group, so Ctrl-C reaches them directly too.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

HOST = "127.0.0.1"
READY_WITHIN = 60.0  # seconds
STOP_WITHIN = 15.0
PAUSE = 0.2


class Stopped(Exception):  # noqa: N818  # not an error: somebody asked
    """A signal asked the portal to stop."""


def commands(port: int) -> dict[str, list[str]]:
    """The processes of the portal, by name."""
    web = f"gunicorn s3portal.wsgi --bind {HOST}:{port} --workers 2 --threads 2"
    worker = "celery --quiet -A s3portal worker --concurrency 1 --loglevel WARNING"
    # On a machine of one's own the worker may run as whoever typed the command.
    ignored = "ignore:You're running the worker with superuser privileges"
    clock = "celery --quiet -A s3portal beat --loglevel WARNING --pidfile="
    return {
        "The web server": ["-m", *f"{web} --log-level warning --timeout 120".split()],
        "The worker": ["-W", ignored, "-m", *f"{worker} --without-gossip".split()],
        # The schedules are rows; no file is needed, nor a pid that outlives a crash.
        "The clock": ["-m", *clock.split()],
    }


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def on_signal(number: int, _frame: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)


def watch(running: dict[str, subprocess.Popen[bytes]], port: int) -> str:
    """Say when the portal is ready; the name of the process that ended first."""
    began, said = time.monotonic(), False
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        if not said and answers(port):
            said = True
            print(f"\nThe portal is at http://localhost:{port} (Ctrl-C stops it)")
        if not said and time.monotonic() - began > READY_WITHIN:
            raise TimeoutError(f"nothing answered on port {port}")
        time.sleep(PAUSE)


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all to end, and end those that do not."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for process in running.values():
        process.terminate()
    until = time.monotonic() + STOP_WITHIN
    for process in running.values():
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    if is_taken(port):
        print(f"Port {port} is in use. Choose another: make run PORT={port + 1}")
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in commands(port).items():
            running[name] = subprocess.Popen([sys.executable, *arguments])
        ended = watch(running, port)
    except Stopped:
        print("\nStopping")
        return 0
    except TimeoutError as error:
        print(f"The portal did not start: {error}.")
        return 1
    finally:
        stop(running)
    print(f"{ended} ended with code {running[ended].returncode}: the portal stops.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
