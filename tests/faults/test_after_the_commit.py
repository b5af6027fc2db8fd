"""A worker killed between the commit of a load and the end of its task."""

import psycopg2
import pytest

from tests.faults.portal import NEW, NEW_SHOWN, row, shown, state, story, vintages
from tests.sources.workers import eventually

pytestmark = [pytest.mark.services, pytest.mark.flaky(reruns=1)]

# The load is committed, then the dataflow is told when it was checked.
STOP = """
CREATE OR REPLACE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$;
CREATE OR REPLACE TRIGGER wait_for_test BEFORE UPDATE OF checked_at
ON indicators_dataflow FOR EACH ROW
WHEN (NEW.checked_at > OLD.fetched_at AND OLD.fetched_at > OLD.checked_at)
EXECUTE FUNCTION wait_for_test();
SELECT pg_advisory_lock(4711);
"""


def test_what_was_committed_counts_once(portal):
    code = portal.loaded()
    portal.source.serve(code, NEW)
    holder = psycopg2.connect(portal.database.url)
    holder.autocommit = True
    holder.cursor().execute(STOP)
    try:
        run = portal.ask(code)
        eventually(lambda: state(run) == "loaded", "the commit")
        portal.crew.kill()
    finally:
        holder.cursor().execute("DROP FUNCTION wait_for_test CASCADE")
        holder.close()
    assert shown(code) == NEW_SHOWN
    portal.crew.start()
    again = portal.ask(code)  # the next look at the source
    portal.reaches(again, "unchanged", "loaded", sweeping=True)
    assert state(again) == "unchanged"
    assert (row(run).state, row(run).attempt) == ("loaded", 1)
    assert story(run).count("Attempt") == 1
    assert vintages(code).count() == 5
