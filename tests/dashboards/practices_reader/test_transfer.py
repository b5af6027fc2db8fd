"""The ranking for a region: its words, weights and files."""

import csv
import io

import pytest

from practices.analysis.transfer import Part
from practices.models import GoodPractice
from practices.transfers import transfers
from regions.models import Region

pytestmark = pytest.mark.usefixtures("starter")
ADDRESS = "/practices/transfer/"


def rows(client, query):
    text = client.get(f"{ADDRESS}?{query}&format=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_every_reason_stands_in_words(page):
    found = page(f"{ADDRESS}?region=FRF3")
    best = transfers(Region.objects.current().get(code="FRF3"))[0]
    row = found.table("Practice")[1]
    assert best[0].title in row[0]
    assert "by closeness in structure" in row[3]
    assert "What it cost is not told." in row[3]
    assert found.inline == []


def test_the_file_and_the_api_have_the_order_of_the_ranking(client):
    weights = dict.fromkeys(Part, 0.0) | {Part.EVIDENCE: 1.0}
    region = Region.objects.current().get(code="ES21")
    wanted = [practice.slug for practice, _ in transfers(region, weights=weights)]
    query = "region=ES21&w_structure=0&w_domains=0&w_resources=0&w_evidence=1"
    assert [row["slug"] for row in rows(client, query)] == wanted
    api = client.get(
        f"/api/v1/regions/ES21/transfer/?{query.partition('&')[2]}&page_size=500"
    ).json()
    assert [item["practice"] for item in api["results"]] == wanted
    assert api["results"][0]["reasons"][3]["value"] in {10, 25, 50, 80, 100}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("region=ZZ99", "ZZ99"),
        ("region=ES21&w_structure=-1", "w_structure"),
        ("region=ES21&w_structure=nan", "w_structure"),
        (
            "region=ES21&w_structure=0&w_domains=0&w_resources=0&w_evidence=0",
            "above 0",
        ),
        ("format=csv", "region="),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, query, said):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 400
    assert said in response.content.decode()


def test_an_empty_weight_is_the_usual_one(client):
    assert rows(client, "region=ES21&w_domains=") == rows(client, "region=ES21")


def test_a_region_without_figures_is_told_so(page):
    text = page(f"{ADDRESS}?region=ES").text
    assert "Too few figures are held of your region" in text


def test_the_profile_and_the_methods_lead_here(page):
    assert f"{ADDRESS}?region=ES21" in page("/regions/ES21/").links
    assert ADDRESS in page("/methods/").links


def test_every_fact_book_practice_has_a_page(page):
    for slug in GoodPractice.objects.public().values_list("slug", flat=True):
        found = page(f"/practices/{slug}/")
        assert found.unclosed == []
        assert len(found.ids) == len(set(found.ids))
