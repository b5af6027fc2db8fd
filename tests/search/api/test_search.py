"""The search through the API."""

import pytest

from search.services import rebuild
from tests.factories import OrganisationFactory

ADDRESS = "/api/v1/search/"


@pytest.fixture
def ask(client):
    def get(status=200, **query):
        response = client.get(ADDRESS, query)
        assert response.status_code == status, response.content[:300]
        return response.json()

    return get


class TestAnswers:
    def test_a_region_by_an_old_code(self, starter, ask):
        answer = ask(q="FR41")
        assert answer["count"] == 1
        assert answer["results"][0]["address"] == "/regions/FRF3/"
        assert answer["results"][0]["note"] == "FR41 in NUTS 2013, today FRF3"

    def test_pages_go_to_the_last_result(self, starter, ask):
        first = ask(q="innovation", page_size=5)
        seen, page = [], 1
        while page:
            answer = ask(q="innovation", page_size=5, page=page)
            seen += [item["address"] for item in answer["results"]]
            page = page + 1 if answer["next"] else 0
        assert len(seen) == len(set(seen)) == first["count"]
        assert sum(item["count"] for item in first["kinds"]) == first["count"]

    def test_kinds_are_those_of_the_page(self, starter, ask):
        answer = ask(q="innovation", kind=["term", "programme"], page_size=100)
        assert {item["kind"] for item in answer["results"]} == {"term", "programme"}
        assert len(answer["kinds"]) > 2

    def test_a_slip_is_said(self, starter, ask):
        assert ask(q="tosacna")["meant"] == "toscana"
        assert ask(q="toscana")["meant"] == ""

    def test_nothing_found_helps_on(self, starter, ask):
        answer = ask(q="toscana xqxqxq")
        assert answer["count"] == 0
        assert {"q", "count"} == set(answer["helps"][0])

    def test_no_words_find_nothing(self, starter, ask):
        assert ask()["results"] == []


def test_marks_are_html_and_all_else_is_escaped(db, ask):
    OrganisationFactory(name="<script>alert(1)</script> Quetzal & Sons")
    rebuild()
    (item,) = ask(q="quetzal")["results"]
    assert item["title"] == "<script>alert(1)</script> Quetzal & Sons"
    assert item["title_marked"] == (
        "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Quetzal</mark> &amp; Sons"
    )


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"q": "x" * 10_000}, "q"),
        ({"q": "a\0b"}, "q"),
        ({"q": ["a", "b"]}, "q"),
        ({"q": "a", "kind": "people"}, "kind"),
        ({"q": "a", "page": "0"}, "page"),
        ({"q": "a", "page_size": "many"}, "page_size"),
        ({"q": "a", "sort": "name"}, "sort"),
        ({"q": "a", "asOf": "yesterday"}, "asOf"),
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(db, client, query, parameter):
    response = client.get(ADDRESS, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter


def test_allowed_kinds_are_listed(db, ask):
    (error,) = ask(400, q="a", kind="people")["errors"]
    assert "region" in error["allowed"]


def test_the_schema_describes_it(db, client):
    schema = client.get("/api/schema/?format=json").json()
    operation = schema["paths"][ADDRESS]["get"]
    assert {item["name"] for item in operation["parameters"]} >= {
        "q", "kind", "page", "page_size", "asOf",
    }  # fmt: skip
    content = operation["responses"]["200"]["content"]["application/json"]
    assert "examples" in content
    (words,) = [item for item in operation["parameters"] if item["name"] == "q"]
    assert len(words["examples"]) == 3
