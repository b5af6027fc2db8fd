"""Back up an installation, and put one back: all of it or nothing."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from s3portal.backup import BackupError, archive
from s3portal.backup.archive import Header, Manifest, Progress
from s3portal.backup.databases import engine, row_counts

# Filled by migrate alone, so rows in them are nobody's work.
FURNITURE = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "django_site",
}


def folders() -> dict[str, Path]:
    """The folders of files that belong to the database's rows."""
    return {"media": Path(settings.MEDIA_ROOT), "snapshots": settings.SNAPSHOT_DIR}


def default_path(now: datetime | None = None) -> Path:
    moment = f"{now or timezone.now():%Y-%m-%dT%H%M%SZ}"
    folder: Path = settings.VAR_DIR / "backups"
    return folder / f"s3portal-{moment}.tar.gz"


def back_up(target: Path, *, progress: Progress) -> Manifest:
    """Write the archive; under its name there is a whole one or none. Mode 600.

    The database first: files never change and are kept before their row, so all that
    the rows speak of is in the folders a moment later.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(target.parent) as scratch:
        manifest = engine().dump(scratch / archive.DATABASE)
        header = Header(
            vendor=engine().vendor,
            version=settings.PORTAL_VERSION,
            created=timezone.now().isoformat(timespec="seconds"),
        )
        partial = scratch / "archive"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            archive.write(
                file,
                header=header,
                manifest=manifest,
                members=_members(scratch),
                progress=progress,
            )
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    return manifest


def restore(path: Path, *, is_overwrite_allowed: bool, progress: Progress) -> Manifest:
    """Put the archive's content in the place of what is here.

    Everything is unpacked and proved first. The database is replaced in one
    transaction; when that fails the folders are put back as they were.
    """
    _require_same_engine(archive.read_header(path))
    if not is_overwrite_allowed and has_data():
        raise BackupError(
            "This installation holds data, which a restore replaces. "
            "Back it up, then repeat the command with --yes."
        )
    with _scratch(settings.VAR_DIR) as scratch:
        _header, manifest = archive.unpack(path, scratch, progress=progress)
        _require_known_migrations(manifest)
        with _switched_folders(scratch):
            engine().restore(scratch / archive.DATABASE)
            _require_counts(manifest)
    cache.clear()
    return manifest


def has_data() -> bool:
    return any(rows for name, rows in row_counts().items() if name not in FURNITURE)


def pending_migrations() -> list[str]:
    """Migrations this version has and the database has not."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    missing = loader.graph.nodes.keys() - loader.applied_migrations.keys()
    return sorted(f"{app}.{name}" for app, name in missing)


def _members(scratch: Path) -> Iterator[tuple[str, Path]]:
    yield archive.DATABASE, scratch / archive.DATABASE
    for name, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            # A download that is still under way has no name yet.
            if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _require_same_engine(header: Header) -> None:
    if header.vendor != engine().vendor:
        raise BackupError(
            f"The backup is of {header.vendor}, this installation uses "
            f"{engine().vendor}. Restore it where DATABASE_URL names the same kind."
        )


def _require_known_migrations(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup was made by a newer version of the portal, with {unknown[0]}. "
            "Upgrade the portal first."
        )


def _require_counts(manifest: Manifest) -> None:
    found = row_counts()
    for name, rows in manifest.rows.items():
        if found.get(name) != rows:
            raise BackupError(
                f"After the restore {name} has {found.get(name)} rows, not {rows}."
            )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder on the same disk as the target, gone at the end."""
    path = Path(tempfile.mkdtemp(prefix=".s3portal-", dir=folder))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _switched_folders(scratch: Path) -> Iterator[None]:
    """The unpacked folders in the place of the live ones; back again on an error."""
    moved: list[tuple[Path, Path]] = []
    try:
        for name, live in folders().items():
            live.mkdir(parents=True, exist_ok=True)
            (scratch / name).mkdir(exist_ok=True)
            aside = live.with_name(f".{live.name}-before-restore")
            shutil.rmtree(aside, ignore_errors=True)
            live.rename(aside)
            moved.append((live, aside))
            (scratch / name).rename(live)
        yield
    except BaseException:
        for live, aside in moved:
            shutil.rmtree(live, ignore_errors=True)
            aside.rename(live)
        raise
    for _live, aside in moved:
        shutil.rmtree(aside, ignore_errors=True)
