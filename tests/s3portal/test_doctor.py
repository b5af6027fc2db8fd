"""Break each thing, and see what the doctor says."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings as live
from django.core.management import call_command
from django.utils import timezone

from s3portal import doctor, health
from s3portal.doctor import Options, Result
from sources.models import IngestRun
from sources.snapshots import keep_stream
from tests.collected import static_root
from tests.factories import RegionFactory, SeriesFactory

pytestmark = pytest.mark.django_db
PERIODIC = "django_celery_beat.PeriodicTask"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"


def look(name: str, *, is_deep: bool = False) -> doctor.Finding:
    return dict(doctor.examine(Options(is_deep=is_deep, wait=0.1)))[name]


def says(name: str, result: Result, *words: str, **options: bool) -> None:
    found = look(name, **options)
    text = f"{found.message} {found.advice}"
    assert found.result == result, text
    assert [word for word in words if word not in text] == [], text
    assert bool(found.advice) == (result != Result.OK)


def test_every_check_reports(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json", "--wait", "0.1")
    assert ended.value.code == 1  # nobody works for the tests
    rows = json.loads(capsys.readouterr().out)["checks"]
    assert [row["name"] for row in rows] == list(doctor.CHECKS)
    assert {row["result"] for row in rows} <= {"ok", "warn", "fail"}
    assert all(row["advice"] for row in rows if row["result"] != "ok")


def test_the_report_for_people(capsys):
    with pytest.raises(SystemExit):
        call_command("doctor", "--wait", "0.1", "--no-color")
    out = capsys.readouterr().out
    assert "fail  worker: No worker answers" in out
    assert "ok    database: " in out
    assert out.splitlines()[-1].endswith(" fail")


def test_a_check_that_breaks_is_a_finding(monkeypatch):
    def broken(_options):
        raise ZeroDivisionError("x")

    doctor.examine(Options())
    monkeypatch.setitem(doctor.CHECKS, "starter data", broken)
    says("starter data", Result.FAIL, "ZeroDivisionError")
    assert look("database").result == Result.OK


@pytest.mark.parametrize("name", ["database", "cache", "broker"])
def test_a_service_that_fails(monkeypatch, name):
    def broken():
        raise ConnectionError

    monkeypatch.setitem(health.PROBES, name, broken)
    says(name, Result.FAIL, f"The {name} failed")


def test_worker_without_broker(monkeypatch):
    monkeypatch.setitem(health.PROBES, "broker", lambda: 1 / 0)
    says("worker", Result.FAIL, "Unknown", "broker first")


def test_a_worker_answers(monkeypatch):
    monkeypatch.setattr(health.app.control, "ping", lambda timeout: [{"a": "pong"}])
    says("worker", Result.OK, "1 answer")


def test_database_version():
    says("database version", Result.OK, "SQLite" if "sqlite" in _engine() else "Post")


def test_migrations():
    from django.db.migrations.recorder import MigrationRecorder

    says("migrations", Result.OK)
    MigrationRecorder.Migration.objects.filter(app="regions").latest("pk").delete()
    says("migrations", Result.FAIL, "regions.", "manage.py migrate")


def test_beat():
    model = apps.get_model(PERIODIC)
    schedule = apps.get_model("django_celery_beat.IntervalSchedule").objects.create(
        every=1, period="minutes"
    )
    model.objects.all().delete()
    says("beat", Result.WARN, "Nothing is scheduled")
    task = model.objects.create(name="x", task="x", interval=schedule)
    says("beat", Result.WARN, "not asked for anything")
    model.objects.filter(pk=task.pk).update(last_run_at=timezone.now())
    says("beat", Result.OK)
    model.objects.update(last_run_at=timezone.now() - timedelta(days=2))
    says("beat", Result.FAIL, "Silent since")


def test_secret_key(settings):
    settings.SECRET_KEY = "x" * 5
    says("secret key", Result.FAIL, "5 characters", "random")


def test_host_names(settings):
    settings.INSECURE_LOCAL, settings.ALLOWED_HOSTS = False, ["localhost"]
    says("host names", Result.WARN, "ALLOWED_HOSTS")
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    says("host names", Result.OK)


def test_settings(settings):
    settings.INSECURE_LOCAL = False
    says("settings", Result.FAIL, "Django finds")
    settings.INSECURE_LOCAL, settings.DEBUG = True, True
    says("settings", Result.WARN, "DEBUG=false")


def test_folders(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    says("folders", Result.OK)
    tmp_path.chmod(0o777)
    says("folders", Result.FAIL, "chmod o-w")


@pytest.mark.parametrize(
    ("free", "result"), [(1 << 20, "fail"), (2 << 30, "warn"), (9 << 30, "ok")]
)
def test_disk(monkeypatch, free, result):
    from types import SimpleNamespace

    usage = SimpleNamespace(free=free)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    says("disk", Result(result), "GiB free")


def test_static_files(settings, tmp_path, monkeypatch):
    from s3portal.doctor import installation
    from s3portal.staticfiles import ManifestStorage

    settings.STATIC_ROOT = tmp_path
    made = ManifestStorage(location=tmp_path, base_url="/static/")
    monkeypatch.setattr(installation, "staticfiles_storage", made)
    says("static files", Result.FAIL, "Nothing is collected", "collectstatic")
    made.hashed_files = {"css/portal.css": "css/portal.0.css"}
    says("static files", Result.FAIL, "css/portal.0.css")
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "portal.0.css").touch()
    says("static files", Result.FAIL, "newer than the collection")


def test_static_files_just_collected(settings, monkeypatch):
    """The real ones, those that a finder puts below a prefix among them."""
    from s3portal.doctor import installation
    from s3portal.staticfiles import ManifestStorage

    settings.STATIC_ROOT = static_root()
    made = ManifestStorage(location=settings.STATIC_ROOT, base_url="/static/")
    monkeypatch.setattr(installation, "staticfiles_storage", made)
    assert any(name.startswith("plotly/") for name in made.hashed_files)
    says("static files", Result.OK, "collected")


def test_clock():
    says("clock", Result.OK)


def test_a_clock_that_differs(monkeypatch):
    if "sqlite" in _engine():
        says("clock", Result.OK, "One clock")
        return
    monkeypatch.setattr("time.time", lambda: 0.0)
    says("clock", Result.FAIL, "NTP")


def test_e_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "localhost"
    says("e-mail", Result.WARN, "EMAIL_URL")
    settings.EMAIL_HOST = "mail.example.org"
    says("e-mail", Result.OK, "mail.example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    says("e-mail", Result.WARN, "nowhere (console)")


def test_starter_data_and_versions():
    says("starter data", Result.FAIL, "load_starter")
    says("NUTS versions", Result.FAIL, "load_starter")
    RegionFactory(version=live.NUTS_VERSION)
    says("NUTS versions", Result.OK, "2024")
    says("boundaries", Result.WARN, "gisco-nuts")


def test_snapshots():
    kept = [keep_stream([str(n).encode()], name=f"{n}.tsv") for n in range(25)]
    says("snapshots", Result.OK, "20 of 25")
    says("snapshots", Result.OK, "25 of 25", is_deep=True)
    kept[0].path.write_bytes(b"changed")
    says("snapshots", Result.FAIL, "was changed", "backup", is_deep=True)
    kept[0].path.unlink()
    says("snapshots", Result.FAIL, "is gone", is_deep=True)


def run(state: str, target: str = "X:y", **fields: object) -> IngestRun:
    return IngestRun.objects.create(target=target, state=state, **fields)


def test_lost_runs():
    run("running", lease_until=timezone.now() + timedelta(minutes=1))
    says("lost runs", Result.OK)
    run("running", "X:z", lease_until=timezone.now() - timedelta(minutes=1))
    says("lost runs", Result.FAIL, "X:z")


def test_failed_runs():
    run("failed", message="The host was away.")
    says("failed runs", Result.WARN, "X:y", "The host was away.")
    run("loaded")
    says("failed runs", Result.OK)


def test_held_runs():
    held = run("held")
    says("held runs", Result.WARN, "X:y", held.get_absolute_url())


def test_stale_data():
    says("stale data", Result.OK)


def test_orphaned_rows():
    SeriesFactory()
    says("orphaned rows", Result.WARN, "1 series")


def _engine() -> str:
    return str(live.DATABASES["default"]["ENGINE"])
