"""Practices and the projects they came from."""

import pytest

from practices.models import GoodPractice
from sources.checks import confirm
from sources.curation import Publication
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_draft_project_is_not_shown_with_its_practice():
    project = factories.ProjectFactory()
    practice = factories.GoodPracticeFactory(project=project)
    assert practice.public_project == project
    project.state = Publication.DRAFT
    assert practice.public_project is None
    assert factories.GoodPracticeFactory().public_project is None


def test_regions_in_waiting_are_adopted_by_their_codes(starter):
    practice = GoodPractice.objects.get(slug="centrope-innovation-voucher")
    assert not practice.regions.exists()
    confirm(practice.checks.open().get(), by="one")
    practice.refresh_from_db()
    assert practice.nuts_codes == ["AT13", "CZ06", "HU22", "SK01"]
    assert {region.code for region in practice.regions.all()} == set(
        practice.nuts_codes
    )


def test_domains_follow_from_the_themes(starter):
    practice = GoodPractice.objects.get(title="AM-LAB showroom")
    assert {t.name for t in practice.themes.all()} >= {"digital innovation hub"}
    codes = {(d.kind, d.code) for d in practice.domains.all()}
    assert codes == {("economic", "ict"), ("policy", "digital_transformation")}
    assert practice.is_mapping_draft
