"""DOCX and XLSX: parts that are known and still, nothing from elsewhere. Pure."""

from typing import Any

from lxml import etree

from practices.uploads.archives import (
    anonymise,
    local,
    packed,
    parts_of,
    picture,
    tree_of,
    written,
)
from practices.uploads.errors import Reason, Refused
from practices.uploads.files import Format

TYPES = "[Content_Types].xml"
_MAIN = {
    Format.DOCX: Format.DOCX.media_type + ".main+xml",
    Format.XLSX: Format.XLSX.media_type + ".main+xml",
}
_LINKS = ("http://", "https://", "mailto:")
# Kept only by pages and people who made it: who, where, with which printer.
_DROPPED = ("docProps/", "customXml/", "xl/printerSettings/", "word/people.xml")
_DROPPED_KINDS = (
    "core-properties", "extended-properties", "custom-properties", "thumbnail",
    "customXml", "printerSettings", "people", "attachedTemplate",
)  # fmt: skip
_MACROS = (
    "vbaproject",
    "vbadata",
    "macrosheets",
    "dialogsheets",
    "activex",
    "ctrlprops",
)
_ENCLOSED = ("embeddings/", "oleobject")
_EXTERNAL = ("externallinks/", "connections.xml", "querytables/", "model/")


def clean_office(content: bytes, kind: Format) -> bytes:
    """The document without what it says of its makers; raises ``Refused``."""
    parts = parts_of(content)
    for name in parts:
        _check_part(name)
    _check_types(parts, kind)
    kept = {name: parts[name] for name in parts if not name.startswith(_DROPPED)}
    return packed({name: _part(name, kept[name]) for name in kept})


def _check_part(name: str) -> None:
    lowered = name.lower()
    for marks, reason in (
        (_MACROS, Reason.MACROS),
        (_ENCLOSED, Reason.ENCLOSED),
        (_EXTERNAL, Reason.EXTERNAL),
    ):
        if any(mark in lowered for mark in marks):
            raise Refused(reason, name[-60:])


def _check_types(parts: dict[str, bytes], kind: Format) -> None:
    """The main part is what the format says, and no part is a program."""
    types = [
        element.get("ContentType", "")
        for element in tree_of(parts.get(TYPES, b""))
        if isinstance(element.tag, str)
    ]
    if any("macro" in text.lower() or "vba" in text.lower() for text in types):
        raise Refused(Reason.MACROS)
    if _MAIN[kind] not in types:
        raise Refused(Reason.UNKNOWN)


def _part(name: str, content: bytes) -> bytes:
    if name == TYPES:
        return _types(tree_of(content))
    if name.endswith(".rels"):
        return _relations(tree_of(content))
    if name.endswith((".xml", ".vml")):
        root = tree_of(content)
        anonymise(root)
        _check_fields(root)
        _forget_dropped(root)
        return written(root)
    return picture(name, content)


def _types(root: Any) -> bytes:
    for element in list(root):
        if element.get("PartName", "").lstrip("/").startswith(_DROPPED):
            root.remove(element)
    return written(root)


def _relations(root: Any) -> bytes:
    """Links a reader may follow stay; whatever is loaded from elsewhere is refused."""
    for element in list(root):
        kind = str(element.get("Type", "")).rpartition("/")[2]
        target = str(element.get("Target", ""))
        if kind in _DROPPED_KINDS:
            root.remove(element)
        elif element.get("TargetMode") == "External" and not (
            kind == "hyperlink" and target.lower().startswith(_LINKS)
        ):
            raise Refused(Reason.EXTERNAL, target[:60])
    return written(root)


def _forget_dropped(root: Any) -> None:
    """What names a part that was left out: Office would call the document damaged."""
    for element in list(root.iter(etree.Element)):
        name = local(element.tag)
        if name == "attachedTemplate":
            element.getparent().remove(element)
        elif name == "pageSetup":
            for attribute in [a for a in element.attrib if local(a) == "id"]:
                del element.attrib[attribute]


# Fields that fetch or start something when a document is opened.
_FIELDS = ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK")


def _check_fields(root: Any) -> None:
    told: list[str] = []
    for element in root.iter():
        name = local(element.tag)
        if name == "altChunk":
            raise Refused(Reason.ENCLOSED, name)
        if name == "instrText":
            told.append(element.text or "")
        elif name == "fldSimple":
            told.append(_attribute(element, "instr") + "\n")
        elif name == "fldChar":
            told.append("\n")
    for line in "".join(told).splitlines():
        words = line.split()
        if words and words[0].upper() in _FIELDS:
            raise Refused(Reason.EXTERNAL, words[0])


def _attribute(element: Any, wanted: str) -> str:
    found = [v for name, v in element.attrib.items() if local(name) == wanted]
    return str(found[0]) if found else ""
