"""PDF: parsed whole, written anew without what acts or tells of its makers. Pure."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from practices.uploads import files
from practices.uploads.errors import Reason, Refused
from practices.uploads.segments import without_metadata

_BAD = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, NotImplementedError, OSError, OverflowError, RecursionError,
    struct.error, zlib.error,
)  # fmt: skip
_ACTS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/ResetForm", "/GoToE",
    "/GoToR", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound",
}  # fmt: skip
_ENCLOSES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}
_LINKS = ("http://", "https://", "mailto:")
# What readers never see: who, when, with what, and what a program kept for itself.
_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
_ROOT = ("/OpenAction", "/AA", "/Collection", "/AF", "/Perms", "/Legal", "/URI")


def clean_pdf(content: bytes) -> bytes:
    """Its pages, bookmarks and tags for reading aloud; raises ``Refused``."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refused(Reason.ENCRYPTED)
        if not 0 < len(reader.pages) <= files.PAGES:
            raise Refused(
                Reason.TOO_MANY_PAGES, f"{len(reader.pages)}", f"{files.PAGES}"
            )
        return _written(reader)
    except _BAD as error:
        raise Refused(Reason.DAMAGED) from error


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    root = writer.root_object
    _check_opening(root)
    for place, item in enumerate(_reachable(root)):
        if place > files.OBJECTS:
            raise Refused(Reason.BOMB, "", f"{files.OBJECTS} objects")
        _check(item)
        _strip(item)
    for key in _ROOT:
        root.pop(key, None)
    writer.compress_identical_objects()
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _check_opening(root: DictionaryObject) -> None:
    names = root.get("/Names")
    names = names.get_object() if names is not None else {}
    if "/JavaScript" in names:
        raise Refused(Reason.ACTIVE, "JavaScript")
    if "/EmbeddedFiles" in names:
        raise Refused(Reason.ENCLOSED)


def _check(item: DictionaryObject) -> None:
    act = _name(item, "/S")
    if act in _ACTS or "/JS" in item or "/XFA" in item:
        raise Refused(Reason.ACTIVE, act.lstrip("/") or "JavaScript")
    if "/EF" in item or _name(item, "/Subtype") in _ENCLOSES:
        raise Refused(Reason.ENCLOSED, _name(item, "/Subtype").lstrip("/"))
    if act == "/URI":
        address = str(item.get("/URI", "")).strip().lower()
        if not address.startswith(_LINKS):
            raise Refused(Reason.EXTERNAL, address[:60])


def _name(item: DictionaryObject, key: str) -> str:
    value = item.get(key)
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return str(value) if isinstance(value, NameObject) else ""


def _strip(item: DictionaryObject) -> None:
    for key in _TELLS:
        item.pop(key, None)
    if isinstance(item, StreamObject) and _filter(item) == "/DCTDecode":
        # A photograph keeps what its camera wrote, also inside a PDF.
        item._data = without_metadata(item._data)


def _filter(item: StreamObject) -> str:
    """Its only filter; "" where there are others before."""
    found: Any = item.get("/Filter")
    found = found.get_object() if found is not None else ""
    if isinstance(found, ArrayObject):
        found = found[0].get_object() if len(found) == 1 else ""
    return str(found)


def _reachable(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary and stream a reader can come to, each once."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        item = item.get_object() if isinstance(item, IndirectObject) else item
        if id(item) in seen or not isinstance(item, DictionaryObject | ArrayObject):
            continue
        seen.add(id(item))
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(item.values())
        else:
            waiting.extend(item)
