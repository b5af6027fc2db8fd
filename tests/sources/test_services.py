"""The row of a run tells the truth, however the run ends."""

import pytest
from django.utils import timezone

from sources.exceptions import IngestError
from sources.models import IngestRun
from sources.services import KEPT_REJECTIONS, recorded_run

pytestmark = pytest.mark.django_db


def only_run() -> IngestRun:
    return IngestRun.objects.get()


def test_a_run_is_seen_while_it_runs_and_loaded_when_it_ends():
    began = timezone.now()
    with recorded_run("ESTAT:x", file_name="x.tsv") as run:
        seen = only_run()
        assert (seen.state, seen.finished_at) == ("running", None)
        run.new = 5
    seen = only_run()
    assert (seen.state, seen.new, seen.file_name) == ("loaded", 5, "x.tsv")
    assert began <= seen.started_at <= seen.finished_at <= timezone.now()


@pytest.mark.parametrize("state", ["unchanged", "checked"])
def test_a_state_set_on_the_way_stays(state):
    with recorded_run("ESTAT:x") as run:
        run.state = state
    assert only_run().state == state


def test_a_refusal_is_failed_with_its_message_and_rows():
    with pytest.raises(IngestError):
        _refused_halfway()
    seen = only_run()
    assert (seen.state, seen.message) == ("failed", "line 3 is bad")
    assert (seen.rejected, seen.rejections) == (2, ["line 3", "line 9"])
    assert (seen.new, seen.revised, seen.unchanged, seen.retired) == (0, 0, 0, 0)
    assert seen.finished_at is not None


def _refused_halfway() -> None:
    with recorded_run("ESTAT:x") as run:
        run.new, run.revised, run.unchanged, run.retired = 4, 3, 2, 1
        run.state = IngestRun.State.UNCHANGED
        raise IngestError("line 3 is bad", ["line 3", "line 9"])


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), SystemExit(3), ZeroDivisionError("by 0")]
)
def test_any_other_end_is_failed_too_and_goes_on_to_the_caller(error):
    with pytest.raises(type(error)) as caught, recorded_run("ESTAT:x"):
        raise error
    assert caught.value is error
    seen = only_run()
    assert seen.state == "failed"
    assert seen.message == f"stopped by {type(error).__name__}: {error}"
    assert seen.finished_at is not None


def test_a_million_bad_rows_are_counted_but_not_all_kept():
    rows = [f"line {i}" for i in range(KEPT_REJECTIONS + 5)]
    with pytest.raises(IngestError), recorded_run("ESTAT:x"):
        raise IngestError("all bad", rows)
    seen = only_run()
    assert seen.rejected == KEPT_REJECTIONS + 5
    assert seen.rejections == rows[:KEPT_REJECTIONS]


def test_a_text_no_database_takes_is_told_all_the_same():
    """A file name may hold bytes of no encoding, an error text a NUL."""
    odd = "M\udcfcnchen\0.tsv"
    with pytest.raises(IngestError), recorded_run("t" * 300, file_name=odd):
        raise IngestError(f"{odd} is bad", [odd])
    seen = only_run()
    assert seen.file_name == "M?nchen?.tsv"
    assert seen.message == "M?nchen?.tsv is bad"
    assert seen.rejections == ["M?nchen?.tsv"]
    assert seen.target == "t" * 200
