"""Figures of the catalogue: one view as JSON, as CSV, as XLSX, with its words."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from dashboards.exhibits.registry import RECORD_KINDS

pytestmark = pytest.mark.usefixtures("starter")

FIGURES = "/api/v1/figures"
# A query that each kind can answer from the starter set.
QUERIES = {
    "practices": "evidence=documented",
    "projects": "",
    "partners": "project=know-hub",
    "priorities": "",
    "organisations": "",
    "budgets": "",
    "network": "level=0",
    "region-network": "region=ES21",
}


def test_every_kind_is_asked():
    assert set(QUERIES) == set(RECORD_KINDS)


@pytest.fixture(params=sorted(QUERIES))
def url(request):
    return f"{FIGURES}/{request.param}/?{QUERIES[request.param]}"


def test_a_figure_is_plotly_json_with_its_words(url, client):
    figure = json.loads(client.get(url).content, parse_constant=pytest.fail)
    assert figure["data"]
    assert figure["layout"]["height"]
    assert all(figure[name] for name in ("question", "subtitle", "summary"))


def test_csv_and_workbook_hold_the_same_rows(url, client):
    text = client.get(f"{url}&format=csv").content.decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    content = client.get(f"{url}&format=xlsx").content
    data = list(load_workbook(io.BytesIO(content))["data"].iter_rows(values_only=True))
    assert len(rows) == len(data) > 1
    for texts, cells in zip(rows[1:], data[1:], strict=True):
        for value, cell in zip(texts, cells, strict=True):
            assert value == ("" if cell is None else str(cell))
