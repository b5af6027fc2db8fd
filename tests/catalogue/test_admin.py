"""Every page of the curators' desk opens on real records, and saves."""

import pytest
from django.contrib import admin
from django.urls import reverse

from projects.models import Project
from sources.curation import Curated
from tests import factories

pytestmark = pytest.mark.django_db
CURATED = [model for model in admin.site._registry if issubclass(model, Curated)]


@pytest.fixture
def desk(client):
    client.force_login(factories.UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", CURATED, ids=lambda model: model.__name__)
def test_lists_and_records_open(starter, desk, model):
    meta = model._meta
    name = f"admin:{meta.app_label}_{meta.model_name}"
    found = desk.get(reverse(f"{name}_changelist"), {"q": "a"})
    assert found.status_code == 200
    record = model.objects.first()
    assert desk.get(reverse(f"{name}_change", args=[record.pk])).status_code == 200


def test_organisations_are_offered_as_one_types(starter, desk):
    answer = desk.get(
        reverse("admin:autocomplete"),
        {
            "term": "tecnalia",
            "app_label": "projects",
            "model_name": "partner",
            "field_name": "organisation",
        },
    )
    assert [row["text"] for row in answer.json()["results"]] == [
        "Tecnalia Research and Innovation Foundation (ES)"
    ]


def test_history_shows_where_a_record_came_from(starter, desk):
    tres = Project.objects.get(slug="tres")
    page = desk.get(reverse("admin:projects_project_history", args=[tres.pk]))
    assert "fact book" in page.content.decode()
