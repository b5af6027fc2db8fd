"""The archive: a compressed tar whose first member says what it is, the last what
it must hold. Pure of Django.

``header.json``, ``database``, ``media/...``, ``snapshots/...``, ``manifest.json``.
"""

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from s3portal.backup import BackupError

FORMAT = 1
KIND = "s3portal backup"
HEADER, DATABASE, MANIFEST = "header.json", "database", "manifest.json"
FOLDERS = ("media", "snapshots")
CHUNK = 1 << 20
SMALL = 64 << 20  # bytes of a JSON member at most

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Header:
    """What the archive is, readable before the rest is unpacked."""

    vendor: str
    version: str
    created: str
    kind: str = KIND
    format: int = FORMAT


@dataclass
class Manifest:
    """What the archive must hold: rows by table, SHA-256 by member."""

    migrations: list[str]
    rows: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)


class _Digesting:
    """A file for reading that notes the digest of what went through."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.sha256.update(chunk)
        return chunk


def write(
    target: IO[bytes],
    *,
    header: Header,
    manifest: Manifest,
    members: Iterable[tuple[str, Path]],
    progress: Progress,
) -> None:
    """Write everything; the manifest gets the digest of the bytes that went in."""
    with tarfile.open(fileobj=target, mode="w:gz", compresslevel=6) as tar:
        _add_json(tar, HEADER, asdict(header))
        for name, path in members:
            with path.open("rb") as file:
                info = tarfile.TarInfo(name)
                info.size = path.stat().st_size
                info.mtime = int(path.stat().st_mtime)
                reading = _Digesting(file)
                tar.addfile(info, reading)
                manifest.digests[name] = reading.sha256.hexdigest()
                progress(name, info.size)
        _add_json(tar, MANIFEST, asdict(manifest))


def _add_json(tar: tarfile.TarFile, name: str, content: dict[str, Any]) -> None:
    data = json.dumps(content, indent=1).encode()
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, BytesIO(data))


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """The archive; whatever is wrong with the file is one sentence."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            yield tar
    except FileNotFoundError:
        raise BackupError(f"{path} is not there.") from None
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise BackupError(f"{path} is damaged or no backup ({error}).") from None


def read_header(path: Path) -> Header:
    with _opened(path) as tar:
        return _header(tar, path)


def unpack(path: Path, folder: Path, *, progress: Progress) -> tuple[Header, Manifest]:
    """Unpack into an empty folder and prove that all bytes are as they were written."""
    digests: dict[str, str] = {}
    manifest: Manifest | None = None
    with _opened(path) as tar:
        header = _header(tar, path)
        for info in tar:
            if info.name == MANIFEST:
                manifest = Manifest(**_read_json(tar, info))
            elif info.name != HEADER:
                digests[info.name] = _extract(tar, info, folder)
                progress(info.name, info.size)
    if manifest is None:
        raise BackupError(f"{path} has no end: it was not written completely.")
    if digests != manifest.digests:
        wrong = sorted(digests.items() ^ manifest.digests.items())[0][0]
        raise BackupError(f"{path} is damaged: {wrong} is not as it was written.")
    return header, manifest


def _header(tar: tarfile.TarFile, path: Path) -> Header:
    info = tar.next()
    if info is None or info.name != HEADER:
        raise BackupError(f"{path} is no backup of this portal.")
    content = _read_json(tar, info)
    if content.get("kind") != KIND:
        raise BackupError(f"{path} is no backup of this portal.")
    if content.get("format") != FORMAT:
        raise BackupError(
            f"{path} was written by another version of the portal "
            f"({content.get('version')}). Restore it with that version."
        )
    return Header(**content)


def _read_json(tar: tarfile.TarFile, info: tarfile.TarInfo) -> dict[str, Any]:
    file = tar.extractfile(info) if info.isreg() and info.size < SMALL else None
    if file is None:
        raise ValueError(f"{info.name} cannot be read")
    content: dict[str, Any] = json.loads(file.read())
    return content


def _extract(tar: tarfile.TarFile, info: tarfile.TarInfo, folder: Path) -> str:
    """Copy one member below the folder and nowhere else; its digest."""
    parts = PurePosixPath(info.name).parts
    is_known = info.name == DATABASE or (len(parts) > 1 and parts[0] in FOLDERS)
    if not (info.isreg() and is_known) or ".." in parts or "\0" in info.name:
        raise BackupError(f"The archive holds {info.name!r}, which no backup holds.")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    file = tar.extractfile(info)
    if file is None:
        raise ValueError(f"{info.name} cannot be read")
    reading = _Digesting(file)
    with target.open("xb") as out:
        while chunk := reading.read(CHUNK):
            out.write(chunk)
    return reading.sha256.hexdigest()
