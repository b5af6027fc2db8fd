"""What a user would write instead of the loader, on a smaller table, a row at a time.

Both read the TSV, melt it and write one row an observation; the ratios are of the
time an observation takes.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import pandas as pd

from bench import made
from bench.result import Result

SERIES = 8_000  # 200,000 observations


def by_pandas(folder: Path, env: dict[str, str], geos: list[str]) -> Result:
    """``to_sql``, on SQLite: elsewhere pandas needs SQLAlchemy."""
    name = "pandas read_csv + melt + to_sql, SQLite"
    return _compared(name, _pandas, folder, env, geos)


def by_bulk_create(folder: Path, env: dict[str, str], geos: list[str]) -> Result:
    """Django's ``bulk_create`` that revises what is there, on PostgreSQL."""
    name = "bulk_create(update_conflicts=True), PostgreSQL"

    def seconds(path: Path) -> float:
        return _bulk_create(path, env["DATABASE_URL"])

    return _compared(name, seconds, folder, env, geos)


def _compared(
    name: str,
    other: Callable[[Path], float],
    folder: Path,
    env: dict[str, str],
    geos: list[str],
) -> Result:
    """Seconds a million observations, for information: there is nothing to keep to."""
    from bench import load

    path = made.write_tsv(folder / "usual.tsv", SERIES, geos, seed=3)
    ours = load.load(env, path, "usual")["seconds"]
    seconds = other(path)
    scale = 1e6 / (SERIES * len(made.YEARS))
    return Result(name, seconds * scale, "s/M", None, seconds / ours, "the loader")


def _melted(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, sep="\t", dtype=str)
    key = table.columns[0]
    long = table.melt(id_vars=key, var_name="year", value_name="cell")
    cells = long["cell"].str.strip().str.partition(" ")
    long["value"] = pd.to_numeric(cells[0].where(cells[0] != ":"))
    long["flag"] = cells[2]
    long["year"] = long["year"].str.strip().astype(int)
    return long.rename(columns={key: "key"})[["key", "year", "value", "flag"]]


def _pandas(path: Path) -> float:
    began = perf_counter()
    connection = sqlite3.connect(path.with_suffix(".sqlite3"))
    with connection:
        _melted(path).to_sql("usual", connection, index=False)
    connection.close()
    return perf_counter() - began


def _bulk_create(path: Path, address: str) -> float:
    from django.db import connections, models

    parts = urlsplit(address)
    connections.settings["usual"] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:], "HOST": parts.hostname or "", "PORT": parts.port or "",
        "USER": parts.username or "", "PASSWORD": parts.password or "", "OPTIONS": {},
    }  # fmt: skip

    class Observation(models.Model):  # noqa: DJ008  # nobody sees it
        key = models.CharField(max_length=80)
        year = models.SmallIntegerField()
        value = models.FloatField(null=True)
        flag = models.CharField(max_length=10)

        class Meta:
            app_label = "bench"
            unique_together = [("key", "year")]

    with connections["usual"].schema_editor() as editor:
        editor.create_model(Observation)
    began = perf_counter()
    Observation.objects.using("usual").bulk_create(
        [
            Observation(key=key, year=year, value=value, flag=flag)
            for key, year, value, flag in _melted(path).itertuples(index=False)
        ],
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["key", "year"],
        update_fields=["value", "flag"],
    )
    seconds = perf_counter() - began
    with connections["usual"].schema_editor() as editor:
        editor.delete_model(Observation)
    connections["usual"].close()
    return seconds
