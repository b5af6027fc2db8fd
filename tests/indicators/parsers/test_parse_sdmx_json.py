"""SDMX-JSON 1.0."""

import copy
import json

import pytest

from indicators.parsers.errors import ParseError
from indicators.parsers.types import SeriesRow, Tally
from tests.indicators.parsers.json_messages import (
    ES21,
    FR10,
    SDMX,
    SERIES,
    put,
    sdmx,
    stat,
)


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
    message, rows = read(sdmx(put("structure", "links", links)))
    assert message.structure.dataflow == code
    assert rows == SERIES


def test_message_without_attributes_has_no_flags(read):
    _, rows = read(sdmx(put("structure", "attributes", {})))
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
