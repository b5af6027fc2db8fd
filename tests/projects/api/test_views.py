"""Projects and organisations through the API."""

import csv
import io

import pytest

from accounts.models import Organisation
from projects.models import Partner, Project
from sources.curation import Publication
from tests.factories import OrganisationFactory, PartnerFactory, ProjectFactory

V1 = "/api/v1"


@pytest.fixture
def ask(client):
    def get(address, status=200):
        response = client.get(V1 + address)
        assert response.status_code == status, response.content[:300]
        return response.json()

    return get


class TestProjects:
    def test_list_takes_the_filters_of_the_page(self, starter, client, ask):
        asked = "country=ES&country=FR&year=2012&sort=budget"
        slugs = [item["slug"] for item in ask(f"/projects/?{asked}")["results"]]
        page = client.get(f"/projects/?{asked}&format=json").json()
        assert slugs == [item["slug"] for item in page["results"]]
        assert len(slugs) > 2

    def test_every_project_has_its_own_address(self, starter, ask):
        answer = ask("/projects/?page_size=100")
        assert answer["count"] == Project.objects.public().count()
        one = ask("/projects/know-hub/")
        assert one["programme"] == "interreg-ivc-2007-2013"
        assert one["erdf_budget"] == 1674108.05
        assert (one["start"], one["end"]) == ("2012-01-01", "2014-12-31")
        assert len(one["partners"]) == 12
        assert one["partners"][0]["is_lead"] is True
        assert {p["region"] for p in one["partners"]} >= {"ES21", "PL41"}
        assert one["address"] == "/projects/know-hub/"

    def test_value_in_waiting_is_null(self, starter, ask):
        tres = ask("/projects/tres/")
        assert tres["programme_theme"] is None
        assert tres["uncertain_fields"] == ["ivc_theme"]
        assert tres["total_budget"] is None
        assert "total budget" in tres["gaps"]
        assert "SPRI / Basque Government" not in str(tres)
        assert not any("foreseen" in output["text"] for output in tres["outputs"])

    def test_csv(self, starter, client):
        response = client.get(f"{V1}/projects/?format=csv&region=ES21")
        rows = list(csv.DictReader(io.StringIO(response.content.decode())))
        assert {"know-hub", "tres"} <= {row["slug"] for row in rows}

    @pytest.mark.parametrize("path", ["/projects/", "/projects/draft/"])
    def test_drafts_are_nowhere(self, db, ask, path):
        ProjectFactory(slug="draft", state=Publication.DRAFT)
        if path == "/projects/":
            assert ask(path)["count"] == 0
        else:
            assert ask(path, 404)["status"] == 404

    def test_unknown_parameter_is_refused_in_words(self, db, ask):
        problem = ask("/projects/?colour=red", 400)
        assert problem["errors"][0]["parameter"] == "colour"

    def test_statements_do_not_grow(self, db, client, django_assert_num_queries):
        for _round in range(2):
            PartnerFactory.create_batch(3, project=ProjectFactory())
            with django_assert_num_queries(5):
                client.get(f"{V1}/projects/?country=ES")


class TestOrganisations:
    def test_counts_are_those_of_public_projects(self, starter, ask):
        answer = ask("/organisations/?page_size=500&sort=projects")
        assert answer["count"] == Organisation.objects.public().count()
        for item in answer["results"]:
            seats = Partner.objects.public().filter(organisation__slug=item["slug"])
            assert item["projects"] == seats.count(), item
        numbers = [item["projects"] for item in answer["results"]]
        assert numbers == sorted(numbers, reverse=True)

    def test_region_takes_in_its_parts(self, starter, ask):
        wide = {i["slug"] for i in ask("/organisations/?region=ES2")["results"]}
        narrow = {i["slug"] for i in ask("/organisations/?region=ES21")["results"]}
        assert "tecnalia-research-and-innovation-foundation" in narrow
        assert narrow <= wide

    def test_one(self, starter, ask):
        found = ask("/organisations/tecnalia-research-and-innovation-foundation/")
        seats = {seat["project"]: seat["is_lead"] for seat in found["projects"]}
        assert seats["tres"] is True

    def test_merged_one_is_not_listed(self, db, ask):
        kept = OrganisationFactory()
        OrganisationFactory(merged_into=kept)
        assert [i["slug"] for i in ask("/organisations/")["results"]] == [kept.slug]
