import pytest
from django.contrib import admin

from regions.models import Boundary, Region, RegionChange
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("nuts")


@pytest.fixture
def request_of_curator(rf, db):
    curator = UserFactory(is_staff=True, is_superuser=True)

    def request(path="/", **query):
        made = rf.get(path, query)
        made.user = curator
        return made

    return request


@pytest.mark.parametrize("model", [Region, RegionChange, Boundary])
def test_facts_are_read_only(model, request_of_curator):
    page = admin.site._registry[model]
    request = request_of_curator()
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_regions_are_searched_in_few_queries(
    request_of_curator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        page = admin.site._registry[Region].changelist_view(request_of_curator(q="ES2"))
        text = page.render().content.decode()
    assert "País Vasco" in text
    assert "Comunidad Foral de Navarra" in text
