"""Bytes as retrieved: once, under their digest, complete or not at all."""

import hashlib

import pytest
from django.db import DatabaseError

from sources.models import Snapshot
from sources.snapshots import CHUNK, keep_file, keep_stream

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    return settings.SNAPSHOT_DIR


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_bytes_lie_under_their_digest(folder):
    snapshot = keep_stream(
        [b"geo\\time", b"", b"\t2020"], name="a.tsv", url="http://x/"
    )
    whole = b"geo\\time\t2020"
    assert snapshot.sha256 == hashlib.sha256(whole).hexdigest()
    assert snapshot.path == folder / snapshot.sha256[:2] / snapshot.sha256
    assert snapshot.path.read_bytes() == whole
    assert (snapshot.size, snapshot.name, snapshot.url) == (13, "a.tsv", "http://x/")
    assert files(folder) == [snapshot.sha256]
    assert str(snapshot) == f"a.tsv ({snapshot.sha256[:12]})"


def test_equal_bytes_are_one_snapshot_however_they_arrive(folder, tmp_path):
    first = keep_stream([b"ab", b"c"], name="first.tsv", url="http://x/")
    path = tmp_path / "second.tsv"
    path.write_bytes(b"abc")
    assert keep_file(path) == first
    assert Snapshot.objects.get().name == "first.tsv"
    assert files(folder) == [first.sha256]
    assert keep_stream([b"abd"], name="third.tsv") != first
    assert len(files(folder)) == 2


def test_a_lost_file_is_put_back(folder):
    first = keep_stream([b"abc"], name="a.tsv")
    first.path.unlink()
    assert keep_stream([b"abc"], name="a.tsv").path.read_bytes() == b"abc"


def test_a_file_larger_than_a_chunk_is_whole(tmp_path):
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(range(256)) * (CHUNK // 256 * 2 + 1))
    snapshot = keep_file(path)
    assert snapshot.size == path.stat().st_size
    assert snapshot.path.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_an_interrupted_stream_leaves_nothing(folder, error):
    def chunks():
        yield b"half"
        raise error("gone")

    with pytest.raises(error):
        keep_stream(chunks(), name="a.tsv")
    assert files(folder) == []
    assert Snapshot.objects.count() == 0


def test_a_row_never_stands_without_its_file(folder, monkeypatch):
    """The file comes first: if the row fails, only bytes nobody refers to stay."""
    monkeypatch.setattr(
        Snapshot.objects, "get_or_create", _raise(DatabaseError("disk full"))
    )
    with pytest.raises(DatabaseError):
        keep_stream([b"abc"], name="a.tsv")
    assert files(folder) == [hashlib.sha256(b"abc").hexdigest()]


def _raise(error: Exception):
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def test_long_names_and_addresses_are_cut_to_their_columns():
    snapshot = keep_stream([b"x"], name="n" * 300, url="http://x/" + "u" * 2000)
    assert (len(snapshot.name), len(snapshot.url)) == (255, 1000)
