"""What the catalogue shows on a region's profile, and who new is on the start page."""

import pytest
from django.utils import timezone

from projects.models import Partner
from regions.models import Region
from sources.curation import Publication
from tests.factories import GoodPracticeFactory, PartnerFactory, ProjectFactory


@pytest.mark.parametrize("code", ["ES21", "ES2", "ES", "UA11", "EE00"])
def test_every_section_is_there_and_can_be_jumped_to(page, code):
    found = page(f"/regions/{code}/")
    for name in ("priorities", "programmes", "projects", "partners", "practices"):
        assert name in found.ids
        assert f"#{name}" in found.links
    assert len(found.ids) == len(set(found.ids))
    assert found.unclosed == []


def test_the_profile_leads_to_its_lists(page):
    links = page("/regions/ES21/").links
    for link in (
        "/projects/?region=ES21",
        "/organisations/?region=ES21&sort=projects",
        "/programmes/?region=ES21",
        "/regions/ES21/network/",
    ):
        assert link in links
    seats = Partner.objects.public().filter(region__code="ES21")
    assert {seat.project.get_absolute_url() for seat in seats[:5]} <= set(links)


def test_a_country_takes_in_partners_of_no_region(page):
    project = ProjectFactory(acronym="ONLY A COUNTRY")
    PartnerFactory(project=project, country="IS", region=None)
    assert "ONLY A COUNTRY" in page("/regions/IS/").text


def test_drafts_are_not_on_the_profile(page):
    region = Region.objects.current().get(code="ES21")
    project = ProjectFactory(acronym="HIDDEN", state=Publication.DRAFT)
    PartnerFactory(project=project, country="ES", region=region)
    practice = GoodPracticeFactory(title="Not yet", state=Publication.DRAFT)
    practice.regions.add(region)
    text = page("/regions/ES21/").text
    assert "HIDDEN" not in text
    assert "Not yet" not in text


def test_nothing_held_is_said(page):
    text = page("/regions/UA11/").text
    assert "No strategy is held" in text
    assert "No project is held" in text


def test_the_past_says_that_the_catalogue_is_of_today(page):
    moment = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "as they are held today" not in page("/regions/ES21/").text
    assert "as they are held today" in page(f"/regions/ES21/?asOf={moment}").text


def test_the_start_page_tells_what_is_new_and_no_draft(page):
    ProjectFactory(acronym="JUST IN")
    ProjectFactory(acronym="STILL A DRAFT", state=Publication.DRAFT)
    text = page("/").text
    assert "JUST IN" in text
    assert "STILL A DRAFT" not in text


def test_organisations_on_a_map_and_budgets_as_dots(page):
    assert len(page("/organisations/?country=ES&view=map").figures) == 1
    found = page("/programmes/?period=2014-2020")
    assert found.figures == ["/api/v1/figures/budgets/?period=2014-2020"]
