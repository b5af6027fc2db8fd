"""Loading millions of observations against the least a database must do: bare COPY.

``python -m bench load``; BENCH_SIZES="1 10 50" are the millions of observations.
Needs PostgreSQL in BENCH_POSTGRES (or DATABASE_URL); without it SQLite alone is
measured.

The floor is what one would write by hand: COPY FROM STDIN, in PostgreSQL's text format
and with nothing tuned, of all observations of the file, missing ones as NULL and each
with its flags, as rows of (int, smallint, float8, text) into an unlogged table without
index or key, in the same run and on the same server. The rows lie ready in a file
before the clock starts, so it has no parsing in it; a client sends them.
"""

import csv
import gzip
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import httpx
import psycopg2

from bench import made, usual
from bench.result import Result
from s3portal.celery import WORKER_NICENESS
from tests.browser import portal

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
MILLION = 1_000_000
PROFILE = "/api/v1/regions/ES21/profile/"
Env = dict[str, str]


def measure(folder: Path) -> list[Result]:
    """All results of loading; on PostgreSQL where there is one, then on SQLite."""
    sizes = [float(size) for size in os.environ.get("BENCH_SIZES", "1 10").split()]
    results: list[Result] = []
    address = os.environ.get("BENCH_POSTGRES") or os.environ.get("DATABASE_URL", "")
    if address.startswith("postgres"):
        with prepared(folder / "postgres", address) as env:
            results += _postgres(folder, env, sizes)
    with prepared(folder / "sqlite", "") as env:
        results += _sqlite(folder, env, 10 if 10 in sizes else max(sizes))
    return results


@contextmanager
def prepared(folder: Path, address: str) -> Iterator[Env]:
    """The environment of an empty portal with regions on a database of its own."""
    folder.mkdir()
    before = os.environ.get("DATABASE_URL", "")
    os.environ["DATABASE_URL"] = address
    try:
        with portal.database(folder) as url:
            env = portal.environment(folder, url)
            for command in ("migrate -v 0", "load_starter"):
                _python(env, "manage.py", *command.split())
            yield env
    finally:
        os.environ["DATABASE_URL"] = before


def _python(env: Env, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, check=True,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return done.stdout


def load(env: Env, path: Path, code: str, *, niceness: int = 0) -> dict[str, Any]:
    """What a load took, in a process of its own."""
    arguments = "-m", "bench.worker", str(path), code, str(niceness)
    told = _python(env, *arguments).splitlines()[-1]
    taken: dict[str, Any] = json.loads(told)
    return taken


def geos() -> list[str]:
    """Codes of NUTS 2024 down to level 2, out of the portal's own file."""
    with gzip.open(ROOT / "regions" / "starter" / "nuts.csv.gz", "rt") as file:
        return [
            row["code"]
            for row in csv.DictReader(file)
            if row["version"] == "2024" and row["level"] in "012"
        ]


def _postgres(folder: Path, env: Env, sizes: list[float]) -> list[Result]:
    results, costs = [], {}
    for size in sizes:
        print(f"load, PostgreSQL, {size:g} M ...", flush=True)
        found = _one_size(folder, env, size)
        costs[size] = found.pop("cost")
        results += found.pop("results")
    if len(sizes) > 1:
        growth = max(costs.values()) / costs[min(sizes)]
        results.append(
            Result(
                "cost an observation, largest to smallest table",
                costs[max(sizes)], "us", 1.3, growth, f"{min(sizes):g} M", "ratio",
            )
        )  # fmt: skip
    print("load, readers meanwhile ...", flush=True)
    results.append(_readers(folder, env, min(10, max(sizes))))
    print("load, what one would write instead ...", flush=True)
    return [*results, usual.by_bulk_create(folder, env, geos())]


def _one_size(folder: Path, env: Env, size: float) -> dict[str, Any]:
    series = int(size * MILLION / len(made.YEARS))
    table = made.write_tsv(folder / "made.tsv", series, geos())
    changed = made.write_tsv(folder / "changed.tsv", series, geos(), changed=0.01)
    bare = made.write_rows(table, folder / "bare.txt")
    floors, firsts, repeats, revised = [], [], [], []
    before = _disk(env)
    for turn in range(RUNS):
        code = f"made{size:g}".replace(".", "_") + "abc"[turn]
        floors.append(_copy(env, bare))
        firsts.append(load(env, table, code))
        if turn == 0:
            disk = (_disk(env) - before) / firsts[0]["observations"]
        repeats.append(load(env, table, code))
        revised.append(load(env, changed, code))
    floor = median(floors)
    name = f"{size:g} M"

    def ratio(what: str, taken: list[dict[str, Any]], bound: float) -> Result:
        seconds = median(item["seconds"] for item in taken)
        return Result(
            f"{what}, {name}", seconds, "s", bound, seconds / floor,
            f"bare COPY ({floor:.1f} s)", "ratio",
        )  # fmt: skip

    memory = max(item["memory"] for item in (*firsts, *repeats, *revised))
    for path in (table, changed, bare):
        path.unlink()
    cost = median(item["seconds"] for item in firsts) / firsts[0]["observations"]
    return {
        "cost": cost * MILLION,
        "results": [
            ratio("first load", firsts, 2.0),
            ratio("nothing changed", repeats, 1.2),
            ratio("1 % changed", revised, 1.5),
            Result(f"memory of the worker, {name}", memory, "MB", 400),
            Result(f"disk an observation, {name}", disk, "bytes", 30),
        ],
    }


def _copy(env: Env, bare: Path) -> float:
    """Seconds of the floor: psycopg2 sends the file in its usual pieces."""
    with _connected(env) as cursor, bare.open("rb") as file:
        cursor.execute(
            "DROP TABLE IF EXISTS bare; CREATE UNLOGGED TABLE bare "
            "(series int, year smallint, value float8, flag text)"
        )
        began = perf_counter()
        cursor.copy_expert("COPY bare FROM STDIN", file)
        seconds = perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return seconds


def _disk(env: Env) -> int:
    """Bytes of all tables of observations, with their indexes."""
    with _connected(env) as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN "
            "('indicators_vintage', 'indicators_series', 'indicators_slice', "
            "'indicators_referencearea')"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def _connected(env: Env) -> Iterator[Any]:
    connection = psycopg2.connect(env["DATABASE_URL"])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _readers(folder: Path, env: Env, size: float) -> Result:
    """The p95 of the profile API, idle and while a load runs."""
    series = int(size * MILLION / len(made.YEARS))
    table = made.write_tsv(folder / "read.tsv", series, geos(), seed=7)
    with portal.gunicorn(folder, env) as url:
        times(url, lambda count: count < 10)  # caches and connections
        idle = quantiles(times(url, lambda count: count < 100), n=20)[-1]
        worker = threading.Thread(
            target=load,
            args=(env, table, "readers"),
            kwargs={"niceness": WORKER_NICENESS},
        )
        worker.start()
        busy = times(url, lambda _count: worker.is_alive())
    worst = quantiles(busy, n=20)[-1]
    return Result(
        f"p95 of the profile API while loading ({len(busy)} requests)",
        worst, "ms", 2.0, worst / idle, f"idle ({idle:.0f} ms)", "ratio",
    )  # fmt: skip


def times(url: str, goes_on: Callable[[int], bool]) -> list[float]:
    """Milliseconds of requests, one after the other with a short rest."""
    taken: list[float] = []
    while goes_on(len(taken)) or len(taken) < 2:
        began = perf_counter()
        httpx.get(url + PROFILE).raise_for_status()
        taken.append((perf_counter() - began) * 1000)
        time.sleep(0.05)
    return taken


def _sqlite(folder: Path, env: Env, size: float) -> list[Result]:
    print(f"load, SQLite, {size:g} M ...", flush=True)
    series = int(size * MILLION / len(made.YEARS))
    table = made.write_tsv(folder / "made.tsv", series, geos())
    first, again = load(env, table, "made"), load(env, table, "made")
    table.unlink()
    name = f"SQLite, {size:g} M"
    return [
        Result(f"first load, {name}", first["seconds"], "s", 6 * size),
        Result(f"nothing changed, {name}", again["seconds"], "s", 6 * size),
        Result(f"memory of the worker, {name}", first["memory"], "MB", 400),
        usual.by_pandas(folder, env, geos()),
    ]
