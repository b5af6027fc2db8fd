"""Files of attachments on disk: under their digest, as long as a row names it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone

from practices.models import Attachment
from practices.models.content import FOLDER, attachment_path, smaller_path

# A younger file may belong to a row that is not committed yet.
SETTLED = timedelta(days=1)


def keep_file(
    attachment: Attachment, content: bytes, smaller: Mapping[int, bytes]
) -> None:
    """Write what is not there yet; once more when the row is safe.

    In between, the last other row of the same digest may go and take the file along.
    """
    wanted = {attachment_path(attachment, ""): content}
    wanted |= {smaller_path(attachment, width): data for width, data in smaller.items()}
    attachment.file.name = next(iter(wanted))
    _write(wanted)
    transaction.on_commit(partial(_write, wanted))


def _write(wanted: Mapping[str, bytes]) -> None:
    for path, content in wanted.items():
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))


def forget_file(digest: str) -> None:
    """Delete it with its smaller copies, unless a row still names it."""
    if _named().filter(digest=digest).exists():
        return
    for path in _files(digest[:2]):
        if _digest(path) == digest:
            default_storage.delete(path)


def sweep_files() -> int:
    """Delete files that no row names, such as of an upload that broke off."""
    named = set(_named().values_list("digest", flat=True))
    before = timezone.now() - SETTLED
    gone = [
        path
        for folder in _listed(FOLDER)[0]
        for path in _files(folder)
        if _digest(path) not in named
        and default_storage.get_modified_time(path) < before
    ]
    for path in gone:
        default_storage.delete(path)
    return len(gone)


def follow_rows() -> None:
    """Whichever way a row goes, its file follows."""
    post_delete.connect(_on_delete, sender=Attachment, dispatch_uid="practices.files")


def _on_delete(instance: Attachment, **_given: Any) -> None:
    transaction.on_commit(partial(forget_file, instance.digest))


def _named() -> Any:
    return Attachment.objects.exclude(scan=Attachment.Scan.INFECTED)


def _files(folder: str) -> Iterator[str]:
    for name in _listed(f"{FOLDER}/{folder}")[1]:
        yield f"{FOLDER}/{folder}/{name}"


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _digest(path: str) -> str:
    return PurePosixPath(path).name.partition(".")[0].partition("-")[0]
