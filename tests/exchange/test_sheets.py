"""What is taken away comes back unchanged; what is left out says why."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from exchange import sheets
from exchange.parsers import read_sheet
from exchange.parsers.text import guarded, unguarded
from exchange.resources import RESOURCES
from tests.factories import (
    CallFactory,
    DomainFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PartnerFactory,
    PolicyAreaFactory,
    PriorityFactory,
    ProgrammeFactory,
    ProjectFactory,
    ThemeFactory,
)

FORMS = ("csv", "xlsx", "json")
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"),
    max_size=40,
)


@given(st.text())
def test_guarding_a_text_loses_nothing(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.fixture
def full_kinds(db):
    """A record of each kind with lists, links, dates and texts like formulas."""
    area, theme, domain = PolicyAreaFactory(), ThemeFactory(), DomainFactory()
    programme = ProgrammeFactory(who_can_apply="-everybody-", budget="1.2500")
    programme.policy_areas.set([area])
    CallFactory(programme=programme, topics=["=1+1", "two; three"], budget="10.00")
    PriorityFactory(description="+ words\nin lines").domains.set([domain])
    project = ProjectFactory(
        programme=programme,
        start=date(2012, 3, 1),
        start_precision="month",
        end=date(2014, 12, 31),
        end_precision="year",
        objectives=["@first", "  second  "],
        summary="'=not a formula",
        total_budget="1234567.80",
    )
    project.themes.set([theme])
    PartnerFactory(
        project=project, is_lead=True, nuts_code="ES21", nuts_version=2021,
        organisation=OrganisationFactory(name="A, \"B\"; C"),
    )  # fmt: skip
    GoodPracticeFactory(project=project, cost_eur="5.50").themes.set([theme])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", RESOURCES)
def test_importing_an_export_changes_nothing(full_kinds, take, kind, form):
    resource = RESOURCES[kind]()
    data = sheets.export_file(resource, resource.records(), form)
    counts = take(kind, data, empties="clear").preview["counts"]
    assert counts["unchanged"] >= 1
    assert (counts["new"], counts["changed"]) == (0, 0)
    # The code of the partner is one that no NUTS version held here has.
    assert counts["rejected"] == 0


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(town=ANY_TEXT, note=ANY_TEXT, form=st.sampled_from(FORMS))
def test_any_text_survives_the_way_out_and_in(take, town, note, form):
    Organisation.objects.all().delete()
    OrganisationFactory(name="One", town=town[:120], note=note)
    resource = RESOURCES["organisations"]()
    data = sheets.export_file(resource, resource.records(), form)
    counts = take("organisations", data, empties="clear").preview["counts"]
    assert counts == {"new": 0, "changed": 0, "unchanged": 1, "rejected": 0}


@pytest.mark.django_db
def test_no_cell_of_a_csv_starts_a_formula(db):
    OrganisationFactory(name="=cmd|' /C calc'!A0", town="@SUM(1)", note="-2+3")
    resource = RESOURCES["organisations"]()
    text = sheets.export_file(resource, resource.records(), "csv").decode()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_template_has_one_header_row_and_explains_it(kind):
    resource = RESOURCES[kind]()
    book = openpyxl.load_workbook(
        io.BytesIO(sheets.template_file(resource, "xlsx")), read_only=True
    )
    header = [cell.value for cell in next(book["data"].iter_rows())]
    notes = [[cell.value for cell in row] for row in book["notes"].iter_rows()][1:]
    assert header == list(resource.columns) == [row[0] for row in notes]
    assert all(row[3] for row in notes)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_left_out_come_back_as_given_with_the_reason(load, form):
    batch = load("organisations", "name,country\nGood,ES\n=Bad,Atlantis\n")
    sheet = read_sheet(sheets.rejected_file(batch, form))
    assert sheet.header == ("name", "country", "row", "reason")
    (row,) = sheet.rows
    assert row.cells[:3] == ("=Bad", "Atlantis", "3")
    assert row.cells[3].startswith("country: There is no such country.")
