"""Loads in a row against the slowest way to say what they mean: a dict of cells."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Dataflow, Vintage
from indicators.parsers import source
from indicators.periods import parse_period
from sources.exceptions import IngestError
from sources.models import IngestRun
from tests.indicators.conftest import counts

Key = tuple[str, str]
Cells = dict[int, tuple[float | None, str]]  # year -> value, status and confidentiality

GEOS = ("ES21", "ES22", "ITI1", "FRF1")
SPELLINGS = ("{:.1f}", "{:.2f}", "0{:.1f}", "+{:.1f}")  # the last two: the slow way


def random_file(chance: random.Random) -> dict[Key, Cells]:
    return {
        (unit, geo): {
            year: chance.choice(
                [(float(chance.randrange(4)), ""), (2.0, "b"), (None, "C"), (None, "u")]
            )
            for year in range(2018, 2024)
            if chance.random() < 0.5
        }
        for unit in ("PC", "EUR")
        for geo in GEOS
        if chance.random() < 0.7
    }


def written(rows: dict[Key, Cells], chance: random.Random) -> str:
    """One of the many ways to write the file down."""
    years = list(range(2018, chance.choice([2024, 2025])))
    if chance.random() < 0.3:
        years.reverse()
    lines = ["\t".join(["freq,unit,geo\\TIME_PERIOD", *map(str, years)])]
    spelling = chance.choice(SPELLINGS)
    for (unit, geo), cells in rows.items():
        texts = [cell_text(cells.get(year), spelling) for year in years]
        lines.append("\t".join([f"A,{unit},{geo}", *texts]))
    return "\n".join(lines) + "\n"


def cell_text(cell: tuple[float | None, str] | None, spelling: str) -> str:
    if cell is None:
        return ": "
    value, flag = cell
    number = ":" if value is None else spelling.format(value)
    return f"{number} {'@C' if flag == 'C' else flag}"


class Oracle:
    """What is held, and what a load would say it did."""

    def __init__(self) -> None:
        self.held: dict[Key, Cells] = {}
        self.met: set[Key] = set()

    def load(self, rows: dict[Key, Cells], *, complete: bool) -> tuple[int, ...]:
        told = {key: cells for key, cells in rows.items() if cells}
        new = revised = unchanged = retired = 0
        for key, cells in told.items():
            earlier = self.held.get(key)
            now = cells if complete else {**(earlier or {}), **cells}
            if key not in self.met:
                new += 1
            elif now == earlier:
                unchanged += 1
            else:
                revised += 1
            self.met.add(key)
            self.held[key] = now
        if complete:
            gone = [key for key in self.held if key not in told]
            retired = len(gone)
            for key in gone:
                del self.held[key]
        return new, revised, unchanged, retired


def stored() -> dict[Key, Cells]:
    found = {}
    current = Vintage.objects.current().filter(series__slice__dataflow__code="probe")
    for row in current.select_related("series__slice", "series__area"):
        statuses = row.statuses or [""] * len(row.values)
        secret = row.confidentiality or [""] * len(row.values)
        found[row.series.slice.key.removeprefix("A."), row.series.area.code] = {
            row.start + i: (value, status + conf)
            for i, (value, status, conf) in enumerate(
                zip(row.values, statuses, secret, strict=True)
            )
            if value is not None or status or conf
        }
    return found


@pytest.mark.parametrize("seed", range(8))
def test_any_row_of_loads_holds_what_the_oracle_says(ingest, monkeypatch, seed):
    chance = random.Random(seed)  # noqa: S311  # no secret
    monkeypatch.setattr(source, "LINE_LIMIT", chance.choice([120, 1 << 20]))
    oracle = Oracle()
    rows: dict[Key, Cells] = {}
    for _ in range(6):
        # The same again, part of it changed, or something else altogether.
        rows = chance.choice([rows, rows | random_file(chance), random_file(chance)])
        if not any(rows.values()):
            rows = {("PC", "ES21"): {2020: (1.0, "")}}
        complete = chance.random() < 0.5
        run = ingest(written(rows, chance), complete=complete)
        assert counts(run) == oracle.load(rows, complete=complete)
        assert stored() == oracle.held
        flow = Dataflow.objects.get(code="probe")
        years = [year for cells in oracle.held.values() for year in cells]
        assert flow.first_period <= str(min(years))
        assert flow.last_period >= str(max(years))
        if complete:
            periods = flow.first_period, flow.last_period
            assert [parse_period(text)[1] for text in periods] == [
                min(years),
                max(years),
            ]


def test_a_text_known_does_not_stand_for_more_than_it_says(ingest):
    """Merged content is more than its file: a complete load of that file removes."""
    ingest({"PC,ES21": "1 |: |: "})
    ingest({"PC,ES21": ": |2 |: "})
    run = ingest({"PC,ES21": ": |2 |: "}, complete=True)
    assert counts(run) == (0, 1, 0, 0)
    assert stored() == {("PC", "ES21"): {2021: (2.0, "")}}
    run = ingest({"PC,ES21": "1 |: |: "}, complete=True)
    assert counts(run) == (0, 1, 0, 0)
    assert stored() == {("PC", "ES21"): {2020: (1.0, "")}}


def test_a_repeat_reads_no_cells(ingest, monkeypatch):
    from indicators.parsers.tsv_blocks import TsvBlock

    rows = {f"U{i},ES21": "1 |2 b|: " for i in range(30)}
    ingest(rows)

    def refuse(*_args):
        pytest.fail("a row whose text is known was read")

    monkeypatch.setattr(TsvBlock, "read", refuse)
    run = ingest(rows)
    assert (counts(run), run.observations, run.read) == ((0, 0, 30, 0), 90, 30)


def test_the_number_of_statements_does_not_grow_with_the_rows(ingest):
    def statements(count: int) -> list[int]:
        first = {f"U{i},ES21": "1 |: |: " for i in range(count)}
        changed = dict.fromkeys(first, "2 |: |: ")
        found = []
        for rows in (first, first, changed):
            with CaptureQueriesContext(connection) as captured:
                ingest(rows, code=f"grows{count}", complete=True)
            # Whether the planner's statistics are old depends on the number of rows,
            # and making them anew takes statements beside those on the tables.
            told = [query["sql"] for query in captured if "ANALYZE" not in query["sql"]]
            found.append(len([sql for sql in told if "indicators_" in sql]))
        return found

    few, many = statements(3), statements(300)
    # sqlite3 reports a statement a row of executemany; that is one for each here too.
    assert [b - a for a, b in zip(few, many, strict=True)] == [0, 0, 0]


@pytest.fixture
def strict(settings, ingest):
    """Twenty values in each of five regions are held, and the rule is on."""
    settings.MAX_VALUE_DROP = 0.2
    rows = {f"U{i},{geo}": "1 |2 |: " for i in range(10) for geo in (*GEOS, "DE11")}
    ingest(rows, complete=True)
    return rows


def without(rows: dict[str, str], *geos: str) -> dict[str, str]:
    return {key: text for key, text in rows.items() if not key.endswith(geos)}


def test_half_of_the_regions_gone_needs_a_yes(strict, ingest):
    before = stored()
    with pytest.raises(IngestError) as caught:
        ingest(without(strict, "ES21", "ITI1", "DE11"), complete=True)
    message = str(caught.value)
    assert "would take away 60 of the 100 values of ESTAT:probe, 60%" in message
    for name in ("DE11 (Stuttgart)", "ES21 (", "ITI1 (Toscana)"):
        assert name in message
    assert stored() == before
    run = IngestRun.objects.first()
    assert run.state == IngestRun.State.HELD
    assert run.snapshot.path.is_file()
    assert counts(run) == (0, 0, 0, 0)


def test_values_gone_from_within_the_series_count_too(strict, ingest):
    with pytest.raises(IngestError, match=r"50 of the 100 values.*50%\. The data"):
        ingest(dict.fromkeys(strict, "1 |: |: "), complete=True)


def test_a_fifth_less_is_no_question(strict, ingest):
    run = ingest(without(strict, "DE11"), complete=True)
    assert counts(run) == (0, 0, 40, 10)


def test_what_comes_elsewhere_does_not_make_up_for_what_goes(strict, ingest):
    rows = {key.replace("U", "V"): text for key, text in strict.items()}
    with pytest.raises(IngestError, match="100 of the 100 values"):
        ingest(rows, complete=True)


def test_an_older_edition_in_the_place_of_a_newer_one_is_asked_about(strict, ingest):
    """Each series is as long as before, and begins a year earlier."""
    header = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \n"
    rows = "".join(f"A,{key}\t7 \t1 \t: \n" for key in strict)
    with pytest.raises(IngestError, match="50 of the 100 values"):
        ingest(header + rows, complete=True)


def test_a_gap_inside_is_counted_though_the_series_grew(strict, ingest):
    header = "freq,unit,geo\\TIME_PERIOD\t2018 \t2019 \t2020 \t2021 \n"
    rows = "".join(f"A,{key}\t9 \t8 \t: \t2 \n" for key in strict)
    with pytest.raises(IngestError, match="50 of the 100 values"):
        ingest(header + rows, complete=True)


def test_years_that_only_come_are_no_question(strict, ingest):
    header = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \t2021 \t2022 \n"
    rows = "".join(f"A,{key}\t7 \t1 \t2 \t3 \n" for key in strict)
    assert counts(ingest(header + rows, complete=True)) == (0, 50, 0, 0)


def test_a_confirmed_run_loads_it(strict, ingest):
    rows = without(strict, "ES21", "ITI1", "DE11")
    run = ingest(rows, complete=True, is_confirmed=True)
    assert counts(run) == (0, 0, 20, 30)


def test_a_file_that_is_part_of_the_dataflow_removes_nothing(strict, ingest):
    assert counts(ingest(without(strict, *GEOS))) == (0, 0, 10, 0)


def test_a_check_tells_without_holding_the_run(strict, ingest):
    with pytest.raises(IngestError, match="60 of the 100"):
        ingest(without(strict, "ES21", "ITI1", "DE11"), complete=True, dry_run=True)
    assert IngestRun.objects.first().state == IngestRun.State.FAILED


def test_a_message_of_another_dataflow_is_refused(ingest):
    header = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
    row = "ESTAT:TGS00042(1.0),24/01/24 23:00:00,A,PC,ES21,2020,1,\n"
    with pytest.raises(IngestError, match="holds the dataflow TGS00042, not probe"):
        ingest(header + row)
    assert ingest((header + row).replace("TGS00042", "PROBE")).new == 1
