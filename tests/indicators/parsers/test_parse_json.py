"""JSON-stat 2.0 and SDMX-JSON 1.0."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.parsers.errors import ParseError
from indicators.parsers.types import SeriesRow, Tally

STAT = {
    "version": "2.0",
    "class": "dataset",
    "label": "Things",
    "updated": "2026-02-10T11:00:00+0100",
    "id": ["unit", "geo", "time"],
    "size": [1, 2, 3],
    "value": {"0": 1, "2": 3.5, "5": 6},
    "status": {"0": "b", "1": "|C", "2": "ep", "5": "u|C"},
    "dimension": {
        "unit": {"category": {"label": {"PC": "Per cent"}}},
        "geo": {"category": {"index": ["ES21", "FR10"]}},
        "time": {"category": {"index": {"2019": 0, "2021": 2, "2020": 1}}},
    },
    "extension": {"id": "X", "agencyId": "ESTAT"},
}
ES21 = SeriesRow(
    ("A", "PC"), "ES21", "A", 2019, (1.0, None, 3.5), ("b", "", "ep"), ("", "C", "")
)
FR10 = SeriesRow(("A", "PC"), "FR10", "A", 2021, (None,), ("u",), ("C",))


def stat(**changes):
    return json.dumps({**copy.deepcopy(STAT), **changes})


def test_parse_json_stat_with_sparse_objects(read):
    message, rows = read(stat())
    assert rows == [ES21, FR10]
    assert message.tally == Tally(series=2, values=2, missing=4)
    structure = message.structure
    assert structure.dimensions == ("freq", "unit")
    assert (structure.agency, structure.dataflow) == ("ESTAT", "X")
    assert structure.updated == datetime(2026, 2, 10, 10, tzinfo=UTC)
    assert structure.labels["unit"] == {"PC": "Per cent"}


def test_parse_json_stat_with_lists(read):
    _, rows = read(
        stat(
            value=[1, None, 3.5, None, None, 6],
            status=["b", "|C", "ep", None, None, "u|C"],
        )
    )
    assert rows == [ES21, FR10]


def test_one_status_stands_for_all_values(read):
    _, rows = read(stat(status="p"))
    assert [row.statuses for row in rows] == [("p", "", "p"), ("p",)]


def test_json_stat_of_before_wrote_colons(read):
    _, rows = read(stat(status={"1": ": c", "3": ":u"}))
    assert rows[0].confidentiality == ("", "C", "")
    assert rows[1].statuses == ("u", "", "")


def test_roles_name_time_and_geo(read):
    content = copy.deepcopy(STAT)
    content["id"] = ["unit", "region", "year"]
    dimension = content["dimension"]
    dimension["region"], dimension["year"] = dimension.pop("geo"), dimension.pop("time")
    content["role"] = {"time": ["year"], "geo": ["region"]}
    message, rows = read(json.dumps(content))
    assert rows == [ES21, FR10]
    assert message.structure.geo_dimension == "region"


def test_time_need_not_run_fastest(read):
    content = copy.deepcopy(STAT)
    content.update(id=["time", "unit", "geo"], size=[3, 1, 2], status={})
    content["value"] = [1, 4, None, 5, 3, 6]
    _, rows = read(json.dumps(content))
    assert [row.values for row in rows] == [(1.0, None, 3.0), (4.0, 5.0, 6.0)]


cubes = st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 5)).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(
            st.none() | st.floats(allow_nan=False, allow_infinity=False),
            min_size=size[0] * size[1] * size[2],
            max_size=size[0] * size[1] * size[2],
        ),
    )
)


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=50,
)
@given(cubes)
def test_any_cube_is_read_as_three_nested_loops_read_it(read, cube):
    (units, geos, times), values = cube
    content = {
        **STAT,
        "size": [units, geos, times],
        "value": values,
        "status": {},
        "dimension": {
            "unit": {"category": {"index": [f"U{i}" for i in range(units)]}},
            "geo": {"category": {"index": [f"G{i}" for i in range(geos)]}},
            "time": {"category": {"index": [str(2000 + i) for i in range(times)]}},
        },
    }
    message, rows = read(json.dumps(content))
    expected, rest = {}, iter(values)
    for unit in range(units):
        for geo in range(geos):
            for time in range(times):
                if (value := next(rest)) is not None:
                    expected[f"U{unit}", f"G{geo}", 2000 + time] = value
    found = {
        (row.key[1], row.geo, row.start + i): value
        for row in rows
        for i, value in enumerate(row.values)
        if value is not None
    }
    assert found == expected
    assert message.tally.observations == len(values)


def _dimension(identity, *codes):
    values = [{"id": code, "name": f"name of {code}"} for code in codes]
    return {"id": identity, "values": values}


SDMX = {
    "header": {"prepared": "2021-06-19T14:06:41Z", "sender": {"id": "OECD"}},
    "dataSets": [
        {
            "series": {
                "0:0": {
                    "attributes": [],
                    "observations": {"0": [1, 0, None], "2": [3.5, 1, None]},
                },
                "0:1": {"attributes": [], "observations": {"1": [7, None, 0]}},
            }
        }
    ],
    "structure": {
        "name": "Things",
        "dimensions": {
            "dataSet": [_dimension("FREQ", "A")],
            "series": [_dimension("UNIT", "PC"), _dimension("LOCATION", "ES", "FR")],
            "observation": [_dimension("TIME_PERIOD", "2019", "2020", "2021")],
        },
        "attributes": {
            "dataSet": [],
            "series": [],
            "observation": [
                _dimension("OBS_STATUS", "B", "X"),
                _dimension("CONF_STATUS", "C"),
            ],
        },
    },
}
SERIES = [
    SeriesRow(("A", "PC"), "ES", "A", 2019, (1.0, None, 3.5), ("b", "", "x")),
    SeriesRow(("A", "PC"), "FR", "A", 2020, (None,), None, ("C",)),
]


def sdmx(change=lambda content: None):
    content = copy.deepcopy(SDMX)
    change(content)
    return json.dumps(content)


def test_parse_sdmx_json_with_series(read):
    message, rows = read(sdmx())
    assert rows == SERIES
    assert message.tally == Tally(series=2, values=2, missing=1)
    structure = message.structure
    assert (structure.agency, structure.name) == ("OECD", "Things")
    assert structure.labels["location"] == {"ES": "name of ES", "FR": "name of FR"}


def _flatten(content):
    dimensions = content["structure"]["dimensions"]
    dimensions["observation"] = dimensions.pop("series") + dimensions["observation"]
    content["dataSets"] = [
        {
            "observations": {
                f"{key}:{inner}": observation
                for key, series in content["dataSets"][0]["series"].items()
                for inner, observation in series["observations"].items()
            }
        }
    ]


def test_parse_sdmx_json_with_flat_observations(read):
    assert read(sdmx(_flatten))[1] == SERIES


def test_sdmx_json_under_data_is_the_same(read):
    content = {"meta": SDMX["header"], "data": copy.deepcopy(SDMX)}
    assert read(json.dumps(content))[1] == SERIES


@pytest.mark.parametrize(
    ("links", "code"),
    [
        (
            [{"rel": "dataflow", "href": "https://x/sdmx-json/dataflow/PART2/all"}],
            "PART2",
        ),
        (
            [{"rel": "dataflow", "href": "https://x/rest/dataflow/A.B/F@DF_X/1.0"}],
            "F@DF_X",
        ),
        ([{"rel": "dataflow", "urn": "urn:sdmx:a.b.Dataflow=OECD:DF_X(1.0)"}], "DF_X"),
        ([{"rel": "self", "href": "https://x/sdmx-json/dataflow/PART2/all"}], ""),
        ([{"rel": "dataflow", "href": 7}, None], ""),
        ({"rel": "dataflow"}, ""),
    ],
)
def test_sdmx_json_says_by_a_link_which_dataflow_it_is(read, links, code):
    message, rows = read(sdmx(_set("structure", "links", links)))
    assert message.structure.dataflow == code
    assert rows == SERIES


def test_message_without_attributes_has_no_flags(read):
    _, rows = read(sdmx(_set("structure", "attributes", {})))
    assert [row.values for row in rows] == [(1.0, None, 3.5), (7.0,)]
    assert not any(row.statuses or row.confidentiality for row in rows)


def test_name_twice_with_the_same_value_is_tolerated(read):
    assert read(stat().replace('"2": 3.5', '"2": 3.5, "2": 3.5'))[1] == [ES21, FR10]


def test_flag_of_a_series_holds_for_its_observations(read):
    def change(content):
        attributes = content["structure"]["attributes"]
        attributes["series"] = [attributes["observation"].pop()]
        for series in content["dataSets"][0]["series"].values():
            series["attributes"] = [0]
            for observation in series["observations"].values():
                observation.pop()

    _, rows = read(sdmx(change))
    assert [row.values for row in rows] == [(None, None, None), (None,)]
    assert rows[0].confidentiality == ("C", "", "C")
    assert rows[0].statuses == ("b", "", "x")


def test_attribute_without_values_takes_no_place(read):
    def change(content):
        attributes = content["structure"]["attributes"]["observation"]
        attributes.insert(0, {"id": "TIME_FORMAT", "values": []})

    assert read(sdmx(change))[1] == SERIES


def test_message_without_time_is_dated_by_its_preparation(read):
    def change(content):
        _flatten(content)
        content["structure"]["dimensions"]["observation"].pop()
        content["dataSets"] = [{"observations": {"0:0": [5, None, None]}}]

    _, rows = read(sdmx(change))
    assert rows == [SeriesRow(("A", "PC"), "ES", "A", 2021, (5.0,))]
    undated = json.loads(sdmx(change)) | {"header": {}}
    with pytest.raises(ParseError, match="unreadable period"):
        read(json.dumps(undated))


def _set(*path_and_value):
    *path, last, value = path_and_value

    def change(content):
        for step in path:
            content = content[step]
        content[last] = value

    return change


FIRST = ("dataSets", 0, "series", "0:0", "observations")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ('{"a": 1,\n "b": }', "line 2: not JSON|, line 2"),
        ("[1, 2]", "JSON, but no data message"),
        ('{"a": 1}', "JSON, but no data message: 'a'"),
        ('{"a": NaN}', "not a finite number: 'NaN'"),
        ("[" * 100_000, "not readable as JSON"),
        ('{"a": ' + "9" * 5_000 + "}", "not readable as JSON"),
        (
            '{"error": [{"status": 404, "label": "ERR_NOT_FOUND_4: no dataset"}]}',
            "the publisher answered with an error, not data: 'ERR_NOT_FOUND_4",
        ),
        (
            '{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. later"}}',
            "the publisher answered with a warning, not data: 'ASYNCHRONOUS",
        ),
        ('{"error": {"status": 404}}', "an error, not data: '{\"status\": 404}'"),
        ('{"errors": [{"code": 150, "title": "Invalid"}]}', "an error, .*'Invalid'"),
        (stat(value={"0": "1,5"}), "not a number: \"'1,5'\""),
        (stat(value={"0": True}), "not a number"),
        (stat().replace("3.5", "1e999"), "not a finite number: 'inf'"),
        (stat(value={"6": 1}), "no cell of the cube has this index of 'value': '6'"),
        (stat(value={"-1": 1}), "no cell of the cube"),
        (stat(value=[1, 2]), "2 items in 'value' where the cube has 6 cells"),
        (stat(value=None), "no list or object 'value'"),
        (stat(status={"0": 5}), "a status that is no text"),
        (stat(status={"0": "q"}), "unknown flag: 'q'"),
        (stat(status={"0": "|Z"}), "unknown confidentiality status: 'Z'"),
        (stat(id=["unit", "geo"]), "'id', 'size' and 'dimension' do not fit"),
        (stat(id="unit"), "no list 'id'"),
        (stat(size=[1, 2, 4]), "not 4 categories, as 'size' says: 'time'"),
        (stat(size=[1, 2, 10**9]), "a cube without cells or with too many"),
        (stat(size=[1, 0, 3]), "a cube without cells or with too many"),
        (stat(id=["unit", "geo", "when"]), "a dimension without category: 'when'"),
        (stat().replace('"time"', '"when"'), "no time dimension among .*geo, when"),
        (stat().replace('"geo"', '"nuts"'), "no geo dimension among .*unit, nuts"),
        (stat().replace('"2020": 1', '"2020": 2'), "positions of categories"),
        (stat().replace('"2020": 1', '"2020": null'), "positions of categories"),
        (stat().replace('"2020"', '"TOTAL"'), "unreadable period: 'TOTAL'"),
        (stat().replace('"ES21"', '"E S"'), "not a dimension code: 'E S'"),
        (
            stat().replace('"2": 3.5', '"0": 3.5'),
            "name '0' twice with different values",
        ),
        (sdmx(_set(*FIRST, "0", [])), "an observation without value"),
        (sdmx(_set(*FIRST, "0", 5)), "no array where one is expected: '5'"),
        (sdmx(_set(*FIRST, "0", ["1", 0, None])), "not a number"),
        (sdmx(_set(*FIRST, "0", [1, 9, None])), "an attribute index beyond its values"),
        (sdmx(_set(*FIRST, "9", [1])), "a position beyond the values: '0:0:9'"),
        (sdmx(_set(*FIRST, "x", [1])), "a key that is no list of positions: 'x'"),
        (sdmx(_set(*FIRST, "0:0", [1])), "a key of another length"),
        (sdmx(_set("dataSets", 0, "series", [])), "no 'series'"),
        (sdmx(_set("dataSets", [1])), "a data set that is no object"),
        (sdmx(_set("dataSets", 0, "series", "0:0", 1)), "a series that is no object"),
        ('{"error": {"status": 404, "label": 4}}', "an error, not data: "),
        ('{"error": "gone"}', "an error, not data: '\"gone\"'"),
        (sdmx(_set("dataSets", 0, {})), "no 'observations'"),
        (sdmx(_set("structure", {})), "no 'dimensions'"),
        (sdmx(_set("structure", "dimensions", "series", [1])), "without id"),
        (sdmx(_set("structure", "dimensions", "series", 1)), "without id"),
        (
            sdmx(_set("structure", "dimensions", "series", 0, "values", [1])),
            "a value that is no object: 'UNIT'",
        ),
        (
            sdmx(_set("structure", "dimensions", "series", 0, "values", [{}])),
            "a dimension value without id",
        ),
        (sdmx().replace('"LOCATION"', '"WHO"'), "no geo dimension among"),
        (sdmx().replace('"FREQ", "values": [', '"FREQ", "values": [{"id": "Q"}, '),
         "a dimension of the data set without its one value"),
        (sdmx().replace('"id": "A"', '"id": "Q"'), "mixed frequencies in one series"),
        (sdmx().replace('"id": "X"', '"id": "X9"'), "unknown flag: 'x9'"),
    ],
)  # fmt: skip
def test_bad_json_is_one_clear_sentence(read, text, words):
    with pytest.raises(ParseError, match=words) as caught:
        read(text, "bad.json")
    assert str(caught.value).startswith("bad.json")


def test_two_values_of_one_observation_are_refused(read):
    def change(content):
        content["dataSets"].append(copy.deepcopy(content["dataSets"][0]))
        content["dataSets"][1]["series"]["0:0"]["observations"]["0"] = [2, 0, None]

    with pytest.raises(ParseError, match="twice with different values: 'A,PC,ES,2019'"):
        read(sdmx(change))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=150,
)
@given(data=st.data(), junk=json_values)
def test_junk_anywhere_in_a_message_is_a_parse_error_or_harmless(read, data, junk):
    content = copy.deepcopy(data.draw(st.sampled_from([STAT, SDMX])))
    place = content
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not (isinstance(inner, dict | list) and inner) or data.draw(st.booleans()):
            break
        place = inner
    place[key] = junk
    try:
        _, rows = read(json.dumps(content))
    except ParseError:
        return
    assert all(isinstance(row, SeriesRow) for row in rows)
