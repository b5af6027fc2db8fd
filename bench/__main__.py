"""Measure everything on a portal of its own, print the table, keep it under var/."""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from time import perf_counter

import django
from django.db import connections

from bench import queue
from bench.result import Result, save, table
from tests.browser import portal

ROOT = Path(__file__).resolve().parent.parent
STARTER_BOUND = 60.0  # seconds
PARTS = ("catalogue", "search")  # those with ten thousand records that are made up


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


def measure_part(name: str, folder: Path) -> list[Result]:
    """The part ``python -m bench NAME``, on a database of its own."""
    with portal.database(folder) as database_url:
        os.environ.update(portal.environment(folder, database_url))
        django.setup()
        results: list[Result] = import_module(f"bench.{name}").prepared()
        connections.close_all()
        return results


def main() -> int:
    os.environ.setdefault("DATABASE_URL", "")
    asked = sys.argv[1:]
    if asked and asked not in [[part] for part in ("load", *PARTS)]:
        print(f"usage: python -m bench [load | {' | '.join(PARTS)}]")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked and asked[0] in PARTS:
            return report(measure_part(asked[0], folder))
        results = measure_load(folder)
        if asked:
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
