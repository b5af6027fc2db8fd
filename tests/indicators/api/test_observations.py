"""Observations over the API: whole, in order, filtered, and the same in every form."""

import csv
import io
from itertools import product

import pytest

pytestmark = pytest.mark.usefixtures("starter")

ADDRESS = "/api/v1/observations/"
KEY = ("indicator", "geo", "time_period")


def crawl(client, query, page_size):
    """All rows by following ``next``, and every count met on the way."""
    address = f"{ADDRESS}?{query}&page_size={page_size}"
    rows, counts = [], set()
    while address:
        body = client.get(address).json()
        rows += body["results"]
        counts.add(body["count"])
        address = body["next"]
    return rows, counts


def keys(rows):
    return [tuple(row[name] for name in KEY) for row in rows]


def as_table(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_page_by_page_to_the_last_row(client):
    rows, counts = crawl(client, "", 10_000)
    found = keys(rows)
    assert len(found) > 20_000
    assert counts == {len(found)}
    assert len(set(found)) == len(found)
    assert found == sorted(found)


@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_size_of_pages_changes_nothing(size, client):
    query = "indicator=gerd-pc-gdp&geo=ES21,BE21,NO02"
    rows, counts = crawl(client, query, size)
    (whole,) = [client.get(f"{ADDRESS}?{query}&page_size=10000").json()]
    assert rows == whole["results"]
    assert counts == {len(rows)}
    assert whole["next"] is whole["previous"] is None


def test_csv_equals_json(client):
    query = "indicator=gerd-pc-gdp&page_size=10000"
    rows = client.get(f"{ADDRESS}?{query}").json()["results"]
    response = client.get(f"{ADDRESS}?{query}&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    table = as_table(response.content)
    assert list(table[0]) == list(rows[0])
    assert keys(table) == keys(rows)
    for plain, row in zip(table, rows, strict=True):
        value = row.pop("obs_value")
        assert (plain.pop("obs_value") or None) == (
            None if value is None else repr(value)
        )
        assert plain.pop("converted") == str(row.pop("converted")).lower()
        assert plain == row


def test_csv_without_a_page_is_the_whole_file(client):
    rows, counts = crawl(client, "", 10_000)
    table = as_table(client.get(f"{ADDRESS}?format=csv").content)
    assert keys(table) == keys(rows)
    assert counts == {len(table)}
    few = as_table(client.get(f"{ADDRESS}?format=csv&page_size=5&page=2").content)
    assert keys(few) == keys(rows[5:10])


def test_csv_by_accept_and_of_an_empty_answer(client):
    query = f"{ADDRESS}?indicator=gerd-pc-gdp&geo=ES21&time_period=1900"
    response = client.get(query, headers={"accept": "text/csv"})
    assert response.status_code == 200
    assert response.content.decode().strip().split(",")[:3] == list(KEY)
    assert client.get(query).json() == {
        "count": 0, "next": None, "previous": None, "results": [], "stale": {},
    }  # fmt: skip


@pytest.mark.parametrize("joint", ["+", ",", "%2B", "%20", "&geo="])
def test_several_regions(joint, client):
    address = f"{ADDRESS}?indicator=gerd-pc-gdp&geo=ES21{joint}ITI1&page_size=100"
    rows = client.get(address).json()["results"]
    assert {row["geo"] for row in rows} == {"ES21", "ITI1"}


def test_filters_together_are_the_product_of_each(client):
    wanted = {
        "indicator": ["gerd-pc-gdp", "population"],
        "geo": ["ES21", "ES", "EU27_2020"],
        "time_period": ["2021", "2022"],
    }
    rows = client.get(ADDRESS, query_params=wanted).json()["results"]
    assert set(keys(rows)) <= set(product(*wanted.values()))
    assert ("population", "EU27_2020", "2022") in keys(rows)
    assert ("gerd-pc-gdp", "ES21", "2021") in keys(rows)


def test_one_published_cell(client):
    query = "indicator=gerd-pc-gdp&geo=ES21&time_period=2023"
    (row,) = client.get(f"{ADDRESS}?{query}").json()["results"]
    assert row == {
        "indicator": "gerd-pc-gdp", "geo": "ES21", "time_period": "2023",
        "obs_value": 2.38, "obs_status": "", "conf_status": "", "unit": "% of GDP",
        "published_as": "", "converted": False, "conversion": "", "weight": "",
    }  # fmt: skip


def test_a_confidential_cell_has_a_status_and_no_value(client):
    query = "indicator=gerd-pc-gdp&geo=BE21&time_period=2018"
    (row,) = client.get(f"{ADDRESS}?{query}").json()["results"]
    assert (row["obs_value"], row["conf_status"]) == (None, "C")


def test_a_code_as_published_is_said(client):
    query = "indicator=epo-patents-per-million&geo=FRF3&time_period=2010"
    (row,) = client.get(f"{ADDRESS}?{query}").json()["results"]
    assert row["published_as"] == "2010:FR41"
    old = client.get(f"{ADDRESS}?{query.replace('FRF3', 'FR41')}&version=2010").json()
    assert old["results"][0]["obs_value"] == row["obs_value"]


def test_a_region_without_data_is_an_empty_answer(client):
    assert client.get(f"{ADDRESS}?indicator=gerd-pc-gdp&geo=UA11").json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ({"indicator": "none-such"}, "indicator", "gerd-pc-gdp"),
        ({"indicator": "gerd-pc-gdp,none-such"}, "indicator", "gerd-pc-gdp"),
        ({"geo": "QQ99"}, "geo", None),
        ({"geo": "FR41"}, "geo", None),
        ({"geo": "es21"}, "geo", None),
        ({"geo": "\0"}, "geo", None),
        ({"time_period": "next year"}, "time_period", None),
        ({"time_period": "20"}, "time_period", None),
        ({"version": "2015"}, "version", "2021"),
        ({"page_size": "0"}, "page_size", None),
        ({"format": "xlsx"}, "format", "csv"),
        ({"unit": "PC"}, "unit", "geo"),
    ],
)
@pytest.mark.parametrize("form", [{}, {"format": "csv"}])
def test_a_wrong_parameter_is_named(query, parameter, allowed, form, client):
    response = client.get(ADDRESS, query_params={**form, **query})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    if allowed:
        assert allowed in error["allowed"]


def test_a_page_after_the_last_one_is_not_found(client):
    response = client.get(f"{ADDRESS}?indicator=gerd-pc-gdp&geo=ES21&page=2")
    assert response.status_code == 404
    assert "page 2 is after the last one, 1" in response.json()["detail"]


def test_what_cannot_be_written_is_not_acceptable(client):
    response = client.get(ADDRESS, headers={"accept": "image/png"})
    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


def test_a_converted_cell_names_method_weight_and_origin(client):
    query = "indicator=epo-patents-per-million&geo=HU11&time_period=2010"
    assert client.get(f"{ADDRESS}?{query}").json()["count"] == 0
    (row,) = client.get(f"{ADDRESS}?{query}&series=converted").json()["results"]
    assert (row["converted"], row["conversion"], row["weight"]) == (
        True, "rate", "population",
    )  # fmt: skip
    assert row["published_as"] == "2010:HU10"
    old = client.get(f"{ADDRESS}?{query.replace('HU11', 'HU10')}&version=2010").json()
    assert old["results"][0]["obs_value"] == row["obs_value"]


def test_a_recode_is_no_conversion(client):
    query = "indicator=epo-patents-per-million&geo=FRF3&time_period=2010"
    reported, converted = (
        client.get(f"{ADDRESS}?{query}{more}").json()["results"]
        for more in ("", "&series=converted")
    )
    assert reported == converted
    assert reported[0]["converted"] is False
