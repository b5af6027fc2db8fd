"""Regions over the API."""

import csv
import io

import pytest

from regions.models import Region

pytestmark = pytest.mark.usefixtures("starter")

ADDRESS = "/api/v1/regions/"


def pages(client, address):
    while address:
        body = client.get(address).json()
        yield body
        address = body["next"]


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("", {}),
        ("level=2", {"level": 2}),
        ("level=0&bloc=EU", {"level": 0, "bloc": "EU"}),
        ("country=ES", {"country": "ES"}),
        ("version=2010&level=1", {"version": 2010, "level": 1}),
    ],
)
def test_all_pages_together_are_all_regions_in_code_order(query, conditions, client):
    bodies = list(pages(client, f"{ADDRESS}?page_size=50&{query}"))
    codes = [row["code"] for body in bodies for row in body["results"]]
    held = Region.objects.filter(**{"version": 2024, **conditions})
    assert codes == sorted(held.values_list("code", flat=True))
    assert {body["count"] for body in bodies} == {len(codes)}


@pytest.mark.parametrize(
    ("q", "code"),
    [("vasco", "ES21"), ("Αττική", "EL30"), ("attiki", "EL30"), ("es21", "ES21")],
)
def test_a_search_by_name_or_code(q, code, client):
    rows = client.get(ADDRESS, query_params={"q": q}).json()["results"]
    assert code in [row["code"] for row in rows]


def test_csv_has_the_rows_of_json(client):
    rows = client.get(f"{ADDRESS}?country=ES&page_size=500").json()["results"]
    content = client.get(f"{ADDRESS}?country=ES&page_size=500&format=csv").content
    table = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["code"] for row in table] == [row["code"] for row in rows]
    assert table[0]["name_native"] == rows[0]["name_native"]
    assert list(table[0]) == list(rows[0])


def test_one_region_with_its_parts_and_former_codes(client):
    body = client.get(f"{ADDRESS}ES2/").json()
    assert body["parent"] == "ES"
    assert [child["code"] for child in body["children"]] == [
        "ES21",
        "ES22",
        "ES23",
        "ES24",
    ]
    former = client.get(f"{ADDRESS}FRF3/").json()["other_versions"]
    assert {"version": 2013, "code": "FR41", "relation": "same"} in former
    assert [item["version"] for item in former] == sorted(i["version"] for i in former)


def test_a_country_has_no_parent(client):
    assert client.get(f"{ADDRESS}ES/").json()["parent"] is None


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ({"version": "2015"}, "version", "2024"),
        ({"level": "3"}, "level", "2"),
        ({"bloc": "NATO"}, "bloc", "EFTA"),
        ({"country": "ZZ"}, "country", "ES"),
        ({"country": "Spain"}, "country", None),
        ({"q": "x" * 101}, "q", None),
        ({"q": "\0"}, "q", None),
        ({"nope": "1"}, "nope", "country"),
        ({"page": "0"}, "page", None),
        ({"page": "x"}, "page", None),
        ({"page_size": "10001"}, "page_size", None),
        ({"format": "xml"}, "format", "csv"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(
    query, parameter, allowed, client
):
    response = client.get(ADDRESS, query_params=query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert len(error["allowed"]) == len(set(error["allowed"]))
    if allowed:
        assert allowed in error["allowed"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("QQ99/", "There is no region QQ99 in NUTS 2024."),
        ("FR41/", "FR41 in NUTS 2013, today FRF3."),
        ("HU10/", "was a region until NUTS 2013"),
        ("%00/", "There is nothing at this address"),
        ("?page=999", "page 999 is after the last one"),
    ],
)
def test_what_is_not_there_is_a_problem(path, words, client):
    response = client.get(f"{ADDRESS}{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(method, client):
    response = getattr(client, method)(ADDRESS)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
