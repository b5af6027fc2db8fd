"""Naming an organisation gives no right; a curator's yes does."""

import pytest

from accounts.models import Membership, Organisation, Scope
from accounts.services import memberships
from accounts.similar import similar_organisations
from tests import factories
from tests.accounts import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return factories.OrganisationFactory(
        name="Regional Development Agency of Asturias (IDEPA)",
        country="ES",
        state="published",
    )


@pytest.fixture
def curator():
    user = people.member("curator@example.org")
    factories.ScopeFactory(user=user, role="curator")
    return user


@pytest.mark.parametrize(
    "typed",
    [
        "regional development agency Asturias",
        "Agency of Regional Development, Asturias",
        "Regionl Developmnt Agency of Asturias",
        "IDEPA",
    ],
)
def test_a_name_is_known_however_it_is_written(agency, typed):
    assert similar_organisations(typed, "ES") == [agency]


def test_drafts_other_countries_and_merged_ones_are_not_offered(agency):
    same = "Regional Development Agency of Asturias"
    factories.OrganisationFactory(name=same, country="ES", state="draft")
    factories.OrganisationFactory(name=same, country="PT", state="published")
    factories.OrganisationFactory(
        name=same, country="ES", state="published", merged_into=agency
    )
    assert similar_organisations(same, "ES") == [agency]


def test_one_chooses_among_similar_ones(client, agency, curator):
    ada = people.member()
    client.force_login(ada)
    named = {"name": "Asturias development agency", "country": "ES"}
    page = client.post("/account/organisation/", named).content.decode()
    assert agency.name in page
    assert not Membership.objects.exists()
    data = {**named, "choosing": "1", "choice": str(agency.pk)}
    client.post("/account/organisation/", data)
    membership = Membership.objects.get()
    assert (membership.organisation, membership.state) == (agency, "asked")
    assert not ada.scopes.exists()
    assert curator.notices.get().kind == memberships.ASKED


def test_a_draft_cannot_be_chosen_by_its_number(client, agency):
    draft = factories.OrganisationFactory(name="Secret", country="ES", state="draft")
    client.force_login(people.member())
    data = {"name": "IDEPA", "country": "ES", "choosing": "1", "choice": draft.pk}
    assert client.post("/account/organisation/", data).status_code == 400
    assert not Membership.objects.exists()


def test_a_new_name_is_one_draft_for_all_who_name_it(client):
    for email in ("ada@example.org", "eve@example.org"):
        client.force_login(people.member(email))
        data = {"name": "The Cluster of Aragón", "country": "ES"}
        assert client.post("/account/organisation/", data).status_code == 302
    made = Organisation.objects.get()
    assert (made.state, made.memberships.count()) == ("draft", 2)


def test_a_curator_confirms_and_the_person_may_write(client, agency, curator):
    ada = people.member()
    membership = memberships.ask_for(ada, agency)
    client.force_login(curator)
    path = f"/account/memberships/{membership.pk}/"
    client.post(path, {"decision": "confirm"})
    assert Scope.objects.get(user=ada).organisation == agency
    assert ada.notices.get().kind == memberships.DECIDED
    client.post(path, {"decision": "decline"})
    membership.refresh_from_db()
    assert membership.state == "confirmed", "decided once"


def test_declined_gives_nothing(agency, curator):
    ada = people.member()
    membership = memberships.ask_for(ada, agency)
    memberships.decide(membership.pk, by=curator, confirmed=False)
    assert not ada.scopes.exists()


def test_nobody_confirms_themselves(client, agency, curator):
    membership = memberships.ask_for(curator, agency)
    client.force_login(curator)
    path = f"/account/memberships/{membership.pk}/"
    assert client.post(path, {"decision": "confirm"}).status_code == 403
    assert not curator.scopes.filter(organisation=agency).exists()


def test_only_curators_decide(client, agency):
    membership = memberships.ask_for(people.member(), agency)
    client.force_login(people.member("eve@example.org", is_staff=True))
    path = f"/account/memberships/{membership.pk}/"
    assert client.get("/account/memberships/").status_code == 403
    assert client.post(path, {"decision": "confirm"}).status_code == 403


def test_leaving_ends_the_right_and_its_tokens(client, agency, curator):
    ada = people.member()
    membership = memberships.ask_for(ada, agency)
    memberships.decide(membership.pk, by=curator, confirmed=True)
    client.force_login(ada)
    client.post(f"/account/organisation/{membership.pk}/leave/")
    assert not ada.scopes.exists()
    assert not ada.memberships.exists()


def test_the_profile_takes_a_region_of_today(client):
    region = factories.RegionFactory(code="ES21", level=2, country="ES")
    ada = people.member()
    client.force_login(ada)
    assert client.post("/account/", {"name": "A", "region": "ES21"}).status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.region) == ("A", region)
    assert client.post("/account/", {"region": "XX99"}).status_code == 400
