"""The TSV parser against the least any reader must do: split each line into cells."""

import gzip
import random
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.result import Result
from indicators.parsers.reader import open_message

RUNS = 3
MADE_ROWS = 60_000
MADE_YEARS = range(2000, 2020)


def measure(real_data: Path, folder: Path) -> Result:
    """Cells per second on the largest real TSV, or on a made one without them."""
    real = sorted(real_data.glob("indicators/eurostat/tsv-*/*.tsv.gz"), key=_size)
    path = real[-1] if real else _made(folder / "made.tsv.gz")
    cells = _parse(path)
    floor = median(_timed(_split, path) for _ in range(RUNS))
    ours = median(_timed(_parse, path) for _ in range(RUNS))
    return Result(
        f"TSV parse, {cells:,} cells ({cells / ours / 1e6:.2f} M/s)",
        ours,
        "s",
        bound=15,
        ratio=ours / floor,
        floor="bare str.split",
        bound_on="ratio",
    )


def _size(path: Path) -> int:
    return path.stat().st_size


def _timed(function, path: Path) -> float:
    began = perf_counter()
    function(path)
    return perf_counter() - began


def _parse(path: Path) -> int:
    message = open_message(path)
    for _ in message.series:
        pass
    return message.tally.observations


def _split(path: Path) -> int:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return sum(len(line.split("\t")) for line in lines)


def _made(path: Path) -> Path:
    """A table as Eurostat writes one: a fifth missing, a tenth flagged."""
    chance = random.Random(1)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        years = "\t".join(f"{year} " for year in MADE_YEARS)
        file.write(f"freq,unit,geo\\TIME_PERIOD\t{years}\n")
        for number in range(MADE_ROWS):
            cells = "\t".join(_cell(chance) for _ in MADE_YEARS)
            file.write(f"A,U{number},ES21\t{cells}\n")
    return path


def _cell(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return ": "
    flag = chance.choice("bep") if chance.random() < 0.1 else ""
    return f"{chance.uniform(0, 1000):.1f} {flag}"
