"""The classification that comes with the portal, in the database."""

import pytest


@pytest.fixture
def nuts(starter) -> None:
    """Regions, changes, layouts and correspondences of NUTS 2010 to 2024."""
