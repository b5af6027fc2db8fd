"""Runs through real workers: PostgreSQL, Redis and a local publisher over HTTP.

``python -m bench.queue`` measures; ``measure`` does so in a process of its own, since
the other measurements have a database of theirs.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import django

from bench.result import Result, table
from tests.browser import portal
from tests.sources.eurostat import serving

POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/14"
UNCHANGED, BACKLOG = 50, 200
CHECK_BOUND = 60.0  # seconds for all unchanged dataflows by one worker
SCALE_BOUND = 0.65  # of one worker's time; 0.5 would be perfectly linear
PATIENCE = 600.0


def measure() -> list[Result]:
    """Seconds of checking and of loading a backlog; none without the services."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.queue", "--json"],
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": "", "REDIS_URL": ""},
    )
    if done.returncode:
        print("!! no queue was measured: PostgreSQL and Redis are needed")
        return []
    return [Result(**item) for item in json.loads(done.stdout)]


def dataset(number: int) -> bytes:
    """A small dataset unlike all others: 240 regions by ten years."""
    from regions.models import Region

    codes = Region.objects.current().at_level(2).values_list("code", flat=True)[:240]
    years = "\t".join(str(year) for year in range(2014, 2024))
    lines = [f"freq,unit,geo\\TIME_PERIOD\t{years}"]
    for place, code in enumerate(codes):
        values = "\t".join(f"{number}.{place}{year}" for year in range(10))
        lines.append(f"A,PC,{code}\t{values}")
    return gzip.compress("\n".join(lines).encode() + b"\n", mtime=0)


@contextmanager
def workers(count: int, folder: Path) -> Iterator[None]:
    """So many workers of one process each, ready before the block begins."""
    from s3portal.celery import app

    command = "celery --quiet -A s3portal worker -c 1 -l WARNING --without-gossip"
    with ExitStack() as stack:
        log = stack.enter_context((folder / "workers.log").open("ab"))
        started = []
        for number in range(count):
            process = subprocess.Popen(
                [sys.executable, "-m", *command.split(), "-n", f"bench{number}@%h"],
                stdout=log,
                stderr=log,
            )
            started.append(process)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        until = monotonic() + PATIENCE
        while len(app.control.ping(timeout=1) or ()) < count:
            if any(process.poll() is not None for process in started):
                raise RuntimeError((folder / "workers.log").read_text()[-2000:])
            if monotonic() > until:
                raise TimeoutError("the workers did not start")
        yield


def seconds(codes: list[str], state: str) -> float:
    """Queue a run for each code at once; the time until all have that state."""
    from django.db import transaction

    from sources.models import IngestRun
    from sources.services import queue_run

    began = monotonic()
    with transaction.atomic():
        runs = [queue_run("eurostat", code).pk for code in codes]
    mine = IngestRun.objects.filter(pk__in=runs)
    while mine.filter(state__in=("queued", "running")).exists():
        if monotonic() - began > PATIENCE:
            raise TimeoutError(f"{mine.filter(state=state).count()} of {len(runs)}")
        sleep(0.2)
    taken = monotonic() - began
    if (count := mine.filter(state=state).count()) != len(runs):
        raise RuntimeError(f"only {count} of {len(runs)} runs are {state}")
    return taken


def run(folder: Path) -> list[Result]:
    """All measurements on an empty, migrated database."""
    from django.core.management import call_command

    from regions.services import load_starter_regions

    call_command("migrate", verbosity=0)
    load_starter_regions()
    with serving() as server:
        # The workers are told by the environment, this process does not fetch.
        os.environ["EUROSTAT_HOST"] = server.host
        server.has_etags = True
        codes = [f"bench_{number}" for number in range(2 * BACKLOG)]
        for number, code in enumerate(codes):
            server.datasets[code.upper()] = dataset(number)
        with workers(1, folder):
            one = seconds(codes[:BACKLOG], "loaded")
            held = codes[:UNCHANGED]
            server.updates = dict.fromkeys(held, "01.01.2024")
            checked = seconds(held, "unchanged")
        with workers(2, folder):
            two = seconds(codes[BACKLOG:], "loaded")
    return [
        Result(f"{UNCHANGED} unchanged, 1 worker", checked, "s", CHECK_BOUND),
        Result(
            f"{BACKLOG} small datasets, 2 workers",
            two,
            "s",
            bound=SCALE_BOUND,
            ratio=two / one,
            floor=f"1 worker ({timedelta(seconds=round(one))})",
            bound_on="ratio",
        ),
    ]


def main() -> int:
    os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", POSTGRES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with portal.database(folder) as database_url:
            os.environ.update(portal.environment(folder, database_url))
            os.environ["REDIS_URL"] = os.environ.get("BENCH_REDIS_URL", REDIS)
            django.setup()
            results = run(folder)
            from django.db import connection

            connection.close()
    if "--json" in sys.argv:
        print(json.dumps([asdict(result) for result in results]))
        return 0  # whoever asked judges them
    print(table(results))
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
