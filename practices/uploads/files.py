"""Which files are taken, up to which size, and what a clean one is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

MEGABYTE = 1_000_000
IMAGE_BYTES = 15 * MEGABYTE
DOCUMENT_BYTES = 20 * MEGABYTE
PIXELS = 60_000_000  # what a good camera gives; more is unpacked by nobody here
SIDE = 2400  # pixels of the longer side, as kept
SMALLER = (480, 960)  # widths for narrow windows
PAGES = 300
OBJECTS = 200_000  # of a PDF
ENTRIES = 2000  # of a document that is an archive
UNPACKED = 150 * MEGABYTE
RATIO = 100  # unpacked to packed, of one part of an archive
RATIO_FROM = MEGABYTE  # smaller parts may be packed as tightly as they are


class Format(Enum):
    """Suffix and media type of what is kept."""

    JPEG = (".jpg", "image/jpeg")
    PNG = (".png", "image/png")
    WEBP = (".webp", "image/webp")
    PDF = (".pdf", "application/pdf")
    DOCX = (
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    XLSX = (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    ODT = (".odt", "application/vnd.oasis.opendocument.text")

    @property
    def suffix(self) -> str:
        return self.value[0]

    @property
    def media_type(self) -> str:
        return self.value[1]

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Bytes written here; ``smaller`` are narrower copies of an image, by width."""

    format: Format
    content: bytes
    width: int | None = None
    height: int | None = None
    smaller: Mapping[int, bytes] = field(default_factory=dict)
