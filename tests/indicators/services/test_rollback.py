"""Taking back a run: what was held before is held again, and the past stays true."""

from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.models import Dataflow, ReferenceArea, Vintage
from indicators.past import FACTS
from indicators.revisions import data_revision
from indicators.services.ingest import load_path
from indicators.services.rollback import (
    COPIED,
    RollbackRefused,
    ask_before_repeat,
    newest_loaded,
    roll_back,
    rollback_change,
)
from sources.exceptions import ConfirmationNeeded
from sources.models import IngestRun
from sources.services import recorded_run
from tests.indicators.conftest import content, counts, history

FIRST = {"PC,ES21": "1 |2 b|: ", "PC,ITI1": "5 |: c|7 "}
SECOND = {"PC,ES21": "1 |2.5 |: ", "PC,FRF3": "4 |4 |4 "}
TARGET = "ESTAT:probe"


@pytest.fixture(autouse=True)
def _any_drop(settings) -> None:
    """These tables are too small for the rule that asks before values are lost."""
    settings.MAX_VALUE_DROP = 1


def bytes_held() -> dict[tuple[str, str], tuple]:
    """Everything of each current vintage that is content, by slice and area."""
    rows = Vintage.objects.current().filter(series__slice__dataflow__code="probe")
    names = [name for name in COPIED if name != "series_id"]
    return {
        row[:2]: row[2:]
        for row in rows.values_list("series__slice__key", "series__area__code", *names)
    }


def facts() -> dict:
    return Dataflow.objects.filter(code="probe").values(*FACTS).get()


def meanings() -> dict:
    areas = ReferenceArea.objects.filter(dataflow__code="probe")
    return dict(areas.values_list("code", "region_id"))


def held_at(moment) -> dict[str, list]:
    rows = Vintage.objects.held(moment).filter(series__slice__dataflow__code="probe")
    return {row.series.area.code: list(row.values) for row in rows}


def test_a_rollback_gives_back_values_facts_and_retired_series(ingest):
    ingest(FIRST)
    Dataflow.objects.filter(code="probe").update(edition="May 2026", note="By hand.")
    before, said = bytes_held(), facts()
    second = ingest(SECOND, complete=True)
    assert set(content()) == {"A.PC.ES21", "A.PC.FRF3"}
    assert (facts()["edition"], facts()["note"]) == ("", "")
    revision = data_revision()
    change = rollback_change(second)
    assert (change.given_back, change.reopened, change.retired) == (1, 1, 1)
    undo = roll_back(second, asked_by="anna")
    assert bytes_held() == before
    assert facts() == said
    assert counts(undo) == (1, 1, 0, 1)
    assert (undo.state, undo.reverses, undo.asked_by) == ("loaded", second, "anna")
    assert undo.observations == 6
    assert undo.finished_at >= undo.started_at
    assert data_revision() != revision


def test_the_time_in_between_is_still_answered_truthfully(ingest):
    first = ingest(FIRST)
    second = ingest(SECOND, complete=True)
    roll_back(second)
    chain = history("A.PC", "ES21")
    assert [row.values for row in chain] == [[1.0, 2.0], [1.0, 2.5], [1.0, 2.0]]
    assert held_at(chain[0].valid_from) == {
        "ES21": [1.0, 2.0],
        "ITI1": [5.0, None, 7.0],
    }
    assert held_at(chain[1].valid_from) == {"ES21": [1.0, 2.5], "FRF3": [4.0, 4.0, 4.0]}
    assert held_at(None) == held_at(chain[0].valid_from)
    assert [row.opened_by for row in chain[:2]] == [first, second]
    # Equal to the first one in all that is content, opened anew.
    assert [getattr(chain[0], name) for name in COPIED] == [
        getattr(chain[2], name) for name in COPIED
    ]


def test_series_the_run_did_not_touch_keep_their_vintage(ingest):
    ingest(FIRST)
    roll_back(ingest({"PC,ES21": "9 |: |: "}))
    assert len(history("A.PC", "ITI1")) == 1


def test_the_first_load_can_be_rolled_back_to_nothing_and_loaded_again(ingest):
    first = ingest(FIRST)
    held = bytes_held()
    roll_back(first)
    assert bytes_held() == {}
    assert facts()["fetched_at"] is None
    assert ingest(FIRST).state == "loaded"
    assert bytes_held() == held


def repeat(undone: IngestRun, **values) -> IngestRun:
    return IngestRun(target=undone.target, **values)


def test_a_release_that_was_rolled_back_waits_for_a_person(ingest):
    first = ingest(FIRST)
    undone = ingest(SECOND)
    same = repeat(undone, snapshot=undone.snapshot)
    ask_before_repeat(same)  # it stands: nothing to ask
    undo = roll_back(undone)
    with pytest.raises(ConfirmationNeeded, match=f"run {undone.pk} had loaded"):
        ask_before_repeat(same)
    ask_before_repeat(repeat(undone, snapshot=undone.snapshot, is_confirmed=True))
    ask_before_repeat(repeat(undone, snapshot=first.snapshot))
    ask_before_repeat(repeat(undone))
    assert undo.snapshot is None
    released = timezone.now()
    IngestRun.objects.filter(pk=undone.pk).update(source_updated=released)
    with pytest.raises(ConfirmationNeeded):
        ask_before_repeat(repeat(undone, source_updated=released))
    # A later run that loaded it again, with a yes, settles the question.
    again = ingest(SECOND)
    assert again.snapshot == undone.snapshot
    ask_before_repeat(same)


def test_a_refused_repeat_leaves_everything_as_it_is(ingest, tmp_path):
    ingest(FIRST)
    undone = ingest(SECOND)
    roll_back(undone)
    before = bytes_held()

    def load_again() -> None:
        with recorded_run(TARGET, file_name="probe.tsv") as run:
            run.snapshot = undone.snapshot
            path = tmp_path / "probe.tsv"
            load_path(path, run, code="probe", agency="ESTAT", complete=True)

    with pytest.raises(ConfirmationNeeded):
        load_again()
    assert IngestRun.objects.filter(target=TARGET).latest("pk").state == "held"
    assert bytes_held() == before


def test_runs_are_rolled_back_one_by_one_the_newest_first(ingest):
    states = []
    runs = []
    for value in (1, 2, 3):
        states.append(bytes_held())
        runs.append(ingest({"PC,ES21": f"{value} |: |: "}))
    with pytest.raises(RollbackRefused, match=f"Roll back run {runs[2].pk} first"):
        roll_back(runs[1])
    for run, state in zip(reversed(runs), reversed(states), strict=True):
        assert newest_loaded(TARGET) == run
        roll_back(run)
        assert bytes_held() == state
    assert newest_loaded(TARGET) is None


def test_a_run_is_rolled_back_once_and_a_rollback_never(ingest):
    run = ingest(FIRST)
    undo = roll_back(run)
    with pytest.raises(RollbackRefused, match="rolled back already"):
        roll_back(run)
    with pytest.raises(RollbackRefused, match="itself a rollback"):
        roll_back(undo)


def test_a_run_that_loaded_nothing_cannot_be_rolled_back(ingest):
    ingest(FIRST)
    unchanged = ingest(FIRST)
    with pytest.raises(RollbackRefused, match="no observations"):
        roll_back(unchanged)


def test_nothing_is_rolled_back_while_a_run_is_under_way(ingest):
    run = ingest(FIRST)
    before = bytes_held()
    IngestRun.objects.create(target=TARGET, state=IngestRun.State.RUNNING)
    with pytest.raises(RollbackRefused, match="under way"):
        roll_back(run)
    assert bytes_held() == before
    assert not IngestRun.objects.filter(reverses=run).exists()


def test_codes_mean_again_what_they_meant(ingest):
    """FR41 is of 2013; enough codes of 2024 beside it move the whole dataflow."""
    ingest(
        {
            "PC,FR41": "1 |: |: ",
            "PC,FR42": "1 |: |: ",
            "PC,FR21": "1 |: |: ",
            "PC,HR04": "1 |: |: ",
        }
    )
    meant, said = meanings(), facts()
    newer = {
        f"PC,{code}": "2 |: |: "
        for code in ("HR02", "HR05", "HR06", "FRF1", "FRF2", "NO02")
    }
    run = ingest(newer)
    assert facts()["nuts_version"] != said["nuts_version"]
    assert any(meanings()[code] != region for code, region in meant.items())
    roll_back(run)
    assert facts() == said
    assert {code: meanings()[code] for code in meant} == meant


def test_the_command_rolls_back_and_says_what_it_did(ingest):
    ingest(FIRST)
    run = ingest(SECOND, complete=True)
    out = StringIO()
    call_command("roll_back", str(run.pk), stdout=out)
    assert f"rolled back run {run.pk}" in out.getvalue()
    with pytest.raises(CommandError, match="rolled back already"):
        call_command("roll_back", str(run.pk))
    with pytest.raises(CommandError, match="There is no run 0"):
        call_command("roll_back", "0")


def cells(rng: Random) -> str:
    return "|".join(rng.choice(["1 ", "2 ", "3 b", ": ", ": c"]) for _ in range(3))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rng=st.randoms(use_true_random=False), steps=st.lists(st.integers(0, 3), max_size=7)
)
def test_any_sequence_of_loads_and_rollbacks_equals_a_pile_of_states(
    ingest, rng, steps
):
    """The model: a pile of whole states; a load puts one on it, a rollback takes it."""
    while run := newest_loaded(TARGET):
        roll_back(run)
    ingest({"PC,ES21": "0 |0 |0 "})  # so that there is a dataflow with facts
    pile, past = [(model_of_held(), facts())], []
    for step in steps:
        if step == 0 and len(pile) > 1:
            roll_back(newest_loaded(TARGET))
            pile.pop()
            assert facts() == pile[-1][1]
        else:
            geos = rng.sample(["ES21", "ITI1", "FRF3", "EE00"], rng.randint(1, 4))
            rows = {geo: cells(rng) for geo in geos}
            if not any(dict(read(text)) for text in rows.values()):
                rows[geos[0]] = "1 |: |: "  # a file that says nothing is refused
            table = {f"PC,{geo}": text for geo, text in rows.items()}
            run = ingest(table, complete=step == 1)
            state = loaded_on(pile[-1][0], rows, complete=step == 1)
            if run.state == "loaded":
                pile.append((state, facts()))
            else:
                # Checked, and the same: nothing to roll back, but newer by its date.
                assert state == pile[-1][0]
                pile[-1] = (state, facts())
        assert model_of_held() == pile[-1][0]
        past.append((timezone.now(), pile[-1][0]))
    for moment, state in past:
        assert model_of_held(moment) == state


def model_of_held(moment=None) -> dict:
    """geo -> {year: (value, flags)}, what says nothing left out."""
    rows = Vintage.objects.held(moment).filter(series__slice__dataflow__code="probe")
    found = {
        row.series.area.code: {
            row.start + i: (value, status + conf)
            for i, (value, status, conf) in enumerate(
                zip(
                    row.values,
                    row.statuses or [""] * len(row.values),
                    row.confidentiality or [""] * len(row.values),
                    strict=True,
                )
            )
            if value is not None or status or conf
        }
        for row in rows.select_related("series__area")
    }
    return {geo: cells for geo, cells in found.items() if cells}


def loaded_on(state: dict, rows: dict[str, str], *, complete: bool) -> dict:
    """What is held after a file: only what it says, or that put over the rest."""
    said = {geo: dict(read(text)) for geo, text in rows.items()}
    if not complete:
        merged = {geo: state.get(geo, {}) | found for geo, found in said.items()}
        said = state | merged
    return {geo: found for geo, found in said.items() if found}


def read(text: str):
    """The cells of a row that say something, by year."""
    for year, cell in enumerate(text.split("|"), start=2020):
        value, _, flag = cell.partition(" ")
        if flag == "c":
            yield year, (None, "C")
        elif value != ":":
            yield year, (float(value), flag)
