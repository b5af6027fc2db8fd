"""No room left while a snapshot is written: a disk that is really full."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from sources.models import Snapshot
from tests.faults.portal import NEW, NEW_SHOWN, OLD_SHOWN, row, shown, state, story
from tests.sources.workers import eventually

pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]

ROOM = 64 * 1024  # bytes
FULL = ("No space left on device", "File too large")


@contextmanager
def little_room(folder: Path, worker: int) -> Iterator[None]:
    """A tiny file system in the folder's place; for who may not mount one, a worker
    that may not write a larger file. Both refuse the write itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mount = f"mount -t tmpfs -o size={ROOM} tmpfs {folder}".split()
    if os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    before = _limit(worker, (ROOM, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        _limit(worker, before)


def _limit(worker: int, limits: tuple[int, int]) -> tuple[int, int]:
    children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
    for process in (*map(int, children), worker):
        before = resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    return before


def test_a_full_disk_is_said_and_the_load_comes_when_there_is_room(portal):
    code = portal.loaded()
    bulky = os.urandom(4 * ROOM)
    portal.source.server.datasets[code.upper()] = bulky
    before = Snapshot.objects.count()
    with little_room(settings.SNAPSHOT_DIR, portal.crew.worker):
        run = portal.ask(code)
        eventually(lambda: row(run).attempt == 2, "the first attempt")
        assert not [*settings.SNAPSHOT_DIR.rglob("*.part")]
        assert shown(code) == OLD_SHOWN
        told = story(run)
        assert any(reason in told for reason in FULL)
        assert "Make room on the disk of VAR_DIR" in told
        assert Snapshot.objects.count() == before
        assert state(run) == "queued"
        portal.source.serve(code, NEW)
    assert shutil.disk_usage(settings.SNAPSHOT_DIR).free > ROOM
    portal.reaches(run, "loaded", sweeping=True)
    assert shown(code) == NEW_SHOWN
