"""The portal's own settings, with an environment fit for tests.

What is set here wins over a developer's ``.env``: a test never meets the data,
queue or key of the portal that runs beside it. ``DATABASE_URL`` of the shell is kept
(tests run in a database of their own beside it); Redis only as ``REDIS_URL_TEST``,
since tests empty it.
"""

import atexit
import os
import re
import shutil
import tempfile

# Each of xdist's workers has a folder, a database and a Redis database of its own.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
VAR = tempfile.mkdtemp(prefix="s3portal-tests-")
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
os.environ["VAR_DIR"] = VAR
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789" * 5
os.environ["INSECURE_LOCAL"] = "true"
os.environ["DEBUG"] = "false"
os.environ["DATABASE_URL"] = (
    os.environ.get("DATABASE_URL") or f"sqlite:///{VAR}/portal.db"
)
REDIS = os.environ.get("REDIS_URL_TEST", "")  # such as redis://127.0.0.1:6379/15
os.environ["REDIS_URL"] = re.sub(r"\d+$", lambda n: str(int(n[0]) - WORKER), REDIS)

from s3portal.settings import *  # noqa: E402, F403  # the environment comes first
from s3portal.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402  # as above

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads see one another's commits, WAL is real.
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR}/test.db"}
# WhiteNoise warns of a folder that is not there, and a warning is an error.
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FETCH_BACKOFF = 0.01
