"""SDMX-CSV 1.0 and 2.0, and the OECD's legacy CSV."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from indicators.parsers.errors import ParseError
from indicators.parsers.types import SeriesRow, Tally

V1 = (
    "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:X(1.0),18/03/26 23:00:00,A,PC,ES21,2019,1.5,b,\n"
    "ESTAT:X(1.0),18/03/26 23:00:00,A,PC,ES21,2021,,,C\n"
)
V1_LABELS = (
    "DATAFLOW,FREQ: Frequency,UNIT: Unit,REF_AREA: Area,TIME_PERIOD: Time,"
    "OBS_VALUE,OBS_STATUS: Status,CONF_STATUS: Confidentiality\n"
    "ESTAT:X(1.0): Things,A: Annual,PC: Per cent,ES21: Basque: Country,"
    "2019,1.5,b: Break,\n"
    '"ESTAT:X(1.0): Things",A: Annual,PC: Per cent,ES21: Basque: Country,'
    "2021,,,C: Secret\n"
)
V2 = (
    "STRUCTURE,STRUCTURE_ID,ACTION,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,"
    "CONF_STATUS\n"
    "dataflow,ESTAT:X$DEFAULTVIEW(1.0),I,A,PC,ES21,2019,1.5,b,F\n"
    "dataflow,ESTAT:X$DEFAULTVIEW(1.0),I,A,PC,ES21,2021,,,C\n"
)
V2_LABELS = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,Time frequency,unit,Unit,geo,Entity,"
    "TIME_PERIOD,Time,OBS_VALUE,Observation value,OBS_FLAG,Flag,CONF_STATUS,Conf\n"
    'dataflow,ESTAT:X(1.0),"Things, all",A,Annual,PC,Per cent,ES21,Basque Country,'
    "2019,,1.5,,b,break,,\n"
    'dataflow,ESTAT:X(1.0),"Things, all",A,Annual,PC,Per cent,ES21,Basque Country,'
    "2021,,,,,,C,secret\n"
)
OECD = (
    '\ufeff"LOCATION","INDICATOR","FREQUENCY","TIME","Value","Flag Codes"\n'
    '"AUS","GERD","A","2000",0.74,\n"AUS","GERD","A","2001",,"E"\n'
)


@pytest.mark.parametrize("text", [V1, V1_LABELS, V2, V2_LABELS])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_parse_sdmx_csv_of_every_version(read, text, newline):
    message, rows = read(text.replace("\n", newline))
    assert rows == [
        SeriesRow(
            ("A", "PC"), "ES21", "A", 2019, (1.5, None, None),
            ("b", "", ""), ("", "", "C"), 2,
        )
    ]  # fmt: skip
    assert message.tally == Tally(series=1, values=1, missing=1)
    structure = message.structure
    assert (structure.agency, structure.dataflow) == ("ESTAT", "X")
    assert structure.dimensions == ("freq", "unit")


def test_labels_come_from_columns_and_from_cells(read):
    by_column, _ = read(V2_LABELS)
    in_cell, _ = read(V1_LABELS)
    assert by_column.structure.name == "Things, all"
    assert by_column.structure.labels == {
        "freq": {"A": "Annual"},
        "unit": {"PC": "Per cent"},
        "geo": {"ES21": "Basque Country"},
    }
    assert in_cell.structure.name == "Things"
    assert in_cell.structure.labels["ref_area"] == {"ES21": "Basque: Country"}
    assert in_cell.structure.geo_dimension == "ref_area"


def test_last_update_is_read_in_brussels_time(read):
    message, _ = read(V1)
    assert message.structure.updated == datetime(2026, 3, 18, 22, tzinfo=UTC)
    message, _ = read(V1.replace("18/03/26 23:00:00", ""))
    assert message.structure.updated is None


def test_attributes_behind_the_value_are_no_dimensions(read):
    text = (
        "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS\n"
        "OECD:F(1.0),A,AT,2019,1,A,6,2\n"
    )
    message, rows = read(text)
    assert message.structure.dimensions == ("freq",)
    assert rows[0].statuses is None


def test_observations_in_any_order_become_one_series(read):
    head, *lines = V1.splitlines(keepends=True)
    other = lines[0].replace("ES21", "FR10")
    _, rows = read(head + lines[1] + other + lines[0])
    assert [(row.geo, row.start, row.line) for row in rows] == [
        ("ES21", 2019, 2),
        ("FR10", 2019, 3),
    ]


def test_repeated_observation_is_tolerated(read):
    message, _ = read(V1 + V1.splitlines()[1] + "\n")
    assert message.tally.observations == 2


def test_missing_freq_is_derived(read):
    message, rows = read(V1.replace("freq,", "").replace(",A,PC", ",PC"))
    assert message.structure.dimensions == ("freq", "unit")
    assert rows[0].key == ("A", "PC")


ROW = "ESTAT:X(1.0),18/03/26 23:00:00,A,PC,ES21,"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (V1 + ROW + "2019,2.5,,\n", "line 4: the same key twice with different values"),
        (V1 + ROW + "2019-Q1,2.5,,\n", "line 4: mixed frequencies in one series"),
        (V1.replace(",A,PC", ",Q,PC"), "line 2: mixed frequencies in one series"),
        (V1 + ROW + "2020,2,5,,\n", "line 4: 10 cells where the header has 9"),
        (V1 + ROW + '2020,"2,5",,\n', "line 4: number with a decimal comma: '2,5'"),
        (V1 + ROW + "2020,inf,,\n", "line 4: not a finite number: 'inf'"),
        (V1 + ROW + "2020,1,x,\n", "line 4: unknown flag: 'x'"),
        (V1 + ROW + "2020,1,,Z\n", "line 4: unknown confidentiality status: 'Z'"),
        (V1 + ROW + "TOTAL,1,,\n", "line 4: unreadable period: 'TOTAL'"),
        (V1 + '"' + ROW + "2020,1,,\n", "line 4: broken CSV"),
        (V1 + ROW.replace("X(", "Y(") + "2020,1,,\n", "line 4: a second dataflow"),
        (
            V1 + ROW.replace("ES21", "E\t") + "2020,1,,\n",
            "line 4: not a dimension code",
        ),
        (V1.replace("18/03/26", "2026-03-18"), "line 2: unreadable LAST UPDATE"),
        (V1.replace("OBS_VALUE", "VALUE"), "line 1: no column OBS_VALUE"),
        (V1.replace("TIME_PERIOD", "WHEN"), "line 1: no column TIME_PERIOD"),
        (V1.replace("geo", "nuts"), "line 1: no geo dimension among the dimensions"),
        (V2.replace("(1.0),I,", "(1.0),D,"), "line 2: an action that is no data: 'D'"),
        (OECD + '"AUS","GERD","A","2002"\n', "line 4: 4 cells where the header has 6"),
        (OECD + '"AUS","GERD","A","2000",1,\n', "line 4: the same key twice"),
        (OECD.replace("Flag Codes", "Flags"), "line 1: OECD CSV with label columns"),
        ("a,b,c\n1,2,3\n", "line 1: unknown header: 'a,b,c'"),
    ],
)
def test_bad_csv_is_one_clear_sentence(read, text, words):
    with pytest.raises(ParseError) as caught:
        read(text, "bad.csv")
    assert str(caught.value).startswith(f"bad.csv, {words}")
    assert caught.value.advice


def test_different_values_name_both_lines(read):
    with pytest.raises(ParseError, match=r"lines 2 and 4\): 'A,PC,ES21,2019'"):
        read(V1 + ROW + "2019,2.5,,\n")


def test_series_over_impossibly_many_periods_is_refused(read):
    text = V1.replace(",A,PC", ",D,PC").replace(",2019,", ",0001-01-01,")
    with pytest.raises(ParseError, match="periods 3,652,059 apart in one series"):
        read(text.replace(",2021,", ",9999-12-31,"))


def test_parse_oecd_csv(read):
    message, rows = read(OECD)
    assert rows == [
        SeriesRow(("A", "GERD"), "AUS", "A", 2000, (0.74, None), ("", "e"), None, 2)
    ]
    assert message.structure.geo_dimension == "location"
    assert message.structure.agency == "OECD"


def test_header_alone_is_a_message_without_series(read):
    message, rows = read(V1.splitlines()[0] + "\n")
    assert (rows, message.tally) == ([], Tally())


def test_first_row_cut_off_is_refused(read):
    with pytest.raises(ParseError, match="line 2: 3 cells where the header has 9"):
        read(V1.splitlines()[0] + "\nESTAT:X(1.0),,A\n")


def test_unreadable_dataflow_leaves_the_names_empty(read):
    message, _ = read(V1.replace("ESTAT:X(1.0)", "(?)"))
    assert (message.structure.agency, message.structure.dataflow) == ("", "")


def test_machine_without_time_zones_knows_no_moment(read, monkeypatch):
    def absent(key: str) -> None:
        raise ZoneInfoNotFoundError(key)

    monkeypatch.setattr("indicators.parsers.sdmx_csv.ZoneInfo", absent)
    assert read(V1)[0].structure.updated is None


def test_series_without_value_and_flag_is_counted_and_left_out(read):
    message, rows = read(V1 + ROW.replace("ES21", "FR10") + "2020,,,\n")
    assert [row.geo for row in rows] == ["ES21"]
    assert message.tally == Tally(series=2, values=1, missing=2)
