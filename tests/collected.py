"""The static files as readers get them: collected once for a state of the files.

To hash and compress them takes twenty seconds of the processor, and each of pytest's
processes serves a portal with them.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import ROOT, one_at_a_time

COMMAND = "collectstatic --no-input -v 0 -i redoc"
MADE_BY = ("requirements.txt", "package-lock.json", "s3portal/staticfiles.py")


def static_root() -> Path:
    """The folder for ``STATIC_ROOT``; nobody may write to it."""
    folder = Path(tempfile.gettempdir()) / f"s3portal_static_{os.getuid()}_{_state()}"
    with one_at_a_time():
        if not folder.exists():
            for old in folder.parent.glob(f"s3portal_static_{os.getuid()}_*"):
                shutil.rmtree(old)
            part = folder.with_suffix(".part")
            subprocess.run(
                [sys.executable, "manage.py", *COMMAND.split()],
                cwd=ROOT,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "s3portal.settings",
                    "STATIC_ROOT": str(part),
                },
                check=True,
                stdout=subprocess.DEVNULL,
            )
            part.rename(folder)
    return folder


def _state() -> str:
    content = hashlib.sha256()
    # Without Node's package the larger bundle of the Python package is served.
    content.update(str((ROOT / "node_modules").exists()).encode())
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    for path in sorted([*files, *(ROOT / name for name in MADE_BY)]):
        content.update(str(path.relative_to(ROOT)).encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:16]
