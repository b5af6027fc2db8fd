"""ODT: text, styles and pictures; no scripts, no objects, no makers. Pure."""

from typing import Any

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

MANIFEST = "META-INF/manifest.xml"
_DROPPED = (
    "meta.xml", "settings.xml", "Thumbnails/", "Configurations2/", "layout-cache",
    "META-INF/documentsignatures.xml", "manifest.rdf",
)  # fmt: skip
_LINKS = ("http://", "https://", "mailto:", "#")
_ACTIVE = ("script", "event-listener", "applet", "plugin", "floating-frame")
_ENCLOSED = ("object-ole",)


def clean_opendocument(content: bytes) -> bytes:
    parts = parts_of(content)
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in parts):
        raise Refused(Reason.MACROS)
    if "content.xml" not in parts or MANIFEST not in parts:
        raise Refused(Reason.DAMAGED)
    kept = {name: parts[name] for name in parts if not name.startswith(_DROPPED)}
    first = {"mimetype": kept.pop("mimetype")}
    cleaned = {name: _part(name, content) for name, content in kept.items()}
    return packed({**first, **cleaned}, stored="mimetype")


def _part(name: str, content: bytes) -> bytes:
    if not name.endswith(".xml"):
        return picture(name, content)
    root = tree_of(content)
    if name == MANIFEST:
        _shorten(root)
    else:
        anonymise(root)
        for element in root.iter():
            _check(element)
    return written(root)


def _shorten(manifest: Any) -> None:
    """Without what was left out; encrypted parts are named here too."""
    for entry in list(manifest):
        if any(local(child.tag) == "encryption-data" for child in entry):
            raise Refused(Reason.ENCRYPTED)
        path = [v for name, v in entry.attrib.items() if local(name) == "full-path"]
        if path and str(path[0]).startswith(_DROPPED):
            manifest.remove(entry)


def _check(element: Any) -> None:
    name = local(element.tag)
    if name in _ACTIVE:
        raise Refused(Reason.ACTIVE, name)
    if name in _ENCLOSED:
        raise Refused(Reason.ENCLOSED, name)
    for attribute, value in element.attrib.items():
        if local(attribute) == "href" and not _is_near(name, value):
            raise Refused(Reason.EXTERNAL, value[:60])


def _is_near(name: str, address: str) -> bool:
    """Within the document, or a link that a reader follows."""
    if name == "a":
        return address.lower().startswith(_LINKS)
    is_elsewhere = ":" in address or address.startswith(("/", "\\", ".."))
    return not is_elsewhere
