"""The choice between series as reported and converted, on pages and in files."""

import csv
import io

import pytest

HU11 = "/regions/HU11/"
PATENTS = "/indicators/epo-patents-per-million/"
PAIR = "/compare/?region=HU11&region=FRF3&indicator=epo-patents-per-million"
CHOICE = "Converted to NUTS 2024"
NO_CHOICE = "nothing is to be converted"
MARK = "conv."


@pytest.mark.parametrize(
    "address",
    [HU11, PATENTS, PAIR, "/regions/?indicator=population", "/regions/NO0A/"],
)
def test_the_choice_is_offered_where_regions_differ(page, address):
    found = page(address)
    assert CHOICE in found.text
    joint = "&" if "?" in address else "?"
    assert f"{address}{joint}series=converted" in found.links
    assert MARK not in found.text


@pytest.mark.parametrize(
    "address",
    [
        "/regions/ES21/",
        "/regions/FRF3/",
        "/regions/HU/",
        "/indicators/gdp-mio-eur/",
        "/regions/?indicator=gdp-mio-eur",
        "/compare/?region=ES21&region=FRF3",
    ],
)
def test_without_a_difference_the_page_says_so(page, address):
    found = page(address)
    assert NO_CHOICE in found.text
    assert CHOICE not in found.text


@pytest.mark.parametrize(
    "address",
    [HU11, f"{PATENTS}?region=HU11", PAIR, "/regions/?indicator=population"],
)
def test_converted_pages_mark_their_values_and_lead_back(page, address):
    joint = "&" if "?" in address else "?"
    found = page(f"{address}{joint}series=converted")
    assert MARK in found.text
    assert address in found.links
    assert "converted values (" in found.text
    assert not found.unclosed


def test_the_choice_keeps_the_rest_of_the_address(page):
    found = page(f"{PATENTS}?year=2010&region=HU11")
    assert f"{PATENTS}?year=2010&region=HU11&series=converted" in found.links


def test_the_metadata_box_names_versions_weights_and_what_was_left(page):
    found = page(f"{PATENTS}?series=converted").text
    assert "rate, averaged, weighted by population" in found
    assert "Joint Research Centre" in found
    assert "from values published in NUTS 2010" in found
    assert "United Kingdom, 50 codes: no such territory in NUTS 2024" in found
    reported = page(PATENTS).text
    assert "Published in NUTS 2010" in reported
    assert "Joint Research Centre" not in reported


def test_a_part_left_out_is_reported(page):
    found = page("/indicators/neet-15-29/?series=converted").text
    assert "NO08: up to 0.82 % of the weight has no figure" in found


def test_a_download_names_method_weight_and_source(client, starter):
    address = "/api/v1/figures/trend/?indicator=epo-patents-per-million&region=HU11"
    content = client.get(f"{address}&series=converted&format=csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(content.lstrip("\ufeff"))))
    mine = {row["conversion"] for row in rows if row["geo"] == "HU11"}
    assert mine == {"rate, averaged, weighted by population: HU10 (NUTS 2010)"}
    assert {row["conversion"] for row in rows if row["geo"] == "HU"} == {""}
    plain = client.get(f"{address}&format=csv").content.decode()
    assert "conversion" not in plain.splitlines()[0]


def test_figures_name_the_regions_converted(client, starter):
    address = "/api/v1/figures/trend/?indicator=epo-patents-per-million"
    both = f"{address}&region=HU11&region=FRF3&series=converted"
    found = client.get(both).json()
    assert (found["converted"], found["weight"]) == (["HU11"], "population")
    assert found["subtitle"].endswith("converted to NUTS 2024")
    plain = client.get(f"{address}&region=FRF3").json()
    assert (plain["converted"], plain["weight"]) == ([], "")


def test_a_profile_marks_what_was_converted(client, starter):
    found = client.get("/api/v1/regions/HU11/profile/?series=converted").json()
    marks = {row["indicator"]: row for row in found["key_figures"]}
    patents, people = marks["epo-patents-per-million"], marks["population"]
    assert (patents["converted"], patents["weight"]) == (True, "population")
    assert patents["published_as"] == "2010:HU10"
    assert (people["converted"], people["weight"]) == (False, "")


def test_a_moved_boundary_breaks_the_line_as_reported(page, client):
    address = "/api/v1/figures/trend/?indicator=unemployment-rate&region=NL35"
    (mine,) = [
        item
        for item in client.get(address).json()["data"]
        if item.get("name") == "Utrecht"
    ]
    assert mine["x"][mine["x"].index(2018) + 1] is None
    assert "another territory from 2019 on" in page("/regions/NL35/").text


def test_methods_state_formulas_threshold_and_every_indicator(page):
    found = page("/methods/")
    assert "x_b = Σ_a x_a · f_ab ÷ Σ_a f_ab" in found.text
    for said in ("at most 20 %", "under 1 %", "less than 95 %"):
        assert said in found.text
    assert len(found.table("Conversion")) == 14


def test_a_wrong_choice_is_refused(client, starter):
    assert client.get(f"{HU11}?series=guessed").status_code == 400
