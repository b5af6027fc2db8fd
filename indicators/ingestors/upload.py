"""A file that somebody uploaded, looked at in a preview and wants loaded."""

from indicators.services.upload import load_upload
from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.registry import Fetcher, FetchRequest


def fetch(request: FetchRequest) -> IngestRun:
    """Load the snapshot of the run; IngestError for anything else."""
    run = request.run
    if run is None or run.snapshot is None:
        raise IngestError(
            "Only what was uploaded in the administration is loaded so. "
            "Load a local file with manage.py ingest."
        )
    load_upload(run, progress=request.progress)
    return run


def target(code: str) -> str:
    """Uploads name their dataflow whole: ``AGENCY:code``."""
    return code


FETCHER = Fetcher(
    name="upload",
    summary="files uploaded by curators",
    fetch=fetch,
    target=target,
    needs_kept_file=True,
)
