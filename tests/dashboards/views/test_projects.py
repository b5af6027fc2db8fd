"""Pages of projects and organisations as a reader has them."""

import io
import re
from urllib.parse import quote

import openpyxl
import pytest

from accounts.models import Organisation
from practices.models import GoodPractice
from projects.models import Partner, Project, ProjectOutput
from regions.text import fold
from sources.curation import Publication
from sources.models import ErrorReport
from tests.factories import OrganisationFactory, PartnerFactory, ProjectFactory


def words(page):
    return fold(page.text)


def told(project):
    """All that readers are to be told of a project, text by text."""
    yield from (project.acronym, project.name, project.summary, project.also_known_as)
    yield from (project.programme_number, project.dates_note, project.partners_note)
    yield from (project.follow_up, project.recognition, project.contact_office)
    yield from (*project.objectives, *project.methods, *project.results, *project.gaps)
    yield from (project.website, project.programme.name)
    yield from (project.call.title, str(project.ivc_priority))
    yield str(project.ivc_theme or "")
    yield from parts(project)


def parts(project):
    """What hangs on it."""
    public = {"project": project}
    for output in ProjectOutput.objects.public().filter(**public):
        yield from (output.text, output.kind)
    for event in project.events.all():
        yield from (event.title, event.place, event.text)
    for partner in Partner.objects.public().filter(**public):
        yield from (partner.name, partner.town, partner.note, partner.country_name)
        yield partner.region.code if partner.region else ""
    for record in (
        *GoodPractice.objects.public().filter(**public),
        *project.references.all(),
    ):
        yield record.title
    for record in (*project.themes.all(), *project.domains.all()):
        yield record.name


class TestProject:
    @pytest.mark.parametrize("slug", ["tres", "bordwiis", "know-hub"])
    def test_tells_all_that_is_held(self, page, slug):
        found = page(f"/projects/{slug}/")
        said = words(found)
        project = Project.objects.get(slug=slug)
        for text in told(project):
            assert fold(text) in said, text
        for reference in project.references.exclude(url=""):
            assert reference.url in found.links

    def test_amounts_are_exact(self, page):
        text = page("/projects/know-hub/").text
        assert "€2,132,078.62" in text
        assert "€1,674,108.05" in text

    def test_every_public_project_has_a_page(self, page):
        for slug in Project.objects.public().values_list("slug", flat=True):
            found = page(f"/projects/{slug}/")
            assert found.unclosed == []
            assert found.inline == []
            assert len(found.ids) == len(set(found.ids))

    def test_doubt_is_said_and_not_shown(self, page):
        text = page("/projects/tres/").text
        assert "Not found in public sources" in text
        assert "Not confirmed, and therefore not shown: Programme theme." in text
        assert "Innovation, research and technology development" not in text
        assert "SPRI / Basque Government" not in text
        assert "total budget" in text

    def test_related_projects_say_why(self, page):
        text = page("/projects/tres/").text
        assert "KNOW-HUB" in text
        assert "Why: partners in the same regions: País Vasco" in text

    def test_corrections_are_public_and_messages_are_not(self, page):
        project = Project.objects.get(slug="tres")
        moment = project.updated_at
        for state, note in (("accepted", "The end date."), ("declined", "No, it is.")):
            ErrorReport.objects.create(
                record=project,
                message="My words",
                contact="me@example.org",
                state=state,
                public_note=note,
                decided_at=moment,
            )
        text = page("/projects/tres/").text
        assert "The end date." in text
        for secret in ("No, it is.", "My words", "me@example.org"):
            assert secret not in text

    @pytest.mark.parametrize("state", [Publication.DRAFT, Publication.ARCHIVED])
    def test_draft_has_no_page(self, page, state):
        ProjectFactory(slug="in-waiting", state=state)
        page("/projects/in-waiting/", 404)
        page("/report/?about=project:in-waiting", 404)

    def test_partners_as_csv(self, page, client):
        response = client.get("/projects/tres/?format=csv")
        lines = response.content.decode().splitlines()
        assert (
            len(lines)
            == 1 + Partner.objects.public().filter(project__slug="tres").count()
        )
        assert "ES21" in lines[1]


class TestList:
    def test_view_can_be_had_again_and_taken_away(self, page, client):
        asked = "/projects/?country=ES&q=smart&sort=start"
        found = page(asked)
        assert quote(asked, safe="/?=&") in found.text
        titles = re.findall(r'<h3><a href="/projects/([\w-]+)/', page_source(found))
        rows = client.get(asked + "&format=json").json()["results"]
        assert titles == [row["slug"] for row in rows]
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(asked + "&format=xlsx").content)
        )
        cells = [row[0].value for row in book["data"].iter_rows(min_row=2)]
        assert cells == titles

    def test_downloads_have_no_row_limit(self, page, client):
        rows = client.get("/projects/?format=json").json()
        assert rows["count"] == Project.objects.public().count() > 20

    def test_pages_hold_every_project_once(self, page):
        total = Project.objects.public().count()
        slugs = []
        for number in range(1, -(-total // 20) + 1):
            source = page_source(page(f"/projects/?page={number}"))
            slugs += re.findall(r'<h3><a href="/projects/([\w-]+)/', source)
        assert len(slugs) == len(set(slugs)) == total

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            ("/projects/?page=99", 404),
            ("/projects/?page=x", 400),
            ("/projects/?colour=red", 400),
            ("/projects/?format=pdf", 400),
            ("/projects/?view=globe", 400),
            ("/projects/?year=99999999999999999999", 200),
            ("/projects/?region=ZZ99&domain=nothing", 200),
        ],
    )
    def test_what_cannot_be_answered(self, page, address, status):
        page(address, status)

    def test_map_counts_the_projects_of_a_region(self, page):
        found = page("/projects/?view=map&country=ES")
        (figure,) = found.figures
        assert figure.startswith("/api/v1/figures/projects/?")
        rows = {row[0]: int(row[3]) for row in found.table("Projects")[1:]}
        by_hand = {}
        spanish = Project.objects.public().filter(
            partners__in=Partner.objects.public().filter(country="ES")
        )
        for seat in Partner.objects.public().filter(
            project__in=spanish, region__isnull=False
        ):
            by_hand.setdefault(seat.region.code, set()).add(seat.project_id)
        assert rows == {code: len(ids) for code, ids in by_hand.items()}

    def test_map_is_drawn_from_the_same_numbers(self, page, client):
        traces = client.get("/api/v1/figures/projects/?country=ES").json()["data"]
        hovers = {t["name"]: t["text"] for t in traces if t.get("name")}
        assert "projects" in hovers["ES21"]
        assert "none held here" in hovers["BG31"]

    def test_statements_do_not_grow(self, db, client, django_assert_max_num_queries):
        addresses = ("/projects/", "/projects/?view=map", "/organisations/")
        for _round in range(2):
            PartnerFactory.create_batch(3, project=ProjectFactory())
            for address in addresses:
                with django_assert_max_num_queries(32):
                    client.get(address)


class TestProjectStatements:
    def test_of_one_project_stay_the_same(
        self, db, client, django_assert_max_num_queries
    ):
        body = OrganisationFactory()
        project = ProjectFactory(slug="one")
        PartnerFactory(project=project, organisation=body)
        for _round in range(2):
            for _other in range(3):
                PartnerFactory(project=ProjectFactory(), organisation=body)
            with django_assert_max_num_queries(30):
                assert "PROJECT" in client.get("/projects/one/").content.decode()


class TestOrganisations:
    def test_every_public_one_has_a_page(self, page):
        for item in Organisation.objects.public():
            found = page(item.get_absolute_url())
            assert fold(item.name) in words(found)
            assert found.unclosed == []

    def test_page_tells_projects_and_role(self, page):
        found = page("/organisations/tecnalia-research-and-innovation-foundation/")
        rows = found.table("Role")
        assert ["TRES", "Lead partner"] in [[row[0][:4], row[1]] for row in rows[1:]]

    def test_merged_one_leads_on(self, page, client):
        kept = OrganisationFactory(slug="kept")
        OrganisationFactory(slug="gone", merged_into=kept)
        response = client.get("/organisations/gone/")
        assert (response.status_code, response["Location"]) == (
            302,
            "/organisations/kept/",
        )

    def test_draft_partnerships_are_not_told(self, page):
        body = OrganisationFactory(slug="careful")
        project = ProjectFactory(acronym="HIDDEN", state=Publication.DRAFT)
        PartnerFactory(project=project, organisation=body)
        PartnerFactory(
            project=ProjectFactory(acronym="UNSURE"),
            organisation=body,
            state=Publication.DRAFT,
        )
        text = page("/organisations/careful/").text
        assert "HIDDEN" not in text
        assert "UNSURE" not in text


def page_source(found):
    return found.response.content.decode()


@pytest.mark.parametrize(
    "about",
    [
        "region:ES21",
        "indicator:gerd-pc-gdp",
        "organisation:lund-university",
        "programme:interreg-ivc-2007-2013",
    ],
)
def test_errors_of_every_kind_of_record_can_be_reported(starter, client, about):
    said = {"message": "Something is wrong here."}
    assert client.post(f"/report/?about={about}", said).status_code == 302
    assert ErrorReport.objects.get().record is not None
