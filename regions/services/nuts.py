"""Loading the NUTS classification: regions, code changes, schematic layouts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from regions.models import Correspondence, MapCell, Region, RegionChange
from regions.parsers.errors import FormatError
from regions.parsers.nuts import (
    CellRow,
    ChangeRow,
    RegionRow,
    parse_changes,
    parse_circles,
    parse_regions,
    parse_tiles,
)
from regions.services.correspondences import rebuild_correspondences
from regions.services.counts import LoadCounts, replace_rows
from regions.services.region_rows import Key, load_region_rows
from sources.bulk import written_in_bulk
from sources.exceptions import IngestError
from sources.planner import refresh_statistics
from sources.progress import Progress, silent
from sources.services import recorded_run

STARTER = Path(__file__).resolve().parent.parent / "starter"

_CHANGE_FIELDS = (
    "from_version",
    "to_version",
    "code_old",
    "code_new",
    "level",
    "kind",
    "area_share_of_old",
    "pop_share_of_old",
    "area_share_of_new",
    "pop_share_of_new",
)
_CELL_FIELDS = ("region_id", "layout", "x", "y", "r", "inset")


@dataclass(frozen=True, slots=True)
class NutsRows:
    """What one load brings; the changes and the cells are all there are."""

    regions: Sequence[RegionRow]
    changes: Sequence[ChangeRow] = field(default_factory=list)
    cells: Sequence[CellRow] = field(default_factory=list)


def load_starter_regions(progress: Progress = silent) -> LoadCounts:
    """The classification that comes with the portal; a repeat writes nothing.

    Leaves an ingest run only where something was new, so that pages computed before
    are computed again.
    """
    counts = load_nuts(_starter_rows())
    progress(f"NUTS regions, changes and layouts: {counts}")
    if counts.new or counts.changed:
        refresh_statistics([Region, Correspondence, MapCell])
        with recorded_run("nuts", file_name="nuts.csv.gz") as run:
            run.read, run.new = counts.read, counts.new
            run.revised, run.unchanged = counts.changed, counts.unchanged
    return counts


@transaction.atomic
def load_nuts(rows: NutsRows) -> LoadCounts:
    """All or nothing: create and update what the rows say, then derive the rest.

    Regions that the rows do not name stay: series may refer to them. Raises
    IngestError for a region twice, a missing parent, or a cell without a region.
    """
    ids, counts = load_region_rows(rows.regions)
    counts += _load_changes(rows.changes)
    counts += _load_cells(rows.cells, ids)
    if counts.new or counts.changed:
        rebuild_correspondences()
        written_in_bulk.send(Region)
    return counts


def _load_changes(rows: Sequence[ChangeRow]) -> LoadCounts:
    held = {
        row[1:5]: (row[0], row[1:])
        for row in RegionChange.objects.values_list("pk", *_CHANGE_FIELDS)
    }
    wanted = [tuple(getattr(row, name) for name in _CHANGE_FIELDS) for row in rows]
    return replace_rows(
        RegionChange,
        held=held,
        wanted={values[:4]: values for values in wanted},
        fields=_CHANGE_FIELDS,
    )


def _load_cells(rows: Sequence[CellRow], ids: dict[Key, int]) -> LoadCounts:
    lost = [
        f"{row.layout}: no region {row.code} in NUTS {row.version}"
        for row in rows
        if (row.version, row.code) not in ids
    ]
    if lost:
        raise IngestError(f"A map cell has no region. {lost[0]}.", lost)
    held = {
        row[1:3]: (row[0], row[1:])
        for row in MapCell.objects.values_list("pk", *_CELL_FIELDS)
    }
    wanted = [
        (ids[row.version, row.code], row.layout, row.x, row.y, row.r, row.inset)
        for row in rows
    ]
    return replace_rows(
        MapCell,
        held=held,
        wanted={values[:2]: values for values in wanted},
        fields=_CELL_FIELDS,
    )


def _starter_rows() -> NutsRows:
    def content(name: str) -> bytes:
        return (STARTER / name).read_bytes()

    try:
        return NutsRows(
            regions=parse_regions(content("nuts.csv.gz"), name="nuts.csv.gz"),
            changes=parse_changes(
                content("nuts_changes.csv.gz"), name="nuts_changes.csv.gz"
            ),
            cells=[
                *parse_tiles(content("tile_grid.csv.gz"), name="tile_grid.csv.gz"),
                *parse_circles(content("dorling.csv.gz"), name="dorling.csv.gz"),
            ],
        )
    except FormatError as error:
        raise IngestError(str(error)) from error
