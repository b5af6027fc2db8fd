"""Lists below a region, a project, an organisation or a programme."""

import pytest

from practices.models import GoodPractice
from projects.models import Partner, Project
from sources.curation import Publication
from strategies.models import Strategy
from tests.factories import GoodPracticeFactory

pytestmark = pytest.mark.usefixtures("starter")

V1 = "/api/v1"
OF_REGION = [
    "projects",
    "partners",
    "organisations",
    "practices",
    "priorities",
    "strategies",
    "programmes",
    "network",
]


@pytest.fixture
def ask(client):
    def get(address, status=200):
        response = client.get(V1 + address)
        assert response.status_code == status, response.content[:300]
        return response.json()

    return get


@pytest.mark.parametrize("name", OF_REGION)
def test_an_unknown_region_is_a_problem_that_names_it(ask, name):
    problem = ask(f"/regions/XX99/{name}/", 404)
    assert "XX99" in problem["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/projects/none-such/partners/",
        "/projects/none-such/practices/",
        "/organisations/none-such/projects/",
        "/programmes/none-such/projects/",
        "/programmes/none-such/calls/",
        "/support/none-such/",
    ],
)
def test_so_is_another_unknown_parent(ask, address):
    assert "none-such" in ask(address, 404)["detail"]


def test_a_draft_is_no_parent(ask):
    Project.objects.filter(slug="tres").update(state=Publication.DRAFT)
    ask("/projects/tres/partners/", 404)
    ask("/projects/tres/practices/", 404)


@pytest.mark.parametrize("name", ["projects", "organisations"])
@pytest.mark.parametrize("code", ["ES21", "ES2"])
def test_the_list_of_a_region_is_the_list_narrowed_to_it(ask, name, code):
    nested = ask(f"/regions/{code}/{name}/?page_size=500")
    narrowed = ask(f"/{name}/?region={code}&page_size=500")
    assert nested["results"] == narrowed["results"] != []


def test_filters_hold_below_a_parent_too(ask):
    everything = ask("/regions/ES/projects/")["count"]
    some = ask("/regions/ES/projects/?q=tres")
    assert 0 < some["count"] < everything
    assert ask("/regions/ES/projects/?colour=red", 400)["status"] == 400


def test_programmes_are_those_open_to_the_region(ask):
    nested = ask("/regions/ES21/programmes/?page_size=500")["results"]
    assert nested == ask("/programmes/?region=ES21&page_size=500")["results"] != []


def test_a_strategy_that_covers_the_region_is_its_own_too(ask):
    strategy = Strategy.objects.public().filter(covers__isnull=False).first()
    code = strategy.covers.first().code
    slugs = [item["slug"] for item in ask(f"/regions/{code}/strategies/")["results"]]
    assert strategy.slug in slugs
    named = ask(f"/regions/{code}/priorities/?page_size=500")["results"]
    assert {item["strategy"] for item in named} <= set(slugs)


def test_partners_of_a_project_come_lead_first(ask):
    found = ask("/projects/know-hub/partners/?page_size=100")
    seats = Partner.objects.public().filter(project__slug="know-hub")
    assert found["count"] == seats.count()
    assert found["results"][0]["is_lead"] is True
    assert {item["project"] for item in found["results"]} == {"know-hub"}


def test_projects_of_an_organisation_and_of_a_programme(ask):
    body = "tecnalia-research-and-innovation-foundation"
    slugs = {i["slug"] for i in ask(f"/organisations/{body}/projects/")["results"]}
    assert slugs == {
        seat["project"] for seat in ask(f"/organisations/{body}/")["projects"]
    }
    mine = ask("/programmes/interreg-ivc-2007-2013/projects/?page_size=500")
    assert {item["programme"] for item in mine["results"]} == {"interreg-ivc-2007-2013"}
    calls = ask("/programmes/interreg-ivc-2007-2013/calls/")["results"]
    assert {item["programme"] for item in calls} == {"interreg-ivc-2007-2013"}


def test_drafts_of_practices_are_nowhere(ask):
    project = Project.objects.get(slug="tres")
    GoodPracticeFactory(title="Open to all", project=project)
    GoodPracticeFactory(title="In waiting", project=project, state=Publication.DRAFT)
    titles = {i["title"] for i in ask("/projects/tres/practices/")["results"]}
    assert "Open to all" in titles
    assert "In waiting" not in titles
    public = GoodPractice.objects.public().filter(country="ES").count()
    assert ask("/regions/ES/practices/")["count"] >= public


def test_network_of_a_region_names_who_and_by_what(ask):
    found = ask("/regions/ES21/network/")
    assert found["level"] == 2
    near = {item["geo"]: item for item in found["partners"]}
    assert set(near["PL41"]["projects"]) >= {"know-hub"}
    for item in found["within_reach"]:
        assert item["geo"] not in near
        for way in item["introductions"]:
            assert way["via"] in near
            assert set(way["first"]) == set(near[way["via"]]["projects"])
            assert way["then"]


def test_network_is_symmetric_and_sorted(ask):
    found = ask("/network/?page_size=1000")["results"]
    weights = [item["weight"] for item in found]
    assert weights == sorted(weights, reverse=True)
    assert all(len(item["projects"]) == item["weight"] for item in found)
    for item in ask("/regions/ES21/network/")["partners"]:
        pair = sorted(("ES21", item["geo"]))
        assert {"a": pair[0], "b": pair[1], "weight": item["weight"]}.items() <= next(
            k for k in found if [k["a"], k["b"]] == pair
        ).items()


@pytest.mark.parametrize(
    "asked", ["level=3", "at_least=0", "programme=none-such", "period=1999-2000"]
)
def test_a_wrong_parameter_is_refused_by_name(ask, asked):
    problem = ask(f"/network/?{asked}", 400)
    assert problem["errors"][0]["parameter"] == asked.split("=")[0]
