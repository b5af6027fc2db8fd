"""What is wrong with a message in JSON, in one clear sentence."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.parsers.errors import ParseError
from indicators.parsers.types import SeriesRow
from tests.indicators.parsers.json_messages import (
    SDMX,
    STAT,
    put,
    sdmx,
    stat,
)

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
        (sdmx(put(*FIRST, "0", [])), "an observation without value"),
        (sdmx(put(*FIRST, "0", 5)), "no array where one is expected: '5'"),
        (sdmx(put(*FIRST, "0", ["1", 0, None])), "not a number"),
        (sdmx(put(*FIRST, "0", [1, 9, None])), "an attribute index beyond its values"),
        (sdmx(put(*FIRST, "9", [1])), "a position beyond the values: '0:0:9'"),
        (sdmx(put(*FIRST, "x", [1])), "a key that is no list of positions: 'x'"),
        (sdmx(put(*FIRST, "0:0", [1])), "a key of another length"),
        (sdmx(put("dataSets", 0, "series", [])), "no 'series'"),
        (sdmx(put("dataSets", [1])), "a data set that is no object"),
        (sdmx(put("dataSets", 0, "series", "0:0", 1)), "a series that is no object"),
        ('{"error": {"status": 404, "label": 4}}', "an error, not data: "),
        ('{"error": "gone"}', "an error, not data: '\"gone\"'"),
        (sdmx(put("dataSets", 0, {})), "no 'observations'"),
        (sdmx(put("structure", {})), "no 'dimensions'"),
        (sdmx(put("structure", "dimensions", "series", [1])), "without id"),
        (sdmx(put("structure", "dimensions", "series", 1)), "without id"),
        (
            sdmx(put("structure", "dimensions", "series", 0, "values", [1])),
            "a value that is no object: 'UNIT'",
        ),
        (
            sdmx(put("structure", "dimensions", "series", 0, "values", [{}])),
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
