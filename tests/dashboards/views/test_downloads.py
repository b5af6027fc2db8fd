"""The tables of pages as files: the rows on the page, in the order on the page."""

import csv
import io

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

pytestmark = pytest.mark.usefixtures("starter")


def rows_of(client, address, **query):
    response = client.get(address, query_params={**query, "format": "csv"})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; ")
    return list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))


def sheets_of(client, address, **query):
    response = client.get(address, query_params={**query, "format": "xlsx"})
    book = load_workbook(io.BytesIO(response.content))
    return {
        name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames
    }


VIEWS = [
    ("/regions/", {"country": "ES", "sort": "name", "order": "desc"}),
    ("/regions/", {"indicator": "unemployment-rate", "year": "2020"}),
    ("/regions/", {"version": "2021", "sort": "code"}),
    ("/regions/ES21/", {}),
    ("/regions/UA11/", {}),
    ("/compare/", {"region": ["ES21", "ES"], "indicator": ["population"]}),
    ("/indicators/", {}),
    ("/sources/", {}),
]


@pytest.mark.parametrize(("address", "query"), VIEWS)
def test_csv_and_workbook_are_one_table_with_the_address_of_the_view(
    address, query, client
):
    rows = rows_of(client, address, **query)
    sheets = sheets_of(client, address, **query)
    assert len(sheets["data"]) == len(rows) + 1
    for row, cells in zip(rows, sheets["data"][1:], strict=True):
        for text, cell in zip(row.values(), cells, strict=True):
            assert text == "" if cell is None else same(text, cell)
    again = dict(sheets["metadata"])["Address of this view"]
    assert again.startswith(address)
    assert "format" not in again
    assert client.get(again).status_code == 200
    path, _mark, asked = again.partition("?")
    assert rows_of(client, path, **dict(QueryDict(asked).lists())) == rows


def same(text, cell):
    if isinstance(cell, int | float):
        return float(text) == pytest.approx(cell, rel=1e-14)
    return text == cell


def test_the_table_of_regions_keeps_filter_and_order(client, page):
    query = {"country": "ES", "sort": "name", "order": "desc"}
    rows = rows_of(client, "/regions/", **query)
    assert {row["country"] for row in rows} == {"ES"}
    names = [row["name"] for row in rows]
    assert names == sorted(names, key=str.casefold, reverse=True)
    text = page("/regions/", query_params=query).text
    places = [text.rindex(name) for name in (names[0], names[-1])]
    assert places == sorted(places)


def test_a_profile_as_a_file_is_the_profile_of_the_api(client):
    rows = rows_of(client, "/regions/ES21/")
    body = client.get("/api/v1/regions/ES21/profile/").json()
    assert [row["indicator"] for row in rows] == [
        item["indicator"] for item in body["key_figures"]
    ]
    for row, item in zip(rows, body["key_figures"], strict=True):
        assert row["time_period"] == item["time_period"]
        assert float(row["obs_value"]) == item["obs_value"]
        assert int(row["rank_eu"]) == item["rank_eu"]["rank"]
        assert row["eu_is_median"] == ("yes" if item["eu"]["is_median"] else "no")


def test_a_confidential_value_stays_out_of_the_file(client):
    rows = rows_of(client, "/regions/", country="BE", year="2018")
    (antwerp,) = [row for row in rows if row["geo"] == "BE21"]
    assert (antwerp["obs_value"], antwerp["conf_status"]) == ("", "C")


@pytest.mark.parametrize("address", ["/regions/", "/regions/ES21/", "/sources/"])
def test_a_form_that_is_not_written_is_refused_with_the_ones_that_are(address, page):
    text = page(f"{address}?format=pdf", 400).text
    assert "format: " in text
    assert "csv, xlsx" in text
