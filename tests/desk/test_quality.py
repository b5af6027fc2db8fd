"""The pages of the desk, and the public log of corrections."""

import pytest
from django.utils import timezone

from desk.analysis.places import Place, disagreements
from desk.coverage import coverage, lacking
from desk.models import DuplicatePair, MergeRecord
from desk.worklists import worklists
from projects.models import Project
from sources.curation import Publication
from sources.reports import ErrorReport
from tests.factories import (
    OrganisationFactory,
    PriorityFactory,
    ProjectFactory,
    ReferenceFactory,
    RegionFactory,
    ScopeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_every_number_of_the_page_leads_to_its_list(desk):
    ProjectFactory(summary="")
    PriorityFactory(state=Publication.DRAFT)
    ReferenceFactory()
    OrganisationFactory()
    assert desk.get("/admin/quality/").status_code == 200
    for code, item in worklists().items():
        answer = desk.get(f"/admin/quality/{code}/")
        assert answer.status_code == 200
        assert answer.context["page"].paginator.count == item.count()
    for kind in coverage():
        for field in kind.fields:
            answer = desk.get(f"/admin/quality/missing/{kind.model}/{field.field}/")
            assert answer.context["page"].paginator.count == field.lacking


def test_lists_hold_what_they_say(desk):
    project = ProjectFactory(summary="")
    ProjectFactory(summary="What it did.")
    untied = OrganisationFactory()
    assert list(lacking(Project, "summary")) == [project]
    assert list(worklists()["organisations-untied"].rows()) == [untied]
    text = desk.get("/admin/quality/organisations-untied/?format=csv").text
    assert untied.name in text


def test_the_page_asks_as_much_of_many_records_as_of_few(
    desk, django_assert_max_num_queries
):
    desk.get("/admin/quality/")
    ProjectFactory.create_batch(8)
    OrganisationFactory.create_batch(8)
    with django_assert_max_num_queries(75):
        desk.get("/admin/quality/")


def test_a_curators_page_is_for_curators(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    person = UserFactory(is_staff=True)
    ScopeFactory(user=person, role="regional_editor", region=RegionFactory())
    client.force_login(person)
    assert client.get("/admin/quality/").status_code == 403
    assert client.get("/admin/desk/duplicates/").status_code == 403


def test_a_place_that_disagrees():
    def place(**given):
        usual = {
            "country": "ES", "nuts_code": "ES213", "nuts_version": 2024,
            "region": "ES21", "region_version": 2024,
        }  # fmt: skip
        return disagreements(Place(**{**usual, **given}))

    assert place() == []
    assert place(country="FR") == ["country"]
    assert place(nuts_code="ES111") == ["code"]
    assert place(nuts_code="ES111", nuts_version=2010) == []  # redrawn since
    assert place(region="") == []
    assert place(towns=(("ES21", 1), ("ES51", 5))) == ["town"]
    assert place(towns=(("ES21", 2), ("ES51", 5))) == []


def test_merging_by_hand(desk):
    one, other = OrganisationFactory(town=""), OrganisationFactory(town="Bilbao")
    pair = DuplicatePair.objects.create(first=one, second=other, score=90)
    page = desk.get(f"/admin/desk/duplicates/{pair.pk}/")
    assert "Bilbao" in page.text
    desk.post(f"/admin/desk/duplicates/{pair.pk}/", {"keep": one.pk, "town": "merged"})
    one.refresh_from_db()
    assert one.town == "Bilbao"
    assert one.name in desk.get("/admin/desk/merges/").text
    desk.post("/admin/desk/merges/", {"undo": MergeRecord.objects.get().pk})
    one.refresh_from_db()
    assert one.town == ""
    other.refresh_from_db()
    assert other.is_public


def report(record, note="The budget was corrected.", state="accepted"):
    return ErrorReport.objects.create(
        record=record,
        label=str(record),
        address=record.get_absolute_url(),
        message="secret words",
        contact="reader@example.org",
        state=state,
        public_note=note,
        decided_at=timezone.now() if state in ("accepted", "declined") else None,
    )


def test_the_log_of_corrections_tells_what_was_changed_and_not_by_whom(client):
    report(ProjectFactory())
    report(OrganisationFactory(), "The town was corrected.")
    report(ProjectFactory(), "declined words", "declined")
    report(ProjectFactory(), "words in hand", "in_hand")
    report(ProjectFactory(state=Publication.DRAFT), "words of a draft")
    addresses = ["/corrections/", "/corrections.atom", "/api/v1/corrections/"]
    for address in addresses:
        text = client.get(address).text
        assert "The budget was corrected." in text
        for hidden in ("secret", "reader@", "declined words", "in hand", "of a draft"):
            assert hidden not in text
        narrowed = client.get(address, {"kind": "organisation"}).text
        assert "The town was" in narrowed
        assert "budget" not in narrowed
        assert client.get(address, {"kind": "nonsense"}).status_code == 400
    body = client.get("/api/v1/corrections/?page_size=1").json()
    assert body["count"] == 2
    assert body["results"][0]["kind"] == "organisation"


def test_a_report_in_hand_is_still_to_be_answered():
    found = report(ProjectFactory(), "", "in_hand")
    assert list(ErrorReport.objects.open()) == [found]
