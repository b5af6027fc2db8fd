"""What runs: database, cache, broker, worker, beat."""

import sqlite3
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from s3portal import health
from s3portal.backup.service import pending_migrations
from s3portal.celery import app
from s3portal.doctor import Finding, Options, check, fail, ok, warn

OLDEST_POSTGRES = 14_00_00
BEAT_SILENT = timedelta(minutes=15)  # it asks for the sweep every minute
MIGRATE = "Run: python manage.py migrate"


@check("database")
def database(_options: Options) -> Finding:
    found = health.check("database")
    if not found.ok:
        return fail(found.message, "Nothing else works before this does.")
    return ok(f"{connection.display_name} answers in {found.milliseconds} ms.")


@check("database version")
def database_version(_options: Options) -> Finding:
    if connection.vendor != "postgresql":
        return ok(f"SQLite {sqlite3.sqlite_version}: one machine, few writers.")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
    if number < OLDEST_POSTGRES:
        return fail(f"PostgreSQL {number // 10000} is too old.", "Upgrade to 15.")
    return ok(f"PostgreSQL {number // 10000}.{number % 10000}")


@check("migrations")
def migrations(_options: Options) -> Finding:
    if pending := pending_migrations():
        return fail(f"{len(pending)} are not applied, such as {pending[0]}.", MIGRATE)
    return ok("All applied.")


@check("cache")
def cache(_options: Options) -> Finding:
    found = health.check("cache")
    if not found.ok:
        return fail(found.message, "Start Redis, or correct REDIS_URL.")
    kind = "Redis" if settings.REDIS_URL else "the memory of each process"
    return ok(f"In {kind}.")


@check("broker")
def broker(_options: Options) -> Finding:
    found = health.check("broker")
    if not found.ok:
        return fail(found.message, "Nothing is fetched until the queue takes jobs.")
    return ok("Takes jobs." if settings.REDIS_URL else "A folder of files takes jobs.")


@check("worker")
def worker(options: Options) -> Finding:
    if not health.check("broker").ok:
        return fail("Unknown: the broker does not answer.", "Start the broker first.")
    answers = app.control.ping(timeout=options.wait)
    if not answers:
        return fail(
            "No worker answers, so nothing that was asked for is done.",
            "Start it, as docs/operations.md says under Processes.",
        )
    return ok(f"{len(answers)} answer.")


@check("beat")
def beat(_options: Options) -> Finding:
    """Beat notes in the database when it last asked for each task."""
    model = apps.get_model("django_celery_beat", "PeriodicTask")
    tasks = model.objects.filter(enabled=True)
    last = tasks.aggregate(last=Max("last_run_at"))["last"]
    advice = "Start it, as docs/operations.md says under Processes."
    if not tasks.exists():
        return warn("Nothing is scheduled.", advice)
    if last is None:
        return warn("It has not asked for anything yet.", advice)
    if timezone.now() - last > BEAT_SILENT:
        return fail(f"Silent since {last:%Y-%m-%d %H:%M} UTC.", advice)
    return ok(f"Last asked for a task at {last:%Y-%m-%d %H:%M} UTC.")
