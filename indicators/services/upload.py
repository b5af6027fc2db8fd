"""Uploaded files: kept, shown to a person, loaded or discarded on that person's word.

An upload is an ingest run that waits for a decision (HELD) with its bytes kept. Loading
confirms the run, so the workers take it up; the state of the run decides, and a second
click changes nothing.
"""

import gzip
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from indicators.models import Dataflow
from indicators.services.ingest import load_path
from sources.exceptions import IngestError
from sources.models import IngestRun, Source
from sources.progress import Progress, silent
from sources.services import KEPT_REJECTIONS
from sources.snapshots import keep_file

FETCHER = "upload"
UNPACKED = 10  # times UPLOAD_MAX_BYTES


@dataclass(frozen=True, slots=True)
class NewDataflow:
    """A dataflow that an upload begins. ``source`` is a publisher's code, or
    ``publisher`` the name of a new one.
    """

    agency: str
    code: str
    name: str
    licence: str
    source: str = ""
    publisher: str = ""
    publisher_url: str = ""

    @property
    def target(self) -> str:
        return f"{self.agency}:{self.code}"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, and what it is to be loaded into."""

    path: Path
    file_name: str
    target: str
    is_complete: bool
    new: NewDataflow | None = None


def keep_upload(
    upload: Upload, *, asked_by: str, rejections: Sequence[str] = ()
) -> IngestRun:
    """Keep the bytes, with a run that waits for a person's decision.

    With ``rejections`` it can only be discarded.
    """
    options: dict[str, Any] = {"complete": upload.is_complete}
    if upload.new:
        options["new"] = asdict(upload.new)
    with transaction.atomic():
        return IngestRun.objects.create(
            target=upload.target,
            code=upload.target,
            fetcher=FETCHER,
            state=IngestRun.State.HELD,
            options=options,
            asked_by=asked_by[:150],
            file_name=upload.file_name[:255],
            snapshot=keep_file(upload.path),
            rejected=len(rejections),
            rejections=list(rejections[:KEPT_REJECTIONS]),
            message=_("An upload waits for a decision: load or discard."),
        )


def load_upload(run: IngestRun, *, progress: Progress = silent) -> None:
    """Load the kept bytes of a confirmed upload; a new dataflow appears with them."""
    agency, _colon, code = run.target.partition(":")
    if run.snapshot is None or not run.snapshot.path.is_file():
        raise IngestError(f"Run {run.pk} has no file. Upload it again.")
    facts = run.options.get("new")
    # A dataflow that begins with this file is not to be there without its data.
    with transaction.atomic() if facts else nullcontext():
        if facts:
            make_dataflow(NewDataflow(**facts))
        load_path(
            run.snapshot.path, run, code=code, agency=agency,
            complete=bool(run.options.get("complete")), progress=progress,
        )  # fmt: skip


def make_dataflow(new: NewDataflow) -> Dataflow:
    """The dataflow, made with its publisher unless somebody was faster."""
    found = Dataflow.objects.filter(agency=new.agency, code=new.code).first()
    return found or Dataflow.objects.create(
        agency=new.agency,
        code=new.code,
        name=new.name,
        licence=new.licence,
        source=_source(new),
    )


def _source(new: NewDataflow) -> Source:
    if new.source:
        return Source.objects.get(code=new.source)
    source, _is_new = Source.objects.get_or_create(
        code=slugify(new.publisher)[:50],
        defaults={
            "publisher": new.publisher,
            "url": new.publisher_url,
            "licence": new.licence,
        },
    )
    return source


def refuse_large(path: Path) -> None:
    """IngestError for a file that is too large, as it is or when unpacked."""
    limit = settings.UPLOAD_MAX_BYTES
    size = path.stat().st_size
    unpacked = _unpacked(path, limit * UNPACKED)
    if size > limit or unpacked > limit * UNPACKED:
        raise IngestError(
            _(
                "The file is too large: at most %(limit)s MB, %(unpacked)s MB when "
                "unpacked. Split it, or load it with manage.py ingest."
            )
            % {"limit": limit // 1_000_000, "unpacked": limit * UNPACKED // 1_000_000}
        )


def _unpacked(path: Path, limit: int) -> int:
    """Bytes when unpacked, counted no further than the limit; 0 if it is not packed."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return sum(part.file_size for part in archive.infolist())
        with gzip.open(path) as file:
            count = 0
            while count <= limit and (piece := file.read(1 << 20)):
                count += len(piece)
            return count
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        return 0  # not packed, or damaged, which the parser says better
