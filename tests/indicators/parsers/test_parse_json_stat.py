"""JSON-stat 2.0."""

import copy
import json
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.parsers.types import Tally
from tests.indicators.parsers.json_messages import (
    ES21,
    FR10,
    STAT,
    stat,
)


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
