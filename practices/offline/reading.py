"""Texts from a filled-in form; what belongs to no field is kept beside. Pure."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from practices.offline.asking import EVIDENCE, Filled
from practices.uploads import Format, Reason, Refused, clean
from practices.uploads.archives import parts_of, tree_of

MOST_BYTES = 5_000_000
MOST_ROWS = 1000
MOST_TEXT = 400_000  # characters of all fields
MOST_PIECES = 30
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEY = re.compile(r"\[([a-z_]+(?:\.\d{1,3}\.[a-z_]+)?)\]\s*$", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " "}
Pair = tuple[str, str]


def read(content: bytes, known: Iterable[str]) -> Filled:
    """``known`` are the texts of the empty form. Raises ``Refused``."""
    if len(content) > MOST_BYTES:
        found, limit = f"{len(content) / 1e6:.1f}", f"{MOST_BYTES // 1_000_000}"
        raise Refused(Reason.TOO_LARGE, found, limit)
    if not content:
        raise Refused(Reason.EMPTY)
    own = {_single(text) for text in known}
    if content.startswith(b"PK\x03\x04"):
        pairs = _of_docx(content, own)
    else:
        pairs = _of_csv(content)
    return _filled(pairs)


def _filled(pairs: Iterable[Pair]) -> Filled:
    """By key; of what is said twice, the first counts and the rest is left."""
    fields: dict[str, str] = {}
    pieces: dict[str, dict[str, str]] = {}
    left: list[str] = []
    length = 0
    for key, text in pairs:
        length += len(text)
        if length > MOST_TEXT:
            raise Refused(Reason.BOMB, "", f"{MOST_TEXT}")
        name, _dot, rest = key.partition(".")
        number, _dot, part = rest.partition(".")
        is_piece = name == EVIDENCE and bool(part)
        if is_piece and number not in pieces and len(pieces) == MOST_PIECES:
            is_piece, key = False, ""
        place = pieces.setdefault(number, {}) if is_piece else fields
        name = part if is_piece else key
        if key and name not in place:
            place[name] = text
        elif text:
            left.append(f"{key}: {text}" if key else text)
    said = [piece for piece in pieces.values() if any(piece.values())]
    told = {name: text for name, text in fields.items() if text}
    return Filled(told, said, left)


def _of_csv(content: bytes) -> Iterator[Pair]:
    text = _decoded(content)
    if text.lstrip()[:1] == "<":
        raise Refused(Reason.MARKUP)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Refused(Reason.DAMAGED) from error
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if "field" not in names or "value" not in names:
        raise Refused(Reason.UNKNOWN)
    if len(rows) > MOST_ROWS:
        raise Refused(Reason.BOMB, f"{len(rows)} rows", f"{MOST_ROWS}")
    key, value = names.index("field"), names.index("value")
    for row in rows[1:]:
        if len(row) <= max(key, value):
            yield "", _tidy(" ".join(row))
            continue
        # What stands right of the last column would be lost otherwise.
        yield row[key].strip().lower(), _tidy(row[value])
        yield "", _tidy(" ".join(row[len(names) :]))


def _decoded(content: bytes) -> str:
    """As spreadsheets save it: UTF-8, UTF-16 with its mark, or of western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise Refused(Reason.UNKNOWN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_docx(content: bytes, known: Collection[str]) -> Iterator[Pair]:
    """Rows of tables first, then what stands outside of them."""
    cleaned = clean(content)
    if cleaned.format is not Format.DOCX:
        raise Refused(Reason.UNKNOWN)
    body = tree_of(parts_of(cleaned.content)["word/document.xml"])
    rows = [row for row in body.iter(f"{_W}tr") if not _is_within(row, "tc")]
    if len(rows) > MOST_ROWS:
        raise Refused(Reason.BOMB, f"{len(rows)} rows", f"{MOST_ROWS}")
    for row in rows:
        yield from _row(row, known)
    for paragraph in body.iter(f"{_W}p"):
        text = _said(paragraph)
        if text and not _is_within(paragraph, "tc") and _single(text) not in known:
            yield "", text


def _row(row: Any, known: Collection[str]) -> Iterator[Pair]:
    """The key at the end of the first paragraph, and the text of the other cells."""
    cells = [cell for cell in row.iter(f"{_W}tc") if _owner(cell) is row]
    lines = [_said(paragraph) for cell in cells[:1] for paragraph in _own(cell)]
    text = _tidy("\n".join(_said(p) for cell in cells[1:] for p in _own(cell)))
    found = next((match for line in lines if (match := _KEY.search(line))), None)
    if found:
        yield found[1], text
    elif text and _single(text) not in known:
        yield "", text
    for line in lines:
        if line and _single(line) not in known and not _KEY.search(line):
            yield "", line


def _own(cell: Any) -> Iterator[Any]:
    """All paragraphs of a cell, those of tables within it too."""
    yield from cell.iter(f"{_W}p")


def _owner(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"), None)


def _is_within(element: Any, name: str) -> bool:
    return next(element.iterancestors(_W + name), None) is not None


def _said(paragraph: Any) -> str:
    """Its text as a reader sees it: with insertions, without what was deleted."""
    pieces = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _BREAKS and not _is_within(element, "tabs"):
            pieces.append(_BREAKS[element.tag])
    return _tidy("".join(pieces))


def _tidy(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _single(text: str) -> str:
    return " ".join(text.split())
