"""The starter set: published facts that come with the portal."""

from pathlib import Path
from typing import Any

import yaml

from indicators.models import Dataflow
from indicators.services.definitions import sync_definitions
from indicators.services.ingest import ingest_file
from indicators.services.schedules import schedule_dataflows
from sources.models import IngestRun
from sources.progress import Progress, silent

FOLDER = Path(__file__).resolve().parent.parent / "starter"


def load_starter_data(progress: Progress = silent) -> list[IngestRun]:
    """Definitions, then every starter dataset that is not held yet; safe to repeat.

    A dataflow with any load behind it is left alone: newer figures must not be
    overwritten by the ones that came with the portal.
    """
    sync_definitions()
    schedule_dataflows()
    origin = yaml.safe_load((FOLDER / "origin.yaml").read_text(encoding="utf-8"))
    held = set(
        IngestRun.objects.finished_well()
        .filter(target__startswith="ESTAT:")
        .values_list("target", flat=True)
    )
    waiting = [
        entry for entry in origin["datasets"] if f"ESTAT:{entry['code']}" not in held
    ]
    return [
        _load(entry, f"{number}/{len(waiting)}", progress)
        for number, entry in enumerate(waiting, start=1)
    ]


def _load(entry: dict[str, Any], count: str, progress: Progress) -> IngestRun:
    run = ingest_file(FOLDER / f"{entry['code']}.tsv.gz", code=entry["code"])
    Dataflow.objects.filter(agency="ESTAT", code=entry["code"]).update(
        edition=entry["edition"], note=entry["note"]
    )
    progress(f"{count} {entry['code']}: {run.new:,} series")
    return run
