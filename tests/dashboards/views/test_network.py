"""Pages of the partnership network as a reader has them."""

import csv
import io

import pytest

from projects.models import Partner


def rows_of(client, address):
    text = client.get(address).content.decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "address",
    [
        "/network/",
        "/network/?level=0&at_least=2&sort=b&order=desc&layout=tile",
        "/network/?level=1&programme=interreg-ivc-2007-2013&period=2007-2013",
        "/network/?at_least=1000",
        "/regions/ES21/network/",
        "/regions/ES2/network/",
        "/regions/ES/network/?at_least=2",
        "/regions/UA11/network/",
    ],
)
def test_pages_are_sound(page, address):
    found = page(address)
    assert found.unclosed == []
    assert found.inline == []
    assert len(found.ids) == len(set(found.ids))


def test_headings_sort_and_keep_the_filters(page):
    found = page("/network/?level=0&sort=a")
    names = [row[0] for row in found.table("Bar")[1:]]
    assert len(names) > 10
    turned = page(next(link for link in found.links if "sort=a" in link))
    assert "level=0" in next(link for link in turned.links if "sort=b" in link)
    again = [row[0] for row in turned.table("Bar")[1:]]
    assert again[0] != names[0]


def test_pages_of_the_table_and_file_hold_every_link(page, client):
    rows = rows_of(client, "/network/?format=csv")
    assert f"{len(rows)} links" in page("/network/").text
    assert len(page("/network/?page=2").table("Bar")) > 1
    page("/network/?page=999", 404)
    weights = [int(row["projects"]) for row in rows]
    assert weights == sorted(weights, reverse=True)


def test_a_country_that_nuts_has_no_longer_is_named_without_a_page(page, client):
    assert Partner.objects.public().filter(country="UK").exists()
    rows = rows_of(client, "/network/?level=0&format=csv")
    assert "United Kingdom" in {row["b_name"] for row in rows}
    assert not [link for link in page("/network/?level=0").links if "/UK/" in link]


def test_a_region_names_partners_and_projects(page, client):
    found = page("/regions/ES21/network/")
    assert "KNOW-HUB" in found.text
    rows = rows_of(client, "/regions/ES21/network/?format=csv")
    near = {row["geo"] for row in rows if row["relation"] == "partner"}
    far = {row["geo"] for row in rows if row["relation"] == "within reach"}
    assert "PL41" in near
    assert not near & far
    assert "ES21" not in near | far


def test_an_old_code_leads_to_the_region_of_today(starter, client):
    response = client.get("/regions/FR41/network/")
    assert response.status_code == 302
    assert response["Location"] == "/regions/FRF3/network/"


def test_a_code_that_never_was_is_not_found(page):
    page("/regions/QQ99/network/", 404)
