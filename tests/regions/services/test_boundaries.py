import json

import pytest

from regions.gisco import NOTICE
from regions.models import Boundary
from regions.queries import boundary_rings
from regions.services import load_boundaries
from sources.exceptions import IngestError
from tests.regions.files import AREA_FILES

pytestmark = pytest.mark.usefixtures("nuts")

CODES = {"AT13": (16.3, 48.2), "ES21": (-2.6, 43.0)}


def square(code, lon, lat):
    ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    coordinates = [[[lon - 0.5 + x, lat - 0.5 + y] for x, y in ring]]
    return {
        "type": "Feature",
        "properties": {"NUTS_ID": code},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }


@pytest.fixture
def write(tmp_path):
    def write(*features, name="map.geojson"):
        path = tmp_path / name
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return write


@pytest.mark.real_files
@pytest.mark.parametrize("name", AREA_FILES)
def test_every_real_file_loads_and_loads_again_unchanged(real_data, name):
    path = real_data / "nuts" / name
    first = load_boundaries(path)
    assert first.new == Boundary.objects.count() == first.read - first.left_out
    assert (str(first.version) in name, first.scale in name) == (True, True)
    moment = Boundary.objects.latest("loaded_at").loaded_at
    second = load_boundaries(path)
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.new)
    assert Boundary.objects.latest("loaded_at").loaded_at == moment


@pytest.mark.real_files
def test_all_levels_of_one_file(real_data):
    load = load_boundaries(real_data / "nuts/original/NUTS_RG_20M_2024_4326.geojson")
    assert (load.read, load.new, load.left_out) == (1798, 453, 1345)
    assert [len(boundary_rings(2024, level)) for level in (0, 1, 2)] == [39, 115, 299]


def test_the_notice_stands_beside_every_outline(write):
    load_boundaries(write(square("ES21", *CODES["ES21"])), version=2024)
    assert Boundary.objects.get().note == f"{NOTICE} (map.geojson)"


def test_the_codes_decide_when_nothing_else_says_the_version(write):
    load = load_boundaries(write(square("NL31", 5.2, 52.1)))
    assert (load.version, load.scale) == (2021, "20M")
    assert load_boundaries(write(square("ES21", *CODES["ES21"]))).version == 2024


def test_changed_outlines_replace_the_old_ones(write):
    load_boundaries(write(square("ES21", *CODES["ES21"])))
    load = load_boundaries(write(square("ES21", -2.5, 43.0)))
    assert (load.new, load.changed) == (0, 1)
    assert Boundary.objects.count() == 1


@pytest.mark.parametrize(
    ("features", "options", "message"),
    [
        (
            [square("ES99", 0, 43)],
            {},
            "codes that are not in NUTS 2024: 'ES99'.*Correct",
        ),
        (
            [square("NL31", 5.2, 52.1)],
            {"version": 2024},
            r"not in NUTS 2024: 'NL31'\. NUTS 2021 fits best: --nuts-version 2021",
        ),
        (
            [square("ES21", -2.6, 43)],
            {"version": 1999},
            "NUTS 1999 is not loaded.*2010",
        ),
        ([square("ES211", -2.6, 43)], {}, "regions below NUTS 2 only"),
        ([square("ES21", -2.6, 43)], {"scale": "1:20"}, "no scale '1:20'"),
        ([square("ES21", 43, -2.6)], {}, "1 of 1 regions lie elsewhere"),
    ],
)
def test_a_file_that_does_not_fit_loads_nothing(write, features, options, message):
    with pytest.raises(IngestError, match=message):
        load_boundaries(write(*features), **options)
    assert not Boundary.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(IngestError, match="no such file"):
        load_boundaries(tmp_path / "none.geojson")


@pytest.mark.real_files
def test_points_are_refused_in_one_sentence(real_data):
    path = real_data / "nuts/original/nuts2json_2016_3035_nutspt_2.json"
    with pytest.raises(IngestError, match="points, no areas"):
        load_boundaries(path)
