"""Schedules: made once for each source, and an admin's own from then on."""

import json

import pytest
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from indicators.services.schedules import schedule_dataflows
from sources.services.schedules import NIGHT_HOURS, TASK, night_time, schedule_fetch
from tests.factories import DataflowFactory

pytestmark = pytest.mark.django_db
TARGET = "ESTAT:tgs00042"


def fetches():
    return PeriodicTask.objects.filter(task=TASK).order_by("name")


@pytest.fixture
def flows():
    """Two dataflows that can be fetched, one that cannot and one that is closed."""
    return [
        DataflowFactory(code="first", fetcher="eurostat"),
        DataflowFactory(code="second", fetcher="eurostat"),
        DataflowFactory(code="local", fetcher=""),
        DataflowFactory(code="closed", fetcher="eurostat", is_discontinued=True),
    ]


def test_each_dataflow_that_can_be_fetched_gets_one_schedule(flows):
    assert schedule_dataflows() == 2
    assert [task.name for task in fetches()] == [
        f"fetch {flow.target}" for flow in flows[:2]
    ]
    assert json.loads(fetches().first().kwargs) == {
        "fetcher": "eurostat",
        "code": "first",
    }
    assert schedule_dataflows() == 0
    assert fetches().count() == 2


def test_what_an_admin_changed_stays(flows):
    schedule_dataflows()
    noon = CrontabSchedule.objects.create(minute="0", hour="12")
    fetches().filter(name__endswith="first").update(crontab=noon, enabled=False)
    assert schedule_dataflows() == 0
    changed = fetches().get(name__endswith="first")
    assert (changed.crontab, changed.enabled) == (noon, False)


def test_check_every_zero_makes_none(flows, settings):
    settings.CHECK_EVERY = 0
    assert schedule_dataflows() == 0
    assert not fetches().exists()


@pytest.mark.parametrize(("every", "days"), [(1, "*"), (7, "*/7")])
def test_check_every_is_the_rhythm_in_days(settings, every, days):
    settings.CHECK_EVERY = every
    assert schedule_fetch("eurostat", "tgs00042", target=TARGET)
    crontab = fetches().get().crontab
    assert crontab.day_of_month == days
    assert (int(crontab.minute), int(crontab.hour)) == night_time(TARGET)


def test_targets_are_spread_over_the_night():
    times = [night_time(f"ESTAT:flow_{number}") for number in range(200)]
    assert all(0 <= minute < 60 and 0 <= hour < NIGHT_HOURS for minute, hour in times)
    assert {hour for _minute, hour in times} == set(range(NIGHT_HOURS))
    assert len(set(times)) > 100
