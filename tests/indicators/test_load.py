"""Loading: only what changed is written, all or nothing, with a truthful run."""

import pytest

from indicators.models import Dataflow, ReferenceArea, Series, Slice, Vintage
from indicators.parsers import source
from indicators.parsers.types import Structure
from indicators.services.facts import update_facts
from indicators.services.held import HeldSeries
from indicators.services.ingest import ingest_file
from indicators.services.spans import Spans
from sources.exceptions import IngestError
from sources.models import IngestRun, Snapshot
from tests.indicators.conftest import content, counts, history, table

FIRST = {"PC,ES21": "1 |2 b|: ", "PC,ITI1": "5 |: c|7 "}
TABLES = (Dataflow, Slice, ReferenceArea, Series, Vintage)


def held() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def area(code: str) -> ReferenceArea:
    return ReferenceArea.objects.select_related("region").get(
        dataflow__code="probe", code=code
    )


def meaning(code: str):
    region = area(code).region
    return (region.version, region.code) if region else None


def test_a_first_load_writes_every_series(ingest):
    run = ingest(FIRST)
    assert counts(run) == (2, 0, 0, 0)
    assert (run.state, run.read, run.observations) == ("loaded", 2, 6)
    assert run.finished_at >= run.started_at
    assert content() == {
        "A.PC.ES21": ("2020", [1.0, (2.0, "b")]),
        "A.PC.ITI1": ("2020", [5.0, (None, "C"), 7.0]),
    }
    dataflow = Dataflow.objects.get(code="probe")
    assert dataflow.dimensions == ["freq", "unit"]
    assert (dataflow.first_period, dataflow.last_period) == ("2020", "2022")
    assert dataflow.nuts_version == 2024
    assert dataflow.source.code == "eurostat"
    assert dataflow.fetched_at is not None


def test_a_confidential_observation_is_a_status_without_a_value(ingest):
    ingest({"PC,ES21": "1 c|: @C|3 "})
    assert content() == {"A.PC.ES21": ("2020", [(None, "C"), (None, "C"), 3.0])}


def test_the_same_again_changes_nothing(ingest):
    ingest(FIRST)
    before, rows = held(), list(Vintage.objects.order_by("id").values())
    run = ingest(FIRST)
    assert counts(run) == (0, 0, 2, 0)
    assert run.state == "unchanged"
    assert held() == before
    assert list(Vintage.objects.order_by("id").values()) == rows


def test_the_same_in_another_form_changes_nothing(ingest):
    ingest(FIRST)
    old_header = "unit,geo\\time\t2022 \t2021 \t2020 \t2019 \n"
    rows = "PC,ITI1\t7.0 \t: c\t5.00 \t: \nPC,ES21\t: \t2 b\t1 \t: \n"
    assert counts(ingest(old_header + rows)) == (0, 0, 2, 0)


def test_a_revision_closes_the_old_vintage_where_the_new_one_begins(ingest):
    first = ingest(FIRST)
    second = ingest(FIRST | {"PC,ES21": "1 |2.5 |: "})
    third = ingest(FIRST | {"PC,ES21": "1 |2.5 |9 p"})
    assert counts(second) == (0, 1, 1, 0)
    chain = history("A.PC", "ES21")
    assert [row.values for row in chain] == [[1.0, 2.0], [1.0, 2.5], [1.0, 2.5, 9.0]]
    assert [row.opened_by for row in chain] == [first, second, third]
    assert [row.closed_by for row in chain] == [second, third, None]
    assert [row.valid_to for row in chain[:2]] == [row.valid_from for row in chain[1:]]
    assert chain[2].valid_to is None
    assert len(history("A.PC", "ITI1")) == 1


def test_a_partial_file_adds_and_revises_but_removes_nothing(ingest):
    ingest(FIRST)
    run = ingest({"PC,ES21": ": |: |3 ", "EUR,ES21": "4 |: |: "})
    assert counts(run) == (1, 1, 0, 0)
    assert content() == {
        "A.PC.ES21": ("2020", [1.0, (2.0, "b"), 3.0]),
        "A.EUR.ES21": ("2020", [4.0]),
        "A.PC.ITI1": ("2020", [5.0, (None, "C"), 7.0]),
    }


def test_a_partial_file_of_other_years_widens_the_span(ingest):
    ingest(FIRST)
    ingest(table({"PC,ES21": "8 |9 "}, years=(2017, 2025)))
    assert content()["A.PC.ES21"] == (
        "2017",
        [8.0, None, None, 1.0, (2.0, "b"), None, None, None, 9.0],
    )
    dataflow = Dataflow.objects.get(code="probe")
    assert (dataflow.first_period, dataflow.last_period) == ("2017", "2025")


def test_part_of_what_is_held_is_unchanged(ingest):
    ingest(FIRST)
    run = ingest({"PC,ES21": "1 |: |: "})
    assert counts(run) == (0, 0, 1, 0)
    assert run.state == "unchanged"


def test_a_complete_file_replaces_arrays_and_retires_series(ingest):
    ingest(FIRST)
    Dataflow.objects.filter(code="probe").update(edition="2017", note="Half of it.")
    run = ingest({"PC,ES21": "1 |: |3 "}, complete=True)
    assert counts(run) == (0, 1, 0, 1)
    assert content() == {"A.PC.ES21": ("2020", [1.0, None, 3.0])}
    (gone,) = history("A.PC", "ITI1")
    assert gone.closed_by == run
    dataflow = Dataflow.objects.get(code="probe")
    assert (dataflow.edition, dataflow.note) == ("", "")


def test_a_retired_series_comes_back_as_a_new_vintage_of_the_same_series(ingest):
    ingest(FIRST)
    ingest({"PC,ES21": FIRST["PC,ES21"]}, complete=True)
    run = ingest(FIRST, complete=True)
    assert counts(run) == (0, 1, 1, 0)
    chain = history("A.PC", "ITI1")
    assert [row.valid_to is None for row in chain] == [False, True]
    assert chain[0].series_id == chain[1].series_id
    assert chain[0].digest == chain[1].digest
    assert counts(ingest(FIRST, complete=True)) == (0, 0, 2, 0)


def test_dimensions_in_another_order_are_the_same_series(ingest):
    ingest("freq,unit,sex,geo\\TIME_PERIOD\t2020\nA,PC,T,ES21\t1 \n")
    run = ingest("sex,freq,unit,geo\\TIME_PERIOD\t2020\nT,A,PC,ES21\t1 \n")
    assert counts(run) == (0, 0, 1, 0)


def test_many_batches_give_what_one_gives(ingest, monkeypatch):
    rows = {f"U{i},ES21": f"{i} |: |{i} b" for i in range(23)}
    ingest(rows, code="whole")
    monkeypatch.setattr(source, "LINE_LIMIT", 80)
    ingest(rows)
    assert content("probe") == content("whole")
    run = ingest(rows | {"U3,ES21": "0 |: |: ", "U99,ES21": "1 |: |: "}, complete=True)
    assert counts(run) == (1, 1, 22, 0)
    assert counts(ingest({"U3,ES21": "0 |: |: "}, complete=True)) == (0, 0, 1, 23)
    assert set(content()) == {"A.U3.ES21"}


def test_a_dry_run_counts_and_leaves_nothing(ingest, settings):
    before = held()
    run = ingest(FIRST, dry_run=True)
    assert (run.state, counts(run)) == ("checked", (2, 0, 0, 0))
    assert held() == before
    assert run.snapshot is None
    assert not settings.SNAPSHOT_DIR.exists()
    ingest(FIRST)
    before, shown = held(), content()
    run = ingest({"PC,ES21": "9 |9 |9 "}, dry_run=True, complete=True)
    assert (run.state, counts(run)) == ("checked", (0, 1, 0, 1))
    assert (held(), content()) == (before, shown)
    run = ingest(FIRST, dry_run=True)
    assert (run.state, counts(run)) == ("checked", (0, 0, 2, 0))


def test_the_bytes_loaded_are_the_snapshot(ingest):
    run = ingest(FIRST)
    assert run.snapshot.path.read_text() == table(FIRST)
    assert run.snapshot.name == run.file_name == "probe.tsv"
    assert ingest(FIRST).snapshot == run.snapshot


REFUSED = {
    "unknown dimension": (
        "freq,colour,geo\\TIME_PERIOD\t2020\nA,RED,ES21\t1 \n",
        r"line 1: unknown dimension colour; missing dimension unit\. .*freq, unit .*Ch",
    ),
    "missing dimension": (
        "freq,geo\\TIME_PERIOD\t2020\nA,ES21\t1 \n",
        "probe.tsv, line 1: missing dimension unit",
    ),
    "unknown geo codes": (
        table({"PC,ES21": "9 |9 |9 ", "PC,QQ99": "1 |1 |1 ", "PC,QQ98": "1 |1 |1 "}),
        r"probe.tsv, line 3: unknown geo code 'QQ99' \(and 1 more codes\). Nothing was",
    ),
    "nothing but blanks": (
        table({"PC,ES21": ": |: |: "}),
        "probe.tsv: no observations in it. The data held now stay live.",
    ),
    "a header only": (table({}), "probe.tsv: no observations in it"),
    "an endless key": (
        "freq,unit,geo\\TIME_PERIOD\t2020\n".replace("unit", "unit,a,b,c")
        + f"A,{'U' * 80},{'V' * 80},{'W' * 80},{'X' * 80},ES21\t1 \n",
        "line 2: the codes of a series are 325 characters long, more than 255: 'A.UUU",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("complete", [False, True])
def test_what_is_refused_leaves_the_old_data_live(ingest, name, complete):
    text, message = REFUSED[name]
    code = "wide" if name == "an endless key" else "probe"
    ingest(FIRST)
    before, shown = held(), content()
    with pytest.raises(IngestError, match=message):
        ingest(text, code=code, complete=complete)
    run = IngestRun.objects.first()
    assert run.state == "failed"
    assert counts(run) == (0, 0, 0, 0)
    assert run.snapshot is None
    assert (held(), content()) == (before, shown)


def test_every_unknown_code_is_on_the_run(ingest):
    rows = {f"PC,QQ{i}": "1 |: |: " for i in range(30, 42)}
    with pytest.raises(IngestError) as caught:
        ingest(rows)
    assert len(caught.value.rejections) == 12
    run = IngestRun.objects.first()
    assert (run.rejected, run.rejections) == (12, caught.value.rejections)
    assert run.rejections[11] == "probe.tsv, line 13: unknown geo code 'QQ41'"


def test_a_series_of_another_frequency_is_refused(ingest):
    """The freq dimension says _T, so the periods alone tell the frequency."""
    header = "freq,unit,geo\\TIME_PERIOD\t"
    ingest(header + "2020\n_T,PC,ES21\t1 \n")
    shown = content()
    with pytest.raises(IngestError, match="frequency Q cannot be merged into A"):
        ingest(header + "2020-Q1\n_T,PC,ES21\t1 \n")
    assert content() == shown


class _StoppedError(Exception):
    """Something nobody foresaw."""


@pytest.mark.parametrize("error", [_StoppedError, KeyboardInterrupt, MemoryError])
def test_an_interruption_leaves_the_old_data_live(ingest, monkeypatch, settings, error):
    ingest(FIRST)
    before, shown, snapshots = held(), content(), Snapshot.objects.count()
    monkeypatch.setattr(source, "LINE_LIMIT", 80)  # a block is a few rows
    find = HeldSeries.find
    blocks = []

    def failing(self, slices, areas):
        blocks.append(len(slices))
        if len(blocks) == 3:
            raise error("pulled the plug")
        return find(self, slices, areas)

    monkeypatch.setattr(HeldSeries, "find", failing)
    with pytest.raises(error):
        ingest({f"U{i},ES21": "1 |: |: " for i in range(9)})
    run = IngestRun.objects.first()
    assert run.state == "failed"
    assert run.message == f"stopped by {error.__name__}: pulled the plug"
    assert (held(), content()) == (before, shown)
    assert [path.suffix for path in settings.SNAPSHOT_DIR.rglob("*.part")] == []
    assert Snapshot.objects.count() == snapshots


@pytest.mark.parametrize("code", ["tgs 42", "", "1abc", "a/../b", "x" * 81])
def test_a_code_that_cannot_be_one_is_refused(ingest, code):
    with pytest.raises(IngestError, match="is no dataflow code"):
        ingest(FIRST, code=code)


def test_codes_are_held_in_lower_case(ingest):
    ingest(FIRST, code="PROBE")
    assert IngestRun.objects.first().target == "ESTAT:probe"
    assert counts(ingest(FIRST)) == (0, 0, 2, 0)


def test_an_unknown_agency_is_refused_with_those_known(ingest):
    with pytest.raises(IngestError, match=r"'ACME' is not known\. Known: .*ESTAT"):
        ingest(FIRST, agency="ACME")


def test_a_missing_file_is_a_failed_run(starter, tmp_path):
    with pytest.raises(IngestError, match="no such file"):
        ingest_file(tmp_path / "absent.tsv", code="probe")
    assert IngestRun.objects.first().state == "failed"


def test_a_load_does_not_touch_the_row_of_its_publisher(ingest):
    """Else loads of two dataflows of one publisher would wait for each other."""
    ingest(FIRST)
    source = Dataflow.objects.get(code="probe").source
    source.licence = "Agreed with the publisher"
    source.save()
    ingest(FIRST | {"PC,ES22": "1 |: |: "})
    source.refresh_from_db()
    assert source.licence == "Agreed with the publisher"


def test_codes_resolve_to_the_version_that_prevails(ingest):
    codes = ["FR41", "FRF3", "ES21", "PT17", "PT1A"]
    ingest({f"PC,{code}": "1 |: |: " for code in codes})
    assert meaning("FR41") == (2013, "FR41")
    assert meaning("FRF3") == (2024, "FRF3")
    assert meaning("PT1A") == (2024, "PT1A")
    assert meaning("PT17") == (2021, "PT17")


def test_an_old_file_resolves_to_the_old_version(ingest):
    codes = ["FR41", "FR42", "FR43", "FR51", "ES21", "ITI1"]
    ingest({f"PC,{code}": "1 |: |: " for code in codes})
    assert {meaning(code) for code in codes} == {(2013, code) for code in codes}
    assert Dataflow.objects.get(code="probe").nuts_version == 2013


def test_a_later_load_may_move_codes_to_another_version(ingest):
    """ES21 is read in NUTS 2013 until newer codes prevail; its data stay."""
    ingest({"PC,ES21": "1 |: |: ", "PC,FR41": "1 |: |: "})
    assert meaning("ES21") == (2013, "ES21")
    newer = {f"PC,{code}": "1 |: |: " for code in ("FRF1", "FRF2", "FRF3", "ES21")}
    run = ingest(newer)
    assert counts(run) == (3, 0, 1, 0)
    assert meaning("ES21") == (2024, "ES21")
    assert meaning("FR41") == (2013, "FR41")


def test_aggregates_extra_regio_and_older_codes_are_kept_apart(ingest):
    codes = {
        "ES21": "region",
        "ES": "region",
        "EU27_2020": "aggregate",
        "EA20": "aggregate",
        "ESZZ": "extra_regio",
        "LUX": "extra_regio",
        "ES211": "below_level_2",
        "DK00": "earlier",
        "US": "country",
    }
    ingest({f"PC,{code}": "1 |: |: " for code in codes})
    assert {code: area(code).kind for code in codes} == codes
    assert {code for code in codes if meaning(code)} == {"ES21", "ES"}
    assert meaning("ES") == (2024, "ES")


def test_iso_codes_of_the_oecd_mean_nuts_countries(ingest):
    header = "LOCATION,INDICATOR,SUBJECT,MEASURE,FREQUENCY,TIME,Value,Flag Codes\n"
    rows = "".join(
        f"{geo},EDU,PRY,PC_GDP,A,2019,1.5,\n"
        for geo in ("AUT", "GRC", "GBR", "LUX", "USA", "OAVG")
    )
    ingest(header + rows, agency="OECD")
    kinds = dict(
        ReferenceArea.objects.filter(dataflow__agency="OECD").values_list(
            "code", "region__code"
        )
    )
    assert kinds == {
        "AUT": "AT", "GRC": "EL", "GBR": "UK", "LUX": "LU", "USA": None, "OAVG": None,
    }  # fmt: skip


def test_without_regions_no_geo_code_can_be_understood(db, tmp_path):
    path = tmp_path / "probe.tsv"
    path.write_text(table(FIRST))
    with pytest.raises(IngestError, match=r"No NUTS regions are loaded.*load_starter"):
        ingest_file(path, code="probe")
    assert held() == dict.fromkeys(held(), 0)


def test_a_name_longer_than_the_column_is_cut(starter):
    """A message of SDMX may carry a whole paragraph as its name."""
    dataflow = Dataflow.objects.create(
        agency="ESTAT", code="probe", source=Dataflow.objects.first().source
    )
    run = IngestRun.objects.create(target="ESTAT:probe")
    facts = {"spans": Spans(), "complete": False}
    update_facts(dataflow, Structure(("freq",), name="n" * 900), run, **facts)
    dataflow.refresh_from_db()
    assert dataflow.name == "n" * 400
