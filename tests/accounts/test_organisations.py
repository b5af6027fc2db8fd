"""Organisations and the reach of roles."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation, Scope
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_organisation_is_found_however_it_is_written():
    held = factories.OrganisationFactory(name="Región de Murcia (RM)", country="ES")
    assert held.acronym == "RM"
    found = Organisation.objects.named("REGION  DE MURCIA", "ES")
    assert list(found) == [held]
    assert not Organisation.objects.named("Region de Murcia", "IT").exists()


def test_a_merged_organisation_points_to_another():
    held = factories.OrganisationFactory()
    double = factories.OrganisationFactory(merged_into=held)
    assert list(Organisation.objects.standing()) == [held]
    double.merged_into = double
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()


@pytest.mark.parametrize(
    "role", [Scope.Role.REGIONAL_EDITOR, Scope.Role.SECRETARIAT, Scope.Role.CONTRIBUTOR]
)
def test_a_role_with_a_reach_needs_it(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ScopeFactory(role=role)


def test_a_role_is_given_once():
    scope = factories.ScopeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ScopeFactory(user=scope.user)
    factories.ScopeFactory(
        user=scope.user, role="regional_editor", region=factories.RegionFactory()
    )
    assert Scope.objects.with_role("curator").count() == 1
