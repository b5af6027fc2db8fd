"""Made tables as Eurostat writes them: real regions, a fifth missing, flags."""

import random
from collections.abc import Iterator
from pathlib import Path

YEARS = range(2000, 2025)
_POOL = 200_000  # cells to draw from; making each anew would take longer than loading


def write_tsv(
    path: Path, series: int, geos: list[str], *, seed: int = 1, changed: float = 0.0
) -> Path:
    """A table of ``series`` x 25 cells; ``changed`` is the share of rows revised."""
    chance, revision = random.Random(seed), random.Random(seed + 1)
    pool = [_cell(chance) for _ in range(_POOL)]
    with path.open("w", encoding="ascii") as file:
        years = "\t".join(f"{year} " for year in YEARS)
        file.write(f"freq,unit,nace_r2,geo\\TIME_PERIOD\t{years}\n")
        for number in range(series):
            place, geo = divmod(number, len(geos))
            cells = chance.choices(pool, k=len(YEARS))
            if revision.random() < changed:
                cells[revision.randrange(len(cells))] = "1234.5 r"
            code = f"A,U{place % 50},N{place // 50},{geos[geo]}"
            file.write(code + "\t" + "\t".join(cells) + "\n")
    return path


def _cell(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return ": "
    flag = chance.choice("bep") if chance.random() < 0.1 else ""
    return f"{chance.uniform(0, 1000):.1f} {flag}"


def rows(path: Path) -> Iterator[tuple[int, int, float | None, str]]:
    """Its observations one by one: series, year, value, flag."""
    with path.open(encoding="ascii") as file:
        next(file)
        for number, line in enumerate(file):
            for year, cell in zip(YEARS, line.split("\t")[1:], strict=True):
                value, _, flag = cell.strip().partition(" ")
                yield number, year, None if value == ":" else float(value), flag


def write_rows(table: Path, path: Path) -> Path:
    """The observations as text for COPY; NULL where the value is missing."""
    with path.open("w", encoding="ascii") as file:
        for number, year, value, flag in rows(table):
            shown = "\\N" if value is None else value
            file.write(f"{number}\t{year}\t{shown}\t{flag}\n")
    return path
