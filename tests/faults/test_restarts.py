"""PostgreSQL and Redis crash and come back while runs are under way."""

import pytest
from django.db import connection

from sources.models import IngestRun
from tests.faults.portal import (
    NEW,
    NEW_SHOWN,
    OLD_SHOWN,
    row,
    shown,
    state,
    story,
    vintages,
)
from tests.sources.workers import eventually

pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]


@pytest.mark.parametrize("stage", ["fetching", "reading", "switching"])
def test_postgresql_restarts_in_the_middle_of_a_load(portal, stage):
    code = portal.loaded()
    portal.source.serve(code, NEW)
    worker = portal.crew.worker
    with portal.held_in(stage) as is_held:
        run = portal.ask(code)
        eventually(lambda: row(run).stage == stage and is_held(), f"stage {stage}")
        connection.close()
        portal.database.crash()
        portal.database.start()
    assert shown(code) == OLD_SHOWN
    portal.reaches(run, "loaded", sweeping=True)
    assert shown(code) == NEW_SHOWN
    assert vintages(code).count() == 5
    assert row(run).attempt in (1, 2)  # nothing of it may have met the database
    if row(run).attempt == 2:
        assert "Attempt 1 failed: " in story(run)
    assert portal.crew.worker == worker
    assert portal.crew.is_at_work


def test_redis_restarts_empty_with_jobs_queued(portal):
    """One run is under way, three wait: all four are loaded, each once."""
    codes = [portal.source.new_dataset() for _ in range(4)]
    with portal.held_in("fetching") as is_held:
        runs = [portal.ask(codes[0])]
        eventually(is_held, "the first download")
        runs += [portal.ask(code) for code in codes[1:]]
        portal.queue.crash()
        late = portal.source.new_dataset()
        runs.append(portal.ask(late))  # the row is written, the message is not
        assert row(runs[-1]).dispatched_at is None
        portal.queue.start()
        assert [state(run) for run in runs] == ["running", *["queued"] * 4]
    for run in runs:
        portal.reaches(run, "loaded", sweeping=True)
    for code in [*codes, late]:
        assert shown(code) == OLD_SHOWN
        assert vintages(code).count() == 4
        assert IngestRun.objects.filter(target=f"ESTAT:{code}").count() == 1
    assert {row(run).attempt for run in runs} == {1}
    for run in runs:
        assert story(run).count("Attempt 1 begins") == 1
