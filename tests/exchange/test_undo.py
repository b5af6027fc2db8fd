"""Undoing an import: everything nobody touched since, and nothing else."""

import pytest

from accounts.models import Organisation
from exchange import services
from exchange.models import ImportBatch
from projects.models import Partner, Project
from tests.factories import (
    OrganisationFactory,
    PartnerFactory,
    ProgrammeFactory,
    ProjectFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def test_new_records_go_and_changed_ones_are_as_before(load, curator):
    held = OrganisationFactory(name="One", country="ES", town="Derio", website="")
    batch = load(
        "organisations",
        "name,country,town,website\nOne,ES,Irun,https://example.org\nNew,ES,,\n",
    )
    assert services.undo(batch.pk, curator) == (2, [])
    held.refresh_from_db()
    assert (held.town, held.website) == ("Derio", "")
    assert Organisation.objects.count() == 1
    assert held.history.first().history_change_reason == "undo import sheet.csv"
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE


def test_links_come_back(load, curator):
    before, after = ThemeFactory(), ThemeFactory()
    project = ProjectFactory(acronym="TEST")
    project.themes.set([before])
    key = f"{project.slug},{project.programme.slug}"
    batch = load("projects", f"key,programme,acronym,themes\n{key},TEST,{after.slug}\n")
    assert list(project.themes.all()) == [after]
    services.undo(batch.pk, curator)
    assert list(project.themes.all()) == [before]


def test_rows_edited_since_stay_and_are_named(load, curator):
    batch = load("organisations", "name,country\nOne,ES\nTwo,ES\n")
    edited = Organisation.objects.get(name="Two")
    edited.town = "Derio"
    edited.save()
    undone, kept = services.undo(batch.pk, curator)
    assert undone == 1
    assert [(row.number, row.label) for row in kept] == [(3, "Two")]
    assert "edited since" in kept[0].kept
    assert list(Organisation.objects.all()) == [edited]


def test_what_others_refer_to_stays(load, curator):
    programme = ProgrammeFactory()
    batch = load("projects", f"programme,acronym\n{programme.slug},TEST\n")
    PartnerFactory(project=Project.objects.get())
    undone, kept = services.undo(batch.pk, curator)
    assert undone == 0
    assert "refer to it" in kept[0].kept
    assert Partner.objects.count() == 1


def test_undo_only_once(load, curator):
    batch = load("organisations", "name\nOne\n")
    services.undo(batch.pk, curator)
    with pytest.raises(services.RefusedError):
        services.undo(batch.pk, curator)
