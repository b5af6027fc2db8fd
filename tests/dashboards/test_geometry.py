"""Places on the schematic maps, boundaries when loaded, and the small locator."""

import pytest
from django.utils import timezone

from dashboards import geometry
from dashboards.locator import locator
from regions.atlas import atlas
from regions.models import Boundary, Region

pytestmark = pytest.mark.usefixtures("starter")


@pytest.mark.parametrize("layout", [geometry.DORLING, geometry.TILE])
@pytest.mark.parametrize("version", [2021, 2024])
def test_every_level_2_region_of_the_eu_has_a_place(layout, version):
    found = geometry.outlines(version, layout)
    assert {item.code for item in atlas(version).eu(2)} <= set(found)


def test_no_two_tiles_share_a_cell():
    centres = [o.centre for o in geometry.outlines(2024, geometry.TILE).values()]
    assert len(set(centres)) == len(centres)


def test_circles_are_the_default_until_boundaries_are_loaded(client):
    assert geometry.default_layout(2024) == geometry.DORLING
    assert client.get("/api/v1/figures/map/?layout=boundaries").status_code == 400


def square(x, y, size):
    """A closed ring in kilometres of EPSG:3035, counter-clockwise."""
    right, top = x + size, y + size
    return [[x, y], [right, y], [right, top], [x, top], [x, y]]


@pytest.fixture
def boundaries(starter):
    """Outlines of País Vasco in two parts, and of an outermost region."""
    for code, rings in {
        "ES21": [square(3200, 2300, 100), square(3400, 2300, 10)],
        "FRY1": [square(-3000, 2000, 50)],
    }.items():
        Boundary.objects.create(
            region=Region.objects.get(version=2024, code=code),
            scale="20M",
            rings=rings,
            note="test",
            loaded_at=timezone.now(),
        )


@pytest.mark.usefixtures("boundaries")
def test_boundaries_are_the_default_once_loaded(client):
    assert geometry.default_layout(2024) == geometry.BOUNDARIES
    assert geometry.default_layout(2021) == geometry.DORLING
    drawn = client.get("/api/v1/figures/map/?indicator=gdp-per-head").json()["data"]
    (basque,) = [item for item in drawn if item.get("fill")]
    assert basque["name"] == "ES21"
    assert basque["x"].count(None) == 1


@pytest.mark.usefixtures("boundaries")
def test_an_outermost_region_does_not_shrink_the_map():
    found = geometry.outlines(2024, geometry.BOUNDARIES)
    assert set(found) == {"ES21"}
    x, y = found["ES21"].centre
    assert 3200 <= x <= 3300
    assert 2300 <= y <= 2400


@pytest.mark.parametrize("code", ["ES21", "ES2", "ES", "EE00", "XK00"])
def test_the_locator_marks_the_region_and_its_country(code):
    regions = atlas(2024)
    dots = locator(code, regions)
    kinds = [dot.css for dot in dots]
    # Drawn last, so that no other circle covers it.
    assert kinds == sorted(kinds, key=("oth", "own", "me").index)
    inside = [item for item in regions.at_level(2) if item.code.startswith(code)]
    assert kinds.count("me") == len(inside)
    country = regions.in_country(code[:2], 2)
    assert kinds.count("own") == len(country) - len(inside)
    assert all(dot.r >= 3 for dot in dots)


def test_a_version_without_layout_has_no_locator():
    version = 2010
    assert Region.objects.in_version(version).exists()
    assert locator("ES21", atlas(version)) == []
