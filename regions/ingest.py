"""What the regions app can fetch."""

from pathlib import Path

from django.conf import settings

from regions.gisco import NOTICE, boundary_url, file_name
from regions.parsers.boundaries import read_name
from regions.services import BoundaryLoad, load_boundaries
from sources.http import fetch_snapshot
from sources.models import IngestRun
from sources.registry import Fetcher, FetchRequest, register
from sources.services import recorded_run
from sources.snapshots import keep_file


def fetch_boundaries(request: FetchRequest) -> IngestRun:
    """Get GISCO's boundaries (or a file) and load them; returns the finished run.

    Without a file it is the NUTS version the portal shows, unless another is asked.
    """
    with recorded_run("gisco-nuts", run=request.run) as run:
        if request.file:
            load = _load_file(request.file, request, run)
        else:
            load = _load_download(request, run)
        run.read, run.new = load.read, load.new
        run.revised, run.unchanged = load.changed, load.unchanged
        if not load.new and not load.changed:
            run.state = IngestRun.State.UNCHANGED
        left_out = (
            f"; {load.left_out:,} below level 2 left out" if load.left_out else ""
        )
        run.message = f"NUTS {load.version}, {load.scale}{left_out}. {NOTICE}"
    return run


def _load_file(path: Path, request: FetchRequest, run: IngestRun) -> BoundaryLoad:
    """What the file's name says of the scale counts more than the command's default."""
    run.file_name = path.name
    scale = read_name(path.name).scale or request.scale
    load = load_boundaries(path, version=request.version, scale=scale)
    run.snapshot = keep_file(path)
    return load


def _load_download(request: FetchRequest, run: IngestRun) -> BoundaryLoad:
    version = request.version or settings.NUTS_VERSION
    scale = request.scale.upper()
    url = boundary_url(settings.GISCO_HOST, version=version, scale=scale)
    run.file_name = file_name(version=version, scale=scale)
    request.progress(f"fetching {url}")
    run.snapshot = fetch_snapshot(url, name=run.file_name, progress=request.progress)
    return load_boundaries(
        run.snapshot.path, name=run.file_name, version=version, scale=scale
    )


register(
    Fetcher(
        name="gisco-nuts",
        summary="official NUTS boundaries from GISCO, or from --file",
        fetch=fetch_boundaries,
        takes_codes=False,
    )
)
