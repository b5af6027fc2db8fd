"""Pages of priorities, strategies, domains and the guide."""

import csv
import io

import pytest
from django.template.loader import render_to_string

from regions.models import Region
from strategies.models import CodeList, Domain, Priority, Strategy
from strategies.queries import strategies_of
from tests.factories.catalogue import PriorityFactory

PAGES = [
    "/priorities/",
    "/priorities/?view=map&economic=energy",
    "/priorities/?q=nothing-like-this",
    "/priorities/matrix/",
    "/priorities/matrix/?country=ES&kind=policy",
    "/strategies/",
    "/strategies/es12-2021-2027/",
    "/domains/",
    "/domains/economic/energy/",
    "/guide/",
    "/guide/glossary/",
    "/guide/glossary/?q=funds",
    "/guide/steps/?region=ES21",
    *(f"/guide/steps/{number}/?region=ES21" for number in range(1, 7)),
    "/guide/steps/1/",
    "/guide/lists/peer-review/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_runs_nothing(page, address):
    found = page(address)
    assert not found.unclosed
    assert not found.inline
    assert len(found.ids) == len(set(found.ids))
    assert "None" not in found.text.replace("None held here", "")


def test_priorities_are_narrowed_and_counted(page):
    energy = Priority.objects.public().filter(domains__code="energy").count()
    assert f"{energy} priorities" in page("/priorities/?economic=energy").text


def test_the_file_has_exactly_what_was_found(client, starter):
    response = client.get("/priorities/?country=ES&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    public = Priority.objects.public().filter(strategy__region__country="ES")
    assert sorted(row["id"] for row in rows) == sorted(str(p.pk) for p in public)


def test_matrix_page_and_file_have_the_same_numbers(page, client):
    shown = page("/priorities/matrix/?country=ES").table("Area")
    response = client.get("/priorities/matrix/?country=ES&format=csv")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert [[cell.strip() for cell in row[1:]] for row in shown[1:-1]] == [
        row[2:] for row in rows[1:]
    ]


def test_domains_say_what_they_follow_and_that_they_are_a_draft(page):
    note = CodeList.objects.get(code="eye-ris3").text
    for address in ("/priorities/", "/priorities/matrix/", "/domains/economic/energy/"):
        text = page(address).text
        assert "after Eye@RIS3" in text
        assert note[:60] in text
        assert "draft" in text


def test_who_else_has_this_names_the_reason(page):
    priority = Priority.objects.public().filter(domains__code="energy").first()
    found = page(f"/priorities/{priority.pk}/")
    rows = found.table("Why")
    assert len(rows) > 1
    assert all("shared domain" in row[2] for row in rows[1:])
    assert priority.strategy.area_name not in {row[0] for row in rows[1:]}


def test_what_waits_is_nowhere(page, client):
    draft = Strategy.objects.filter(state="draft").first()
    page(draft.get_absolute_url(), status=404)
    hidden = Priority.objects.filter(strategy=draft).first()
    page(hidden.get_absolute_url(), status=404)
    page("/guide/lists/self-assessment-wheel/", status=404)
    served = client.get("/api/v1/strategies/?page_size=1000").json()["results"]
    assert draft.slug not in {item["slug"] for item in served}


def test_a_step_leads_to_the_pages_of_the_region_and_keeps_it(page):
    links = page("/guide/steps/1/?region=ES21").links
    assert "/regions/ES21/" in links
    assert "/guide/steps/2/?region=ES21" in links
    assert "/regions/ES21/" not in page("/guide/steps/1/").links


def test_every_page_a_step_leads_to_is_there(page):
    frame = set(page("/accessibility/").links)
    asked = set()
    for number in range(1, 7):
        asked |= set(page(f"/guide/steps/{number}/?region=ES21").links) - frame
    inside = {link.partition("#")[0] for link in asked if link.startswith("/")}
    assert len(inside) > 10
    for link in inside:
        page(link)


@pytest.mark.parametrize(
    "address", ["/guide/steps/0/", "/guide/steps/7/", "/guide/glossary/nothing/"]
)
def test_what_is_not_there_is_not_found(page, address):
    page(address, status=404)


def test_an_unknown_region_is_refused(page):
    assert "ZZ99" in page("/guide/steps/1/?region=ZZ99", status=400).text


def test_a_term_leads_to_its_place(client, starter):
    assert client.get("/guide/glossary/sme/").headers["Location"] == (
        "/guide/glossary/#sme"
    )


@pytest.mark.parametrize(
    "address",
    ["/priorities/", "/strategies/", "/priorities/matrix/", "/domains/policy/kets/"],
)
def test_statements_do_not_grow_with_records(client, starter, address):
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    statements()  # after this, what has which facet is kept
    before = statements()
    domains = Domain.objects.filter(code__in=["kets", "energy"])
    for _ in range(8):
        PriorityFactory().domains.set(domains)
    statements()
    assert statements() == before


def test_the_api_answers_as_the_page_does(client, starter):
    address = "/api/v1/priorities/?economic=energy&country=ES"
    answer = client.get(address).json()
    page = client.get("/priorities/?economic=energy&country=ES&format=json").json()
    assert answer["count"] == page["count"]
    assert {str(item["id"]) for item in answer["results"]} == {
        row["id"] for row in page["results"]
    }
    assert all(item["is_mapping_draft"] for item in answer["results"])


@pytest.mark.parametrize("name", ["strategies", "priorities", "domains", "glossary"])
def test_the_api_names_what_is_wrong(client, starter, name):
    answer = client.get(f"/api/v1/{name}/?nothing=1")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == "nothing"


def test_the_short_address_of_a_domain_leads_on(client, starter):
    response = client.get("/domains/energy/")
    assert response.headers["Location"] == "/domains/economic/energy/"
    assert client.get("/domains/nothing/").status_code == 404


def test_the_block_of_a_region_names_its_priorities(starter, rf):
    region = Region.objects.current().get(code="ES12")
    block = render_to_string(
        "regions/_region_priorities.html",
        {"strategies": strategies_of(region), "territory": region},
        request=rf.get("/regions/ES12/"),
    )
    assert "Heritage and biodiversity" in block
    assert "/priorities/matrix/?country=ES" in block


def test_the_block_of_a_covered_region_says_whose_strategy_it_is(starter, rf):
    region = Region.objects.current().get(code="HU21")
    block = render_to_string(
        "regions/_region_priorities.html",
        {"strategies": strategies_of(region), "territory": region},
        request=rf.get("/regions/HU21/"),
    )
    assert "wider area that covers this region" in block
