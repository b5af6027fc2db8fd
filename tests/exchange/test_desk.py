"""The admin's pages: who gets in, what they show, what cannot be done twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Organisation, Scope
from exchange.models import ImportBatch, SavedMapping
from tests.factories import OrganisationFactory, ScopeFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = reverse("admin:exchange_importbatch_new")


@pytest.fixture
def desk(client, curator):
    client.force_login(curator)
    return client


def page(name, *args):
    return reverse(f"admin:exchange_importbatch_{name}", args=args)


def give(client, data, kind="organisations"):
    file = SimpleUploadedFile("sheet.csv", data.encode())
    return client.post(
        NEW, {"kind": kind, "file": file, "empties": "keep"}, follow=True
    )


def test_without_a_role_there_is_no_way_in(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(NEW).status_code == 403


def test_preview_then_load_then_undo(desk):
    shown = give(desk, "name,country\nOne,ES\nTwo,Atlantis\n")
    assert b"There is no such country" in shown.content
    batch = ImportBatch.objects.get()
    assert b"Load the good rows" in shown.content
    loaded = desk.post(page("load", batch.pk), follow=True)
    assert b"These rows were left out" in loaded.content
    assert [row.name for row in Organisation.objects.all()] == ["One"]
    again = desk.post(page("load", batch.pk), follow=True)
    assert b"decided upon before" in again.content
    desk.post(page("undo", batch.pk))
    assert not Organisation.objects.exists()


def test_a_file_that_cannot_be_read_is_not_kept(desk):
    shown = give(desk, "<html>")
    assert shown.status_code == 422
    assert not ImportBatch.objects.exists()


def test_columns_matched_by_hand_are_saved_for_the_next_file(desk):
    give(desk, "Bezeichnung;Land\nOne;ES\n")
    batch = ImportBatch.objects.get()
    columns = {"column0": "name", "column1": "country", "decimal": ","}
    desk.post(page("columns", batch.pk), columns | {"save_as": "German lists"})
    batch.refresh_from_db()
    assert batch.preview["counts"]["new"] == 1
    saved = SavedMapping.objects.get()
    assert saved.definition["columns"] == {"name": ["Bezeichnung"], "country": ["Land"]}
    twice = desk.post(page("columns", batch.pk), columns | {"column1": "name"})
    assert twice.status_code == 422


def test_nobody_sees_the_imports_of_others_but_curators(client, take):
    batch = take("organisations", "name\nOne\n")
    secretary = UserFactory(is_staff=True)
    ScopeFactory(user=secretary, role=Scope.Role.SECRETARIAT, programme_code="x")
    client.force_login(secretary)
    assert client.get(page("look", batch.pk)).status_code == 404
    assert client.post(page("undo", batch.pk)).status_code == 404
    assert client.get(page("template", "organisations", "csv")).status_code == 404
    assert client.get(page("template", "partners", "csv")).status_code == 200


def test_export_follows_the_filters_of_the_list(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    OrganisationFactory(name="Shown", state="draft")
    OrganisationFactory(name="Hidden")
    answer = client.get(
        page("export", "organisations", "csv"), {"state__exact": "draft"}
    )
    assert b"Shown" in answer.content
    assert b"Hidden" not in answer.content
    assert answer["Content-Disposition"].startswith(
        'attachment; filename="organisations_'
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_left_out_can_be_taken_away(desk, take, form):
    batch = take("organisations", "name,country\nOne,Atlantis\n")
    assert desk.get(page("left", batch.pk, form)).status_code == 200
