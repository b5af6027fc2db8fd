"""A small message in JSON-stat and one in SDMX-JSON, and what is in them."""

import copy
import json

from indicators.parsers.types import SeriesRow

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


def dimension(identity, *codes):
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
            "dataSet": [dimension("FREQ", "A")],
            "series": [dimension("UNIT", "PC"), dimension("LOCATION", "ES", "FR")],
            "observation": [dimension("TIME_PERIOD", "2019", "2020", "2021")],
        },
        "attributes": {
            "dataSet": [],
            "series": [],
            "observation": [
                dimension("OBS_STATUS", "B", "X"),
                dimension("CONF_STATUS", "C"),
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


def put(*path_and_value):
    *path, last, value = path_and_value

    def change(content):
        for step in path:
            content = content[step]
        content[last] = value

    return change
