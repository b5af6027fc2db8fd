"""Foreign sheets: columns found by their names, dates and numbers rewritten."""

from decimal import Decimal

import pytest

from exchange import services
from exchange.mapping import Formats, built_in, guess_targets, rewritten
from exchange.resources import RESOURCES
from projects.models import Partner, Project
from tests.factories import ProgrammeFactory, ProjectFactory, ThemeFactory

KEEP = (
    "Period,Programme,Project acronym,Project name in English,Project start date,"
    "Project end date,Total budget/expenditure,EU funding,Thematic keywords,"
    "Partner name in English,Partner country,Lead partner yes/no\n"
    '2007-2013,INTERREG IVC,TEST,A test,01/02/2012,31/12/2014,"1,234,567.80",900000,'
    "Clusters;SMEs,Agency A,Spain,yes\n"
    '2007-2013,INTERREG IVC,TEST,A test,01/02/2012,31/12/2014,"1,234,567.80",900000,'
    "Clusters;SMEs,Agency B,Portugal,no\n"
)
INTERREG = (
    "Acronym;Operation name;Starting date;Ending date;Total eligible expenditure;ERDF;"
    "Lead partner;Country of the lead partner;PP2;PP2 country;PP3;PP3 country\n"
    "TEST;A test;01.02.2012;31.12.2014;€ 1.234.567,80;900000;"
    "Agency A;ES;Agency B;PT;;\n"
)


@pytest.mark.parametrize("name", built_in())
def test_every_target_of_a_mapping_is_a_column(name):
    mapping = built_in()[name]
    own = RESOURCES[mapping.kind]().columns
    partner = RESOURCES["partners"]().columns
    for target in mapping.columns:
        group, _dot, column = target.rpartition(".")
        assert column in (partner if group else own), target


@pytest.mark.parametrize(
    ("column", "text", "formats", "expected"),
    [
        ("start", "03/2012", Formats(dates=("%m/%Y",)), "2012-03"),
        ("start", "1/2/2012", Formats(dates=("%d/%m/%Y",)), "2012-02-01"),
        ("start", "soon", Formats(dates=("%d/%m/%Y",)), "soon"),
        ("total_budget", "1.234", Formats(decimal=","), "1234"),
        ("total_budget", "1.234", Formats(), "1.234"),
        ("total_budget", "1 234,50 EUR", Formats(decimal=","), "1234.50"),
        ("name", "1,5", Formats(decimal=","), "1,5"),
    ],
)
def test_values_are_rewritten_as_the_template_has_them(column, text, formats, expected):
    assert rewritten(column, text, formats) == expected


@pytest.mark.django_db
def test_a_keep_style_sheet_with_a_partner_a_row(load):
    ProgrammeFactory(acronym="INTERREG IVC", period="2007-2013")
    ThemeFactory(name="Clusters"), ThemeFactory(name="SMEs")
    batch = load("projects", KEEP, mapping="keep_eu")
    assert (batch.errors, batch.created) == ([], 3)
    project = Project.objects.get()
    assert (project.start_text, project.total_budget) == (
        "2012-02-01",
        Decimal("1234567.80"),
    )
    assert {theme.name for theme in project.themes.all()} == {"Clusters", "SMEs"}
    partners = Partner.objects.order_by("name").values_list(
        "name", "country", "is_lead"
    )
    assert list(partners) == [("Agency A", "ES", True), ("Agency B", "PT", False)]
    assert load("projects", KEEP, mapping="keep_eu").unchanged == 3


@pytest.mark.django_db
def test_an_interreg_sheet_with_partners_in_the_row(take, curator):
    programme = ProgrammeFactory()
    batch = take("projects", INTERREG, mapping="interreg")
    assert {error["column"] for error in batch.preview["errors"]} == {
        "programme",
        "Acronym",
    }
    services.adjust(batch.pk, curator, {"fixed": {"programme": programme.slug}})
    batch = services.confirm(batch.pk, curator)
    assert (batch.errors, batch.created) == ([], 3)
    assert Project.objects.get().total_budget == Decimal("1234567.80")
    assert Partner.objects.filter(is_lead=True).get().name == "Agency A"
    undone, kept = services.undo(batch.pk, curator)
    assert (undone, kept, Project.objects.count()) == (3, [], 0)


@pytest.mark.django_db
def test_partners_of_a_rejected_project_say_so(take):
    ProjectFactory()
    sheet = INTERREG.replace("31.12.2014", "31.12.2010")
    batch = take("projects", sheet, mapping="interreg")
    assert batch.preview["counts"]["new"] == 0


def test_the_kinds_own_headings_are_found_however_written():
    found = guess_targets(
        ["Acronym", "Total_Budget (EUR)", "other"], ["acronym", "total_budget"], None
    )
    assert found == {"Acronym": "acronym", "Total_Budget (EUR)": "total_budget"}
