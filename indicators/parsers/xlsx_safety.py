"""What a workbook must be before it is opened: small unpacked, plain XML inside."""

import re
import zipfile

from indicators.parsers.errors import ParseError

MOST_PARTS = 2_000
MOST_BYTES = 512 << 20  # of all parts, unpacked
MOST_SHARED = 64 << 20  # of the part that openpyxl holds in memory
_HEAD = 1 << 16
_PIECE = 1 << 20
_OVERLAP = 1 << 10
_XML = (".xml", ".rels", ".vml")
_STREAMED = "xl/worksheets/"
_NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
_ROOT = re.compile(rb"<[A-Za-z_]")
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# A formula whose result was never stored: <c r="C17"><f>A1</f></c>.
_UNCOMPUTED = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_ADVICE = "Save the sheet as CSV (UTF-8) and use that."


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raise ParseError for what is no workbook, or one that is meant to do harm.

    ``zipfile`` never unpacks more of a part than its directory announces, so the
    announced sizes can be relied on.
    """
    parts = archive.infolist()
    if not archive.NameToInfo.keys() >= _NEEDED:
        raise ParseError(
            "a ZIP archive that is no XLSX workbook",
            advice="Unpack it, or save the workbook as XLSX.",
        )
    if len(parts) > MOST_PARTS:
        raise ParseError(f"a workbook of {len(parts)} parts", advice=_ADVICE)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES:
        raise ParseError(
            f"a workbook of {unpacked >> 20} MiB when unpacked, more than "
            f"{MOST_BYTES >> 20} MiB",
            advice=_ADVICE,
        )
    for part in parts:
        _check_part(archive, part)


def uncomputed_formulas(archive: zipfile.ZipFile, part: str) -> set[str]:
    """Addresses of cells with a formula and no result, in one sheet's part."""
    found: set[str] = set()
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            text = rest + piece
            found.update(address.decode() for address in _UNCOMPUTED.findall(text))
            rest = text[-_OVERLAP:]
    return found


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise ParseError("an encrypted workbook", advice="Save it without password.")
    name = part.filename
    if not name.endswith(_XML):
        return
    if part.file_size > MOST_SHARED and not name.startswith(_STREAMED):
        raise ParseError(
            f"{part.file_size >> 20} MiB of texts in {name}",
            advice=_ADVICE,
        )
    with archive.open(part) as file:
        head = file.read(_HEAD)
    if b"\0" in head or _TYPE.search(head) or not _ROOT.search(head):
        raise ParseError(
            f"XML with a document type or in a strange encoding ({name})",
            advice=f"No spreadsheet program writes that. {_ADVICE}",
        )
