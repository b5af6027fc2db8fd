"""Merging two organisations, and taking it back."""

import pytest
from django.contrib.auth import get_user_model

from accounts.models import Organisation, Scope
from desk.models import MergeRecord
from desk.services.merging import MergeRefusedError, merge, undo
from projects.models import Partner
from sources.curation import Publication
from sources.reports import ErrorReport
from tests.factories import (
    GoodPracticeFactory,
    OrganisationFactory,
    PartnerFactory,
    ReferenceFactory,
    ScopeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    survivor = OrganisationFactory(name="Tecnalia", town="")
    merged = OrganisationFactory(name="Fundación Tecnalia", town="Derio")
    return merged, survivor


def content(model):
    """All rows of a model, but for what every save makes new."""
    return list(model.objects.order_by("pk").values())


def test_everything_moves_and_the_old_address_leads_to_the_survivor(pair, client):
    merged, survivor = pair
    seat = PartnerFactory(organisation=merged)
    practice = GoodPracticeFactory(organisation=merged)
    reference = ReferenceFactory()
    merged.references.add(reference)
    report = ErrorReport.objects.create(record=merged, message="The town is wrong.")
    record = merge(merged.pk, survivor.pk, take=["town"], by="curator")
    for row in (seat, practice, report, survivor, merged):
        row.refresh_from_db()
    assert seat.organisation == practice.organisation == report.record == survivor
    assert list(survivor.references.all()) == [reference]
    assert (survivor.name, survivor.town) == ("Tecnalia", "Derio")
    assert record.fields == {"town": ["", "Derio"]}
    assert merged.merged_into == survivor
    assert not merged.is_public
    answer = client.get(merged.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"] == (survivor.get_absolute_url())
    assert seat.history.first().history_change_reason.startswith("merged into")


def test_undo_restores_every_row_exactly(pair):
    merged, survivor = pair
    PartnerFactory(organisation=merged)
    shared = ReferenceFactory()
    for one in pair:
        one.references.add(shared)
    person = UserFactory()
    for one in pair:
        ScopeFactory(user=person, role=Scope.Role.CONTRIBUTOR, organisation=one)
    links = Organisation.references.through
    models = (Organisation, Partner, Scope, links, ErrorReport, get_user_model())
    before = [content(model) for model in models]
    record = merge(merged.pk, survivor.pk, take=["name", "town"], by="curator")
    assert len(record.dropped) == 2  # the shared reference and the second right
    undo(record.pk, by="curator")
    assert [content(model) for model in models] == before
    with pytest.raises(MergeRefusedError, match="undone already"):
        undo(record.pk, by="curator")


def test_two_seats_in_one_project_are_settled_by_a_person(pair):
    merged, survivor = pair
    seat = PartnerFactory(organisation=merged)
    PartnerFactory(organisation=survivor, project=seat.project)
    with pytest.raises(MergeRefusedError, match=seat.project.acronym):
        merge(merged.pk, survivor.pk, take=[], by="curator")
    seat.refresh_from_db()
    assert seat.organisation == merged
    assert not MergeRecord.objects.exists()


def test_undo_is_refused_where_a_row_changed_since(pair):
    merged, survivor = pair
    seat = PartnerFactory(organisation=merged)
    record = merge(merged.pk, survivor.pk, take=[], by="curator")
    seat.refresh_from_db()
    seat.town = "Bilbao"
    seat.save()
    with pytest.raises(MergeRefusedError, match="changed since"):
        undo(record.pk, by="curator")
    seat.refresh_from_db()
    assert seat.organisation == survivor


def test_a_chain_is_undone_from_its_end(pair):
    merged, survivor = pair
    third = OrganisationFactory()
    first = merge(merged.pk, survivor.pk, take=[], by="curator")
    second = merge(survivor.pk, third.pk, take=[], by="curator")
    merged.refresh_from_db()
    assert merged.merged_into == third  # one redirect, not two
    with pytest.raises(MergeRefusedError, match="undo that merge first"):
        undo(first.pk, by="curator")
    undo(second.pk, by="curator")
    undo(first.pk, by="curator")
    merged.refresh_from_db()
    assert merged.merged_into is None
    assert merged.state == Publication.PUBLISHED


@pytest.mark.parametrize("below", ["", "projects/", "practices/"])
def test_the_api_leads_on_from_the_old_address(pair, client, below):
    merged, survivor = pair
    last = OrganisationFactory()
    merge(merged.pk, survivor.pk, take=[], by="curator")
    root = "/api/v1/organisations"
    answer = client.get(f"{root}/{merged.slug}/{below}?format=json")
    assert answer.status_code == 302
    assert answer.url == f"{root}/{survivor.slug}/{below}?format=json"
    merge(survivor.pk, last.pk, take=[], by="curator")
    assert client.get(f"{root}/{merged.slug}/{below}").url == (
        f"{root}/{last.slug}/{below}"
    )
    last.state = "draft"
    last.save()
    assert client.get(f"{root}/{merged.slug}/{below}").status_code == 404
    assert client.get(f"{root}/none-such/{below}").status_code == 404
