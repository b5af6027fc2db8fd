"""What a file claims to be by its first bytes; decoding it whole is the proof. Pure."""

import io
import zipfile

from practices.uploads.archives import UNREADABLE
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Format

_STARTS = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"%PDF-", Format.PDF),
)
_MAIN_PARTS = {"word/document.xml": Format.DOCX, "xl/workbook.xml": Format.XLSX}
_LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel before 2007, encrypted


def claimed(content: bytes) -> Format:
    """The format to try; raises ``Refused`` where none of those taken begins so."""
    if not content:
        raise Refused(Reason.EMPTY)
    for start, found in _STARTS:
        if content.startswith(start):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Format.WEBP
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    raise Refused(_other(content))


def _archive(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            is_open_document = "mimetype" in names and (
                archive.getinfo("mimetype").file_size < 100
                and archive.read("mimetype").decode("ascii", "replace").strip()
                == Format.ODT.media_type
            )
    except UNREADABLE as error:
        raise Refused(Reason.DAMAGED) from error
    if is_open_document:
        return Format.ODT
    for part, found in _MAIN_PARTS.items():
        if part in names:
            return found
    raise Refused(Reason.UNKNOWN)


def _other(content: bytes) -> Reason:
    if content.startswith(_LEGACY):
        return Reason.ENCRYPTED
    start = content[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").lower()
    return Reason.MARKUP if start.startswith(b"<") else Reason.UNKNOWN
