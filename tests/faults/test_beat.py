"""Beat, by the very command of docker-compose.yml, on its own schedule."""

import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from sources.models import IngestRun
from sources.services.schedules import schedule_fetch
from tests.faults.portal import OLD_SHOWN, QUICK, shown, story
from tests.sources import workers

pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]


@pytest.fixture
def beat(root: Path, tmp_path: Path) -> Iterator[None]:
    compose = yaml.safe_load((root / "docker-compose.yml").read_text())
    words = shlex.split(compose["services"]["beat"]["command"])
    words[-1] = str(tmp_path / "beat.pid")
    with (tmp_path / "beat.log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name(words[0])), *words[1:]],
            cwd=root,
            env=workers.environment(**QUICK),
            stdout=log,
            stderr=log,
        )
        yield
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, (tmp_path / "beat.log").read_text()


def test_beat_asks_for_what_is_due_and_a_worker_loads_it(portal, request):
    code = portal.source.new_dataset()
    assert schedule_fetch("eurostat", code, target=f"ESTAT:{code}")
    often = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.SECONDS)
    task = PeriodicTask.objects.get(name=f"fetch ESTAT:{code}")
    # As a person would change it in the administration: now, and once.
    task.crontab, task.interval, task.one_off = None, often, True
    task.save()
    request.getfixturevalue("beat")
    runs = IngestRun.objects.filter(target=f"ESTAT:{code}")
    workers.eventually(lambda: runs.filter(state="loaded").exists(), "a loaded run")
    assert shown(code) == OLD_SHOWN
    (run,) = runs
    assert run.asked_by == "the schedule"
    assert "Asked for." in story(run)
    done = PeriodicTask.objects.filter(pk=task.pk, enabled=False)
    workers.eventually(done.exists, "the end of what was to be done once")
    assert runs.count() == 1
    assert PeriodicTask.objects.filter(task="sources.tasks.sweep").exists()
