"""One door for all files. Pure."""

from practices.uploads import files
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Cleaned, Format
from practices.uploads.images import clean_image
from practices.uploads.office import clean_office
from practices.uploads.opendocument import clean_opendocument
from practices.uploads.pdf import clean_pdf
from practices.uploads.sniffing import claimed


def clean(content: bytes) -> Cleaned:
    """What of a file may be kept; raises ``Refused``.

    Neither its name nor the type a browser gave is asked.
    """
    most = max(files.IMAGE_BYTES, files.DOCUMENT_BYTES)
    _check_size(content, most)
    found = claimed(content)
    if found.is_image:
        _check_size(content, files.IMAGE_BYTES)
        return clean_image(content, found)
    return Cleaned(found, _document(content, found))


def _document(content: bytes, found: Format) -> bytes:
    if found is Format.PDF:
        return clean_pdf(content)
    if found is Format.ODT:
        return clean_opendocument(content)
    return clean_office(content, found)


def _check_size(content: bytes, most: int) -> None:
    if len(content) > most:
        raise Refused(
            Reason.TOO_LARGE,
            f"{len(content) / files.MEGABYTE:.1f}",
            f"{most // files.MEGABYTE}",
        )
