"""``kill -9`` of a worker in each stage of a run."""

import re

import pytest

from sources.models import IngestRun
from sources.services import sweep
from tests.faults.portal import (
    NEW,
    NEW_SHOWN,
    OLD_SHOWN,
    row,
    shown,
    state,
    story,
    vintages,
)  # fmt: skip
from tests.sources.workers import eventually

# A busy machine may starve a worker once; what fails twice is a fault.
pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]

AFTER_COMMIT = """
CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
CREATE TRIGGER wait_for_test BEFORE UPDATE OF checked_at ON indicators_dataflow
FOR EACH ROW WHEN (NEW.checked_at > NEW.fetched_at) EXECUTE FUNCTION wait_for_test();
SELECT pg_advisory_lock(4711);
"""


@pytest.mark.parametrize(
    "stage", ["asking", "fetching", "comparing", "reading", "switching"]
)
def test_a_killed_worker_leaves_nothing_half_done_and_another_goes_on(portal, stage):
    code = portal.loaded()
    portal.source.serve(code, NEW)
    with portal.held_in(stage) as is_held:
        run = portal.ask(code)
        eventually(lambda: row(run).stage == stage and is_held(), f"stage {stage}")
        portal.crew.kill()
        assert state(run) == "running"  # nobody was left to say otherwise
        assert shown(code) == OLD_SHOWN
        portal.crew.start()
    IngestRun.objects.filter(pk=run.pk).update(lease_until=None)  # time goes by
    sweep()
    assert shown(code) in (OLD_SHOWN, NEW_SHOWN)
    portal.reaches(run, "loaded", sweeping=True)
    assert shown(code) == NEW_SHOWN
    assert row(run).attempt == 2
    assert (row(run).revised, row(run).unchanged) == (1, 3)
    assert vintages(code).count() == 5
    told = story(run)
    assert re.search(rf"was lost in the stage '{stage}'. Nothing was loaded\.", told)
    assert told.index("Attempt 1 begins") < told.index("Attempt 2 begins")
