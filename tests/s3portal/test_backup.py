"""Back up, destroy, restore: every table and file, on the database that is tested."""

import gzip
import hashlib
import io
import json
import stat
import tarfile
from dataclasses import asdict
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from s3portal.backup import BackupError, archive, service
from s3portal.backup.archive import Header, Manifest
from sources.models import Snapshot
from sources.snapshots import keep_stream
from tests.factories import RegionFactory, UserFactory, VintageFactory

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def table_digests() -> dict[str, str]:
    """What is in every table, whatever the order of its rows."""
    digests = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # a table's name
            rows = sorted(map(repr, cursor.fetchall()))
            digests[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return digests


def file_digests() -> dict[str, str]:
    return {
        f"{name}/{path.relative_to(folder)}": hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for name, folder in service.folders().items()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def installation(settings, tmp_path, transactional_db) -> Path:
    """Rows of all kinds, a snapshot and an upload; gives the folder VAR_DIR."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.SNAPSHOT_DIR = settings.VAR_DIR / "snapshots"
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "été.png").write_bytes(b"\x89PNG\x00")
    keep_stream([b"geo\ttime\n", b"ES21\t1.5\n"], name="x.tsv")
    RegionFactory(version=2024, code="ES21", name="País Vasco")
    UserFactory()
    VintageFactory.create_batch(3)
    return settings.VAR_DIR


@pytest.fixture
def backup(installation, tmp_path) -> Path:
    call_command("backup", output=tmp_path / "b.tar.gz", verbosity=0)
    return tmp_path / "b.tar.gz"


def destroy() -> None:
    Snapshot.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_vintage")
        cursor.execute("UPDATE regions_region SET code = 'XX99' WHERE code = 'ES21'")
    for folder in service.folders().values():
        for path in list(folder.rglob("*")):
            if path.is_file():
                path.unlink()
    (service.folders()["media"] / "new.txt").write_text("made since")


def test_everything_comes_back(backup, installation):
    tables, files = table_digests(), file_digests()
    assert len(files) == 2
    destroy()
    assert table_digests() != tables
    call_command("restore", backup, yes=True, verbosity=0)
    assert table_digests() == tables
    assert file_digests() == files
    # Nothing of the work is left behind, and the database works on.
    assert sorted(path.name for path in installation.iterdir()) == [
        "media",
        "snapshots",
    ]
    RegionFactory(version=2024, code="ES22")


def test_a_backup_is_for_its_owner_alone(backup, installation):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [
        path.name for path in backup.parent.iterdir() if "s3portal" in path.name
    ] == []


def test_what_is_in_a_backup(backup):
    with tarfile.open(backup) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    assert (names[0], names[-1]) == ("header.json", "manifest.json")
    assert manifest["rows"]["regions_region"] >= 1
    assert manifest["rows"]["sources_snapshot"] >= 1
    assert "media/photos/été.png" in manifest["digests"]
    assert "sources.0001_initial" in manifest["migrations"]


def test_the_default_place(installation, capsys):
    call_command("backup")
    (made,) = (installation / "backups").iterdir()
    assert made.name in capsys.readouterr().out


def test_data_are_not_replaced_unasked(backup):
    tables = table_digests()
    with pytest.raises(CommandError, match=r"holds data, .* --yes"):
        call_command("restore", backup)
    assert table_digests() == tables


def test_a_failing_restore_changes_nothing(backup, monkeypatch):
    destroy()
    tables, files = table_digests(), file_digests()
    engine = type(service.engine())

    def fails(self, source):
        raise BackupError("pg_restore failed")

    monkeypatch.setattr(engine, "restore", fails)
    with pytest.raises(CommandError, match="pg_restore failed"):
        call_command("restore", backup, yes=True)
    assert table_digests() == tables
    assert file_digests() == files


def refused(path: Path, words: str) -> None:
    tables, files = table_digests(), file_digests()
    with pytest.raises(CommandError, match=words):
        call_command("restore", path, yes=True, verbosity=0)
    assert (table_digests(), file_digests()) == (tables, files)


def test_a_damaged_archive_is_refused(backup, tmp_path):
    data = bytearray(gzip.decompress(backup.read_bytes()))
    place = data.index(b"ES21\t1.5")
    data[place] ^= 1
    (tmp_path / "damaged").write_bytes(gzip.compress(bytes(data)))
    refused(tmp_path / "damaged", "is damaged: snapshots/")


def test_a_cut_archive_is_refused(backup, tmp_path):
    (tmp_path / "cut").write_bytes(backup.read_bytes()[:-200])
    refused(tmp_path / "cut", "damaged")


@pytest.mark.parametrize("content", [b"", b"no archive at all"])
def test_another_file_is_refused(installation, tmp_path, content):
    (tmp_path / "other").write_bytes(content)
    refused(tmp_path / "other", "is damaged or no backup")


def test_a_missing_file_is_refused(installation, tmp_path):
    refused(tmp_path / "none", "is not there")


def make(path: Path, *, header: dict | None = None, **members: bytes) -> Path:
    """An archive by hand: whatever a wrong one may hold."""
    sound = asdict(Header(connection.vendor, "0.1.0", "2026-01-01T00:00:00+00:00"))
    content = {"header.json": json.dumps(sound | (header or {})).encode(), **members}
    with tarfile.open(path, "w:gz") as tar:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    "name", ["../escape", "media/../../escape", "/etc/escape", "other/x", "media"]
)
def test_a_path_that_leads_out_is_refused(installation, tmp_path, name):
    refused(make(tmp_path / "evil", **{name: b"x"}), "no backup holds")
    assert list(tmp_path.rglob("*escape*")) == []


def test_a_link_is_refused(installation, tmp_path):
    path = make(tmp_path / "first")
    with tarfile.open(tmp_path / "evil", "w:gz") as tar:
        with tarfile.open(path) as source:
            info = source.getmember("header.json")
            tar.addfile(info, source.extractfile(info))
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    refused(tmp_path / "evil", "no backup holds")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"kind": "other"}, "no backup of this portal"),
        ({"format": 99, "version": "9.9"}, r"another version of the portal \(9.9\)"),
    ],
)
def test_a_foreign_archive_is_refused(installation, tmp_path, header, words):
    refused(make(tmp_path / "foreign", header=header), words)


def test_the_other_kind_of_database_is_refused(installation, tmp_path):
    other = {"vendor": OTHER[connection.vendor]}
    refused(make(tmp_path / "other", header=other), "The backup is of")


def test_a_newer_archive_is_refused(installation, tmp_path):
    database = b"x"
    digests = {"database": hashlib.sha256(database).hexdigest()}
    manifest = Manifest(["regions.9999_from_the_future"], {}, digests)
    members = {
        "database": database,
        "manifest.json": json.dumps(asdict(manifest)).encode(),
    }
    refused(make(tmp_path / "newer", **members), "regions.9999_from_the_future")


def test_an_archive_without_end_is_refused(installation, tmp_path):
    refused(make(tmp_path / "short", database=b"x"), "has no end")


def test_an_unfinished_backup_has_no_name(installation, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "write", full)
    with pytest.raises(CommandError, match=r"There is no backup: .* No space left"):
        call_command("backup", output=tmp_path / "b.tar.gz")
    assert not (tmp_path / "b.tar.gz").exists()
