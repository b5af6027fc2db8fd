"""Small tables in Eurostat's form, loaded into a dataflow of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indicators.models import Dataflow, Vintage
from indicators.periods import format_period
from indicators.services.ingest import ingest_file
from sources.models import IngestRun

CODE = "probe"

Ingest = Callable[..., IngestRun]


def table(rows: dict[str, str], *, years: tuple[int, ...] = (2020, 2021, 2022)) -> str:
    """A TSV with the dimensions freq and unit; "PC,ES21" -> "1 b|:|3.5"."""
    header = "\t".join(["freq,unit,geo\\TIME_PERIOD", *map(str, years)])
    lines = ["\t".join([f"A,{key}", *text.split("|")]) for key, text in rows.items()]
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def ingest(starter, settings, tmp_path: Path) -> Ingest:
    """Load a table (or any text) as the dataflow ``probe``; returns the run."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    settings.MAX_VALUE_DROP = 1.0  # tables as small as these lose half in a test

    def load(content: dict[str, str] | str, **options: object) -> IngestRun:
        text = content if isinstance(content, str) else table(content)
        path = tmp_path / "probe.tsv"
        path.write_text(text)
        return ingest_file(path, **{"code": CODE, **options})

    return load


def counts(run: IngestRun) -> tuple[int, int, int, int]:
    """New, revised, unchanged and retired series."""
    return run.new, run.revised, run.unchanged, run.retired


def content(code: str = CODE) -> dict[str, tuple[str, list[object]]]:
    """What is current: "A.PC.ES21" -> first period, [value + status + conf...]."""
    current = Vintage.objects.current().filter(series__slice__dataflow__code=code)
    return {
        f"{row.series.slice.key}.{row.series.area.code}": (
            format_period(row.frequency, row.start),
            cells(row),
        )
        for row in current.select_related("series__slice", "series__area")
    }


def cells(row: Vintage) -> list[object]:
    """Values; with a flag the pair of value and flags: [1.0, (None, "uC")]."""
    blank = [""] * len(row.values)
    flags = zip(row.statuses or blank, row.confidentiality or blank, strict=True)
    return [
        (value, status + conf) if status or conf else value
        for value, (status, conf) in zip(row.values, flags, strict=True)
    ]


def history(key: str, geo: str, code: str = CODE) -> list[Vintage]:
    """All vintages of one series, oldest first."""
    dataflow = Dataflow.objects.get(agency="ESTAT", code=code)
    return list(
        Vintage.objects.filter(
            series__slice__dataflow=dataflow,
            series__slice__key=key,
            series__area__code=geo,
        ).order_by("valid_from", "id")
    )
