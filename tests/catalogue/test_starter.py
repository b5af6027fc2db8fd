"""Loading the starter again and again, and after people worked on it."""

import pytest

from dashboards.catalogue import load_starter_catalogue
from practices.models import GoodPractice
from projects.models import Partner, Project
from projects.services import load_starter_projects
from sources.evidence import FieldCheck, Reference
from sources.progress import Told
from strategies.models import Priority

pytestmark = pytest.mark.django_db


def held():
    models = (Project, Partner, GoodPractice, Priority, FieldCheck, Reference)
    return [
        *(model.objects.count() for model in models),
        Project.history.count(),
        Project.themes.through.objects.count(),
    ]


def test_a_repeat_changes_nothing(starter):
    before, said = held(), []
    load_starter_catalogue(Told(said.append))
    assert held() == before
    assert len(said) == 12
    assert all(" 0 new, 0 changed" in text for text in said if "held" in text)


def test_what_a_curator_edited_is_kept(starter):
    tres = Project.objects.get(slug="tres")
    tres.acronym, tres.loaded_digest = "TR3S", "of an earlier file"
    tres.save()
    projects, _ = load_starter_projects()
    assert (projects.kept, projects.updated, projects.new) == (1, 0, 0)
    tres.refresh_from_db()
    assert tres.acronym == "TR3S"


def test_what_changed_in_the_file_is_updated(starter):
    """The same, but nobody saved it here since."""
    tres = Project.objects.get(slug="tres")
    Project.objects.filter(pk=tres.pk).update(
        summary="An older summary.", loaded_digest="of an earlier file"
    )
    tres.themes.clear()
    projects, _ = load_starter_projects()
    assert (projects.kept, projects.updated, projects.new) == (0, 1, 0)
    tres.refresh_from_db()
    assert tres.summary.startswith("Ten partners from nine regions")
    assert tres.outputs.count() == 5
    assert tres.history.first().history_change_reason == "fact book"


def test_the_first_version_says_what_a_record_was_loaded_with(starter):
    project = Project.objects.get(slug="know-man")
    first = project.history.get()
    assert first.history_change_reason == "fact book"
    assert first.summary == project.summary
    in_first = {row.theme.name for row in first.themes.all()}
    assert in_first == {theme.name for theme in project.themes.all()} != set()


def test_partners_of_the_three_projects(starter):
    """Seats, named bodies and leads, as the fact book counts them."""
    for slug, seats, named, lead in [
        ("tres", 7, 4, "ES21"),
        ("bordwiis", 10, 10, "ES12"),
        ("know-hub", 12, 12, "PL41"),
    ]:
        partners = Partner.objects.filter(project__slug=slug)
        assert partners.count() == seats
        assert partners.filter(organisation__isnull=False).count() == named
        assert partners.leads().get().region.code == lead
    assert Partner.objects.public().filter(project__slug="tres").count() == 6


def test_an_organisation_written_in_two_ways_is_one(starter):
    """ "(WRS)" or not, and the agency of Asturias by its acronym."""
    wrs = Partner.objects.get(project__slug="tres", town="Stuttgart").organisation
    assert Partner.objects.get(project__slug="prosesc").organisation == wrs
    idepa = Partner.objects.get(project__slug="bordwiis", is_lead=True).organisation
    assert GoodPractice.objects.get(organisation_name="IDEPA").organisation == idepa


def test_regions_are_those_of_today(starter):
    """Hungary's Budapest stayed; the United Kingdom left NUTS."""
    budapest = Partner.objects.get(project__slug="bordwiis", town="Budapest")
    assert (budapest.region.version, budapest.region.code) == (2024, "HU11")
    glasgow = Partner.objects.get(project__slug="tres", town="Glasgow")
    assert (glasgow.nuts_code, glasgow.nuts_version) == ("UKM8", 2016)
    assert (glasgow.region.version, glasgow.region.code) == (2021, "UKM8")
    assert not Partner.objects.filter(region__isnull=True).exclude(nuts_code="")
