"""What cannot be answered is refused with a page that says why and leads on."""

import pytest

INJECTION = '"><script>alert(1)</script>'

WRONG = [
    ("/", {"indicator": "none-such"}, "indicator"),
    ("/", {"layout": "globe"}, "layout"),
    ("/", {"x": "1"}, "x"),
    ("/regions/", {"year": "20"}, "year"),
    ("/regions/", {"sort": "size"}, "sort"),
    ("/regions/", {"order": "up"}, "order"),
    ("/regions/", {"country": "ZZ"}, "country"),
    ("/regions/", {"country": "Spain"}, "country"),
    ("/regions/", {"version": "1999"}, "version"),
    ("/regions/", {"layout": "boundaries"}, "layout"),
    ("/regions/", {"year": ["2018", "2019"]}, "year"),
    ("/regions/ES21/", {"year": "2020"}, "year"),
    ("/regions/ES21/", {"was": "?"}, "was"),
    ("/indicators/", {"q": "x"}, "q"),
    ("/indicators/gerd-pc-gdp/", {"region": "QQ99"}, "region"),
    ("/indicators/gerd-pc-gdp/", {"show": "some"}, "show"),
    ("/indicators/gerd-pc-gdp/", {"classes": "jenks"}, "classes"),
    ("/compare/", {"region": ["ES21", "QQ99"]}, "region"),
    ("/compare/", {"region": [f"ES{n}" for n in range(11, 18)]}, "region"),
    ("/compare/", {"indicator": "none-such"}, "indicator"),
    ("/compare/", {"view": "pie"}, "view"),
    ("/search/", {"q": "x" * 101}, "q"),
    ("/sources/", {"page": "0"}, "page"),
    ("/sources/", {"page": "many"}, "page"),
    ("/sources/", {"page": "9999"}, "page"),
    ("/methods/", {"x": "1"}, "x"),
]


@pytest.mark.parametrize(("path", "query", "name"), WRONG)
def test_a_wrong_parameter_is_named_on_a_page(path, query, name, page):
    found = page(path, 400, query_params=query)
    assert f"{name}: " in found.text
    assert "Traceback" not in found.text
    assert path in found.links
    assert found.inline == found.unclosed == []


def test_the_allowed_values_are_listed(page):
    text = page("/regions/?layout=globe", 400).text
    assert "dorling" in text
    assert "tile" in text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/search/", {"q": INJECTION}),
        ("/", {"indicator": INJECTION}),
        ("/", {INJECTION: "1"}),
        ("/regions/", {"country": INJECTION}),
        ("/regions/ES21/", {"was": INJECTION}),
        ("/compare/", {"region": INJECTION}),
        ("/indicators/gerd-pc-gdp/", {"region": INJECTION}),
        (f"/regions/{INJECTION.replace('/', '|')}/", {}),
        (f"/indicators/{INJECTION.replace('/', '|')}/", {}),
    ],
)
def test_what_a_reader_types_is_never_run(path, query, client, starter):
    response = client.get(path, query_params=query)
    assert response.status_code in (200, 400, 404)
    assert b"<script>alert" not in response.content
    assert b'"><script' not in response.content


@pytest.mark.parametrize("code", ["ZZ99", "XX", "ES2199", "E", "país", "%00", "-"])
def test_a_code_that_never_existed_is_not_found_and_leads_on(code, page):
    found = page(f"/regions/{code}/", 404)
    assert "There is no region" in found.text
    assert "/regions/" in found.links
    assert "All regions" in found.text


def test_a_slip_of_the_finger_is_answered_with_codes_like_it(page):
    assert "/regions/ES21/" in page("/regions/ES21X/", 404).links


def test_an_old_code_leads_to_its_region_with_a_note(client, page):
    response = client.get("/regions/FR41/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/regions/FRF3/?was=FR41",
    )
    text = page("/regions/FRF3/?was=FR41").text
    assert (
        "FR41 is a code of an earlier NUTS version. Today the region is FRF3." in text
    )


@pytest.mark.parametrize("code", ["es21", "Es21", "ES21 "])
def test_case_does_not_matter(code, client, starter):
    response = client.get(f"/regions/{code}/")
    assert (response.status_code, response["Location"]) == (302, "/regions/ES21/")


def test_a_split_region_is_a_choice_of_its_parts(page):
    found = page("/regions/HU10/")
    assert {"/regions/HU11/", "/regions/HU12/"} <= set(found.links)
    assert "Its territory lies in these regions now" in found.text


def test_a_region_without_successor_is_not_said_never_to_have_been(page):
    text = page("/regions/UKI1/", 404).text
    assert "was a region until NUTS" in text
    assert "never used" not in text


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/indicators/none-such/", "/sources/runs/999999/"]
)
def test_an_address_that_is_none_is_a_page_with_a_search(path, page):
    found = page(path, 404)
    assert "There is no such page" in found.text
    assert found.inline == found.unclosed == []
    assert "Content-Security-Policy" in found.response


@pytest.mark.parametrize("path", ["/regions/ES21/", "/search/", "/compare/"])
def test_an_address_without_its_slash_is_mended(path, client, starter):
    response = client.get(path.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, path)
