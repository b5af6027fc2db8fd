import pytest
from django.utils import timezone

from regions.models import Boundary, Region
from regions.queries import Cell, boundary_rings, layout_cells

pytestmark = pytest.mark.usefixtures("nuts")


@pytest.mark.parametrize(("version", "regions"), [(2021, 334), (2024, 326), (2016, 0)])
@pytest.mark.parametrize("layout", ["tile", "dorling"])
def test_layout_cells(version, regions, layout, django_assert_num_queries):
    with django_assert_num_queries(1):
        cells = layout_cells(version, layout)
    assert len(cells) == regions
    level_2 = Region.objects.in_version(version).at_level(2)
    assert cells.keys() <= set(level_2.values_list("code", flat=True))
    assert all((cell.r is None) == (layout == "tile") for cell in cells.values())


def test_no_two_tiles_share_a_place_and_insets_are_known():
    cells = layout_cells(2024, "tile")
    assert len({(cell.x, cell.y) for cell in cells.values()}) == len(cells)
    assert {code for code, cell in cells.items() if cell.inset} == {
        "ES70", "FRY1", "FRY2", "FRY3", "FRY4", "FRY5", "IS00", "NO0B", "PT20", "PT30",
    }  # fmt: skip
    assert layout_cells(2021, "tile")["AL01"] == Cell(22, 21, None, inset=False)


def outline(code, scale):
    region = Region.objects.get(version=2024, code=code)
    Boundary.objects.create(
        region=region,
        scale=scale,
        rings=[[[0, 0], [1, 0], [1, 1], [0, 0]]],
        note="drawn for the test",
        loaded_at=timezone.now(),
    )


def test_outlines_are_all_of_one_scale(django_assert_num_queries):
    for code, scale in [("ES21", "60M"), ("ES22", "60M"), ("ES21", "20M")]:
        outline(code, scale)
    with django_assert_num_queries(2):
        assert boundary_rings(2024, 2).keys() == {"ES21", "ES22"}
    outline("ES22", "20M")
    Boundary.objects.filter(scale="20M").update(rings=[])
    assert boundary_rings(2024, 2) == {"ES21": [], "ES22": []}


def test_no_outlines():
    assert boundary_rings(2024, 2) == {}
