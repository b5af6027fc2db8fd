"""The profile in the API says what the page says."""

import pytest

from tests.dashboards.pages import read

pytestmark = pytest.mark.usefixtures("starter")


def profile(client, code, **query):
    return client.get(f"/api/v1/regions/{code}/profile/", query_params=query)


def test_the_facts_of_the_basque_country(client):
    body = profile(client, "ES21").json()
    assert (body["geo"], body["version"], body["name"]) == ("ES21", 2024, "País Vasco")
    by_slug = {item["indicator"]: item for item in body["key_figures"]}
    gerd = by_slug["gerd-pc-gdp"]
    assert (gerd["time_period"], gerd["obs_value"]) == ("2023", 2.38)
    assert gerd["rank_eu"] == {"rank": 47, "of": 227}
    assert gerd["rank_country"] == {"rank": 1, "of": 19}
    assert gerd["eu"]["is_median"]
    assert not by_slug["gdp-per-head"]["eu"]["is_median"]
    assert len(by_slug["gdp-per-head"]["sources"]) == 2


@pytest.mark.parametrize("code", ["ES21", "BE21", "FRF3", "ES", "UA11"])
def test_page_and_api_show_the_same_ranks(code, client):
    text = read(client.get(f"/regions/{code}/")).text
    for item in profile(client, code).json()["key_figures"]:
        assert item["name"] in text
        if item["rank_eu"]["rank"] and item["indicator"] == "gerd-pc-gdp":
            assert f"of {item['rank_eu']['of']} in the EU" in text


def test_another_version_of_nuts(client):
    body = profile(client, "FR41", version=2013).json()
    assert (body["geo"], body["version"], body["name"]) == ("FR41", 2013, "Lorraine")
    assert len(body["key_figures"]) > 5


@pytest.mark.parametrize(
    ("code", "query", "status", "words"),
    [
        ("FR41", {}, 404, "today FRF3"),
        ("QQ99", {}, 404, "There is no region QQ99 in NUTS 2024."),
        ("FRF3", {"version": "2013"}, 404, "There is no region FRF3 in NUTS 2013."),
        ("ES21", {"version": "2015"}, 400, "see errors"),
        ("ES21", {"x": "1"}, 400, "see errors"),
        ("%00", {}, 404, "There is nothing at this address"),
    ],
)
def test_refusals_are_problems(code, query, status, words, client):
    response = profile(client, code, **query)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert words in response.json()["detail"]
