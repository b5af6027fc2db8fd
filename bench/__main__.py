"""Measure everything on a portal of its own, print the table, keep it under var/."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import django
from django.db import connections

from bench import queue
from bench.result import Result, save, table
from tests.browser import portal

ROOT = Path(__file__).resolve().parent.parent
STARTER_BOUND = 60.0  # seconds


def manage(command: str) -> float:
    """Run a management command; the seconds it took."""
    began = perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return perf_counter() - began


def measure(folder: Path) -> list[Result]:
    """All results; the environment points at an empty database in ``folder``."""
    print("starter load ...", flush=True)
    manage("migrate -v 0")
    results = [Result("starter load", manage("load_starter"), "s", STARTER_BOUND)]
    results.append(
        Result("starter load again", manage("load_starter"), "s", bound=10.0)
    )
    manage("collectstatic --no-input -v 0 -i redoc")
    django.setup()
    from bench import browser, parsing, serving

    print("TSV parse ...", flush=True)
    results.append(parsing.measure(ROOT.parent / "shared" / "data", folder))
    print("profile ...", flush=True)
    results += serving.measure()
    print("browser ...", flush=True)
    with portal.gunicorn(folder, dict(os.environ)) as url:
        results += browser.measure(url)
    return results


def measure_load(folder: Path) -> list[Result]:
    """The part ``python -m bench load``, on databases of its own."""
    os.environ.update(portal.environment(folder, os.environ["DATABASE_URL"]))
    django.setup()
    from bench import load

    return load.measure(folder)


def measure_search(folder: Path) -> list[Result]:
    """The part ``python -m bench search``, on a database of its own."""
    with portal.database(folder) as database_url:
        os.environ.update(portal.environment(folder, database_url))
        django.setup()
        from bench import search

        results = search.prepared()
        connections.close_all()
        return results


def main() -> int:
    os.environ.setdefault("DATABASE_URL", "")
    if sys.argv[1:] not in ([], ["load"], ["search"]):
        print("usage: python -m bench [load | search]")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if sys.argv[1:] == ["search"]:
            return report(measure_search(folder))
        results = measure_load(folder)
        if sys.argv[1:]:
            return report(results)
        with portal.database(folder) as database_url:
            os.environ.update(portal.environment(folder, database_url))
            results = measure(folder) + results
        results += queue.measure()
    return report(results)


def report(results: list[Result]) -> int:
    """Print and keep the results; 1 where one is out of its bound."""
    print(f"\n{table(results)}\n\nKept in {save(results, ROOT / 'var' / 'bench')}")
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
