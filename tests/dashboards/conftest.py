"""A reader who asks the portal for pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.dashboards.pages import Page, read

Ask = Callable[..., Page]


@pytest.fixture
def page(starter, client: Client) -> Ask:
    """Ask for a page; an error of the portal is raised, a refusal is a page too."""

    def ask(address: str, status: int = 200, **options: object) -> Page:
        response = client.get(address, **options)
        assert response.status_code == status, f"{response.status_code} {address}"
        return read(response)

    return ask
