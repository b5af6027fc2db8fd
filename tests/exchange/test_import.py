"""An import from preview to confirmation: keys, errors, rights, lost updates."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, Scope
from exchange import services
from practices.models import GoodPractice
from projects.models import Partner, Project
from sources.curation import Origin, Publication
from tests.factories import (
    CallFactory,
    GoodPracticeFactory,
    OrganisationFactory,
    PartnerFactory,
    ProgrammeFactory,
    ProjectFactory,
    RegionFactory,
    ScopeFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PARTNERS = "project,name,country,total_budget,is_lead\n"


def counts(batch):
    return batch.preview["counts"]


def errors(batch):
    return [(e["number"], e["column"], e["value"]) for e in batch.preview["errors"]]


def test_new_records_are_drafts_of_an_import_with_history(load, curator):
    load("organisations", "name,country\nAgency of Tests,Spain\n")
    made = Organisation.objects.get(name="Agency of Tests")
    assert (made.state, made.origin, made.country) == ("draft", Origin.IMPORT, "ES")
    assert made.slug == "agency-of-tests"
    history = made.history.get()
    assert history.history_change_reason == "import sheet.csv"
    assert history.history_user == curator


def test_preview_writes_nothing(take):
    take("organisations", "name,country\nAgency of Tests,ES\n")
    assert not Organisation.objects.exists()


def test_repeating_changes_nothing(load):
    sheet = "name,country,town\nOne,ES,Derio\nTwo,PT,Porto\n"
    assert load("organisations", sheet).created == 2
    again = load("organisations", sheet)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
    assert Organisation.history.count() == 2


def test_update_by_natural_key_names_old_and_new(take, curator):
    held = OrganisationFactory(name="The Agency of Álava", country="ES", town="Derio")
    batch = take("organisations", "name,country,town\nAgency of Alava,ES,Vitoria\n")
    changed = {
        item["column"]: (item["old"], item["new"]) for item in batch.preview["changes"]
    }
    assert changed["town"] == ("Derio", "Vitoria")
    services.confirm(batch.pk, curator)
    held.refresh_from_db()
    assert (held.town, held.normalised_name) == ("Vitoria", "agency alava")
    assert held.state == Publication.PUBLISHED


def test_empty_cells_keep_unless_told_otherwise(load):
    held = OrganisationFactory(name="One", country="ES", town="Derio")
    load("organisations", "name,country,town\nOne,ES,\n")
    held.refresh_from_db()
    assert held.town == "Derio"
    load("organisations", "name,country,town\nOne,ES,\n", empties="clear")
    held.refresh_from_db()
    assert held.town == ""


def test_each_error_says_row_column_value_and_what_to_do(take):
    project = ProjectFactory()
    rows = (
        f"{project.slug},Good,ES,10,no\n"
        f"{project.slug},Bad money,ES,ten,no\n"
        f"{project.slug},Bad country,Atlantis,10,no\n"
        "nowhere,Lost,ES,10,no\n"
        f"{project.slug},,ES,10,no\n"
        f"{project.slug},Good,ES,11,no\n"
    )
    batch = take("partners", PARTNERS + rows)
    assert errors(batch) == [
        (3, "total_budget", "ten"),
        (4, "country", "Atlantis"),
        (5, "project", "nowhere"),
        (6, "name", ""),
        (7, "name", "Good"),
    ]
    assert all(error["message"].endswith(".") for error in batch.preview["errors"])
    assert counts(batch) == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 5}


def test_a_project_has_one_lead_and_an_organisation_once(take):
    body = OrganisationFactory()
    seat = PartnerFactory(name="Held", is_lead=True, organisation=body)
    key = seat.project.slug
    rows = (
        f"project,name,is_lead,organisation\n{key},New,yes,\n{key},Other,,{body.slug}\n"
    )
    assert [column for _row, column, _v in errors(take("partners", rows))] == [
        "is_lead",
        "organisation",
    ]


def test_the_lead_can_pass_to_another_partner(load):
    old = PartnerFactory(name="Old", is_lead=True)
    new = PartnerFactory(name="New", project=old.project)
    rows = f"{old.project.slug},New,ES,,yes\n{old.project.slug},Old,ES,,no\n"
    assert load("partners", PARTNERS + rows).rejected == 0
    new.refresh_from_db()
    assert new.is_lead


def test_checks_between_columns(take):
    programme = ProgrammeFactory()
    rows = f"{programme.slug},A,2014,2013,5,9\n"
    batch = take(
        "projects", "programme,acronym,start,end,total_budget,erdf_budget\n" + rows
    )
    assert {column for _row, column, _v in errors(batch)} == {"end", "total_budget"}


def test_projects_with_calls_themes_dates_and_lists(load):
    call = CallFactory(code="first")
    theme = ThemeFactory(name="Clusters")
    sheet = (
        "programme;acronym;call;start;end;total_budget;themes;objectives\n"
        f'{call.programme.slug};TEST;first;2012-03;2014;1234.5;{theme.slug};"One\nTwo"\n'
    )
    load("projects", sheet)
    made = Project.objects.get(acronym="TEST")
    assert (made.call, made.start_text, made.end_text) == (call, "2012-03", "2014")
    assert (made.total_budget, made.objectives) == (Decimal("1234.50"), ["One", "Two"])
    assert list(made.themes.all()) == [theme]
    assert [row.theme for row in made.history.first().themes.all()] == [theme]


def test_nuts_codes_find_the_region_of_today(load):
    region = RegionFactory(code="ES21", version=2024)
    load("organisations", "name,nuts\nOne,ES21\n")
    made = Organisation.objects.get()
    assert (made.region, made.nuts_code, made.nuts_version) == (region, "ES21", 2024)


def test_publishing_needs_the_right(load, curator):
    programme = ProgrammeFactory()
    secretary = UserFactory(is_staff=True)
    ScopeFactory(
        user=secretary, role=Scope.Role.SECRETARIAT, programme_code=programme.slug
    )
    sheet = f"programme,acronym\n{programme.slug},%s\n"
    load("projects", sheet % "ONE", publish=True)
    load("projects", sheet % "TWO", publish=True, user=secretary)
    states = dict(Project.objects.values_list("acronym", "state"))
    assert states == {"ONE": "published", "TWO": "draft"}


def test_a_secretariat_stays_within_its_programme(take):
    mine, other = ProgrammeFactory(), ProgrammeFactory()
    held = ProjectFactory(programme=other)
    secretary = UserFactory(is_staff=True)
    ScopeFactory(user=secretary, role=Scope.Role.SECRETARIAT, programme_code=mine.slug)
    sheet = (
        "key,programme,acronym\n"
        f",{mine.slug},OWN\n,{other.slug},FOREIGN\n{held.slug},{mine.slug},GRABBED\n"
    )
    batch = take("projects", sheet, user=secretary)
    assert [row for row, _column, _value in errors(batch)] == [3, 4]
    assert counts(batch)["new"] == 1


def test_nobody_overwrites_what_they_have_not_seen(take, curator):
    held = OrganisationFactory(name="One", country="ES", town="Derio")
    sheet = "name,country,town\nOne,ES,%s\nNew,ES,Bilbao\n"
    first, second = (
        take("organisations", sheet % town) for town in ("Irun", "Vitoria")
    )
    services.confirm(first.pk, curator)
    done = services.confirm(second.pk, curator)
    held.refresh_from_db()
    assert held.town == "Irun"
    assert (done.changed, done.rejected, done.unchanged) == (0, 1, 1)
    assert "changed since the preview" in done.errors[0]["message"]


def test_a_batch_is_confirmed_once(load, curator):
    batch = load("organisations", "name\nOne\n")
    with pytest.raises(services.RefusedError):
        services.confirm(batch.pk, curator)
    with pytest.raises(services.RefusedError):
        services.discard(batch.pk)


def test_keys_never_change(take):
    held = OrganisationFactory(name="One", country="ES")
    batch = take("organisations", "key,name,country\nother,One,ES\n")
    assert errors(batch) == [(2, "key", "other")]
    assert held.slug in batch.preview["errors"][0]["message"]


def test_published_practices_change_by_revision_only(take):
    held = GoodPracticeFactory(title="Shared lab")
    batch = take("practices", "title,summary\nShared lab,New words\nOther,Words\n")
    assert errors(batch) == [(2, "title", "Shared lab")]
    assert held.title == "Shared lab"


def test_practices_come_in_as_drafts_even_when_publishing(load):
    region = RegionFactory(code="ES21", version=2024)
    load("practices", "title,nuts\nShared lab,ES21\n", publish=True)
    made = GoodPractice.objects.get()
    assert (made.state, made.stage) == ("draft", "draft")
    assert (list(made.regions.all()), made.nuts_codes) == ([region], ["ES21"])


def partner_sheet(rows: int, bad: int) -> str:
    project = ProjectFactory()
    countries = ["ES" if n % (rows // bad) else "Nowhere" for n in range(rows)]
    lines = [
        f"{project.slug},Partner {n},{country},{n},no\n"
        for n, country in enumerate(countries)
    ]
    return PARTNERS + "".join(lines)


def test_five_thousand_partners_with_forty_bad_rows(
    load, django_assert_max_num_queries
):
    sheet = partner_sheet(5000, 40)
    # SQLite takes some thirty rows a statement, PostgreSQL 500.
    with django_assert_max_num_queries(500):
        batch = load("partners", sheet)
    assert len(batch.errors) == len({error["number"] for error in batch.errors}) == 40
    assert (batch.created, batch.rejected) == (4960, 40)
    assert Partner.objects.count() == 4960
    again = load("partners", sheet)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 4960)


def test_the_number_of_queries_to_look_does_not_grow_with_the_rows(take):
    take("partners", partner_sheet(8, 2))
    with CaptureQueriesContext(connection) as few:
        take("partners", partner_sheet(10, 2))
    with CaptureQueriesContext(connection) as many:
        take("partners", partner_sheet(300, 2))
    assert len(few) == len(many)
