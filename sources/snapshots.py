"""Raw bytes as retrieved, kept once under their digest."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from sources.models import Snapshot

CHUNK = 1 << 20
LONGEST_ETAG = 200


def keep_stream(
    chunks: Iterable[bytes],
    *,
    name: str,
    url: str = "",
    etag: str = "",
    last_modified: str = "",
) -> Snapshot:
    """Store the bytes and return their snapshot; equal bytes are stored once.

    ``etag`` and ``last_modified`` are the server's newest words for them.

    The file appears under its digest only when it is complete, so an interrupted
    download leaves nothing that could be taken for data.
    """
    folder: Path = settings.SNAPSHOT_DIR
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        # The file before its row: a row without its bytes would be worse than bytes
        # without a row.
        path = Snapshot(sha256=digest.hexdigest()).path
        path.parent.mkdir(parents=True, exist_ok=True)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    told = {
        "url": url[:1000],
        # A validator that is cut off would never match.
        "etag": etag if len(etag) <= LONGEST_ETAG else "",
        "last_modified": last_modified[:60],
    }
    snapshot, created = Snapshot.objects.get_or_create(
        sha256=digest.hexdigest(), defaults={"size": size, "name": name[:255], **told}
    )
    if url and not created:
        _update_validators(snapshot, told)
    return snapshot


def _update_validators(snapshot: Snapshot, told: dict[str, str]) -> None:
    """The same bytes were served again, perhaps under another ETag."""
    if any(getattr(snapshot, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(snapshot, name, value)
        snapshot.save(update_fields=list(told))


def keep_file(path: Path, *, url: str = "") -> Snapshot:
    """Store a copy of a local file."""
    return keep_stream(_chunks(path), name=path.name, url=url)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
