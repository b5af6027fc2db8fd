"""This machine: settings, folders, static files, disk, time, e-mail."""

import posixpath
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.db import connection

from s3portal.doctor import Finding, Options, check, fail, ok, warn

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
LEAST_FREE, COMFORTABLE = 1 << 30, 5 << 30  # bytes
MOST_DRIFT = 5.0  # seconds
SHORTEST_KEY = 50


@check("settings")
def deployment(_options: Options) -> Finding:
    found = checks.run_checks(include_deployment_checks=not settings.INSECURE_LOCAL)
    serious = [item for item in found if item.level >= checks.WARNING]
    if serious:
        said = "; ".join(
            f"{item.id}: {item.msg.split('. ')[0]}" for item in serious[:3]
        )
        return fail(f"Django finds {len(serious)} faults: {said}.", "Correct them.")
    if settings.DEBUG:
        return warn("DEBUG is on: error pages show settings.", "Set DEBUG=false.")
    if settings.INSECURE_LOCAL:
        return ok("Plain http for this machine only (INSECURE_LOCAL=true).")
    return ok("Fit for a server.")


@check("secret key")
def secret_key(_options: Options) -> Finding:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return fail(
            f"SECRET_KEY has {len(settings.SECRET_KEY)} characters.",
            f"Set it to {SHORTEST_KEY} or more random ones; everybody signs in again.",
        )
    return ok("Long enough.")


@check("host names")
def host_names(_options: Options) -> Finding:
    if settings.INSECURE_LOCAL or set(settings.ALLOWED_HOSTS) - LOCAL:
        return ok(", ".join(settings.ALLOWED_HOSTS))
    return warn(
        "Only this machine's own names are answered.",
        "Set ALLOWED_HOSTS to the portal's host name.",
    )


@check("folders")
def folders(_options: Options) -> Finding:
    folder: Path = settings.VAR_DIR
    mode = folder.stat().st_mode
    if mode & 0o002:
        return fail(f"Everybody may write to {folder}.", f"Run: chmod o-w {folder}")
    for name in ("snapshots", "media"):
        part = folder / name
        if part.exists() and part.stat().st_uid != folder.stat().st_uid:
            return fail(
                f"{part} belongs to another user than {folder}.",
                f"Give both to the portal's user: chown -R <user> {folder}",
            )
    return ok(str(folder))


@check("disk")
def disk(_options: Options) -> Finding:
    free = shutil.disk_usage(settings.VAR_DIR).free
    said = f"{free / (1 << 30):.1f} GiB free under {settings.VAR_DIR}."
    if free < LEAST_FREE:
        return fail(said, "Make room before the next load; delete old backups first.")
    return warn(said, "Make room soon.") if free < COMFORTABLE else ok(said)


@check("static files")
def static_files(_options: Options) -> Finding:
    advice = "Run: python manage.py collectstatic --clear --no-input --ignore redoc"
    names = getattr(staticfiles_storage, "hashed_files", None)
    if names is None:
        return ok("Served without a manifest.")
    if not names:
        return fail(f"Nothing is collected in {settings.STATIC_ROOT}.", advice)
    root = Path(settings.STATIC_ROOT)
    gone = [name for name in names.values() if not (root / name).is_file()]
    if gone:
        return fail(f"{len(gone)} collected files are gone, such as {gone[0]}.", advice)
    sources = {
        posixpath.join(getattr(storage, "prefix", None) or "", path)
        for finder in get_finders()
        for path, storage in finder.list(["redoc"])
    }
    missing = sorted(name for name in sources - names.keys() if "redoc" not in name)
    if missing:
        return fail(
            f"{len(missing)} static files are newer than the collection, such as "
            f"{missing[0]}.",
            advice,
        )
    return ok(f"{len(names)} collected.")


@check("clock")
def clock(_options: Options) -> Finding:
    """The database's clock against this machine's: leases and dates need both."""
    if connection.vendor != "postgresql":
        return ok("One clock.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT abs(extract(epoch FROM clock_timestamp()) - %s)", [time.time()]
        )
        drift = float(cursor.fetchone()[0])
    if drift > MOST_DRIFT:
        return fail(
            f"The database's clock differs by {drift:.0f} seconds.",
            "Let both machines take their time from NTP.",
        )
    return ok(f"{drift:.1f} seconds apart from the database's.")


@check("e-mail")
def e_mail(_options: Options) -> Finding:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend == "smtp" and settings.EMAIL_HOST == "localhost":
        return warn(
            "No mail server is named, so localhost is tried.",
            "Set EMAIL_URL, else nobody can reset a password.",
        )
    if backend in ("console", "dummy", "filebased", "locmem"):
        return warn(f"Mail goes nowhere ({backend}).", "Set EMAIL_URL on a server.")
    return ok(f"Through {settings.EMAIL_HOST}.")
