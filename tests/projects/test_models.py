"""Partners by territory, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from projects.models import Partner, Project
from sources.curation import Publication
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_territory_takes_in_its_parts():
    region = factories.RegionFactory(code="ES21")
    inside = factories.PartnerFactory(region=region)
    elsewhere = factories.PartnerFactory(region=factories.RegionFactory(code="ES30"))
    factories.PartnerFactory(country="FR")
    for_level_2 = Partner.objects.in_territory(region)
    assert list(for_level_2) == [inside]
    assert list(Partner.objects.in_territory(region.parent)) == [inside]
    country = Partner.objects.in_territory(region.parent.parent)
    assert set(country) == {inside, elsewhere}


def test_a_project_is_where_a_public_partner_is():
    region = factories.RegionFactory()
    project = factories.PartnerFactory(region=region).project
    factories.PartnerFactory(project=project, region=region)
    factories.PartnerFactory(region=region, state=Publication.DRAFT)
    assert list(Project.objects.with_partner_in(region)) == [project]


def test_a_project_has_one_lead():
    lead = factories.PartnerFactory(is_lead=True)
    factories.PartnerFactory(project=lead.project)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.PartnerFactory(project=lead.project, is_lead=True)
    assert list(lead.project.partners.leads()) == [lead]


def test_an_organisation_has_one_seat_in_a_project():
    held = factories.PartnerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.PartnerFactory(
            project=held.project, organisation=held.organisation, name="Again"
        )
    unnamed = factories.PartnerFactory(
        project=held.project, organisation=None, name="Poland", country="PL"
    )
    assert not unnamed.is_named
    assert unnamed.country_name == "Poland"


def test_erdf_is_a_part_of_the_budget():
    factories.ProjectFactory(total_budget=None, erdf_budget=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ProjectFactory(total_budget=4, erdf_budget=5)


def test_history_remembers_domains():
    project = factories.ProjectFactory()
    domain = factories.DomainFactory()
    project.domains.add(domain)
    newest, oldest = project.history.all()
    assert [row.domain for row in newest.domains.all()] == [domain]
    assert [c.field for c in newest.diff_against(oldest).changes] == ["domains"]
