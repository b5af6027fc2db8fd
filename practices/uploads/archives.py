"""Documents that are archives: bounds before a byte is unpacked. Pure."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from practices.uploads import files
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Format
from practices.uploads.images import clean_image

_DRIVE = re.compile(r"^[A-Za-z]:")
_ONLY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PICTURES = {"jpg": Format.JPEG, "jpeg": Format.JPEG, "png": Format.PNG}
_PERSONS = ("author", "initials", "userId", "providerId", "displayName")
# RuntimeError and NotImplementedError: encrypted, or packed in a strange way.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError,
    ValueError, OSError, EOFError,
)  # fmt: skip


def parts_of(content: bytes) -> dict[str, bytes]:
    """All parts of an archive by name; raises ``Refused`` before it grows."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check(entries)
            return {
                entry.filename: _read(archive, entry)
                for entry in entries
                if not entry.is_dir()
            }
    except UNREADABLE as error:
        raise Refused(Reason.DAMAGED) from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > files.ENTRIES:
        raise Refused(Reason.BOMB, f"{len(entries)} parts", f"{files.ENTRIES} parts")
    if len(set(names)) != len(names):
        raise Refused(Reason.DAMAGED)
    for entry in entries:
        _check_name(entry.filename)
        if entry.flag_bits & 1:
            raise Refused(Reason.ENCRYPTED)
        if entry.compress_type not in _ONLY:
            raise Refused(Reason.DAMAGED)
        limit = max(files.RATIO_FROM, entry.compress_size * files.RATIO)
        if entry.file_size > limit:
            raise Refused(Reason.BOMB, entry.filename[-60:])
    if sum(entry.file_size for entry in entries) > files.UNPACKED:
        raise Refused(Reason.BOMB, "", f"{files.UNPACKED // files.MEGABYTE} MB")


def _check_name(name: str) -> None:
    strange = (
        name.startswith(("/", "\\"))
        or "\\" in name
        or "\x00" in name
        or _DRIVE.match(name)
        or ".." in name.split("/")
    )
    if strange:
        raise Refused(Reason.STRANGE_NAME, name[:60])


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Not a byte more than the entry promises: a promise may be a lie."""
    with archive.open(entry) as part:
        content = part.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise Refused(Reason.BOMB, entry.filename[-60:])
    return content


def packed(parts: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """A new archive: no comment, no times, nothing between its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)  # of 1980
            is_stored = name == stored
            entry.compress_type = (
                zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, content)
    return target.getvalue()


def tree_of(content: bytes) -> Any:
    """The root of an XML part; entities and documents elsewhere are refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(Reason.DAMAGED) from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        raise Refused(Reason.ENTITIES)
    return root


def written(root: Any) -> bytes:
    tree = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(tree)


def picture(name: str, content: bytes) -> bytes:
    """An image inside a document, cleaned as one beside it is."""
    kind = _PICTURES.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise Refused(Reason.PICTURE, name[-60:])
    return clean_image(content, kind).content


def anonymise(root: Any) -> None:
    """Who wrote, changed or commented it: attributes and elements lose the name."""
    for element in root.iter(etree.Element):
        for attribute in list(element.attrib):
            if local(attribute) in _PERSONS:
                element.set(attribute, "")
        if local(element.tag) in ("creator", "initial-creator", "lastModifiedBy"):
            element.text = ""


def local(name: Any) -> str:
    """A name without its namespace; "" for comments and the like."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
