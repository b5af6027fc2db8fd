import gzip
import json
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from regions.parsers.boundaries import NameHints, parse_boundaries, read_name
from regions.parsers.errors import FormatError
from regions.parsers.places import check_places
from regions.parsers.projection import simplified_rings
from tests.regions.files import AREA_FILES

SQUARE = [[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]]
HOLE = [[10.4, 50.4], [10.4, 50.6], [10.6, 50.6], [10.6, 50.4], [10.4, 50.4]]


def feature(code="DE11", kind="Polygon", coordinates=(SQUARE,), **properties):
    return {
        "type": "Feature",
        "properties": {"NUTS_ID": code, **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features, **members):
    return {"type": "FeatureCollection", "features": list(features), **members}


def parse(document, name="map.geojson"):
    return parse_boundaries(json.dumps(document).encode(), name=name)


def test_an_area_lands_on_the_plane_with_its_true_size():
    (row,) = parse(collection(feature()))
    assert (row.code, row.level) == ("DE11", 2)
    # A cell of one degree at 50.5 N has 111.2 x 70.9 km.
    assert row.outline.area / 1e6 == pytest.approx(111.2 * 70.9, rel=0.01)
    corner = Transformer.from_crs(4326, 3035, always_xy=True).transform(10, 50)
    assert row.outline.distance(shapely.Point(corner)) < 1


def test_a_hole_stays_a_hole():
    (row,) = parse(collection(feature(coordinates=[SQUARE, HOLE])))
    (whole,) = parse(collection(feature()))
    assert row.outline.area / whole.outline.area == pytest.approx(0.96, abs=0.001)
    (rings,) = simplified_rings([row.outline])
    turns = [shapely.LinearRing(ring).is_ccw for ring in rings]
    assert turns == [True, False]


@pytest.mark.parametrize(
    "crs",
    ["urn:ogc:def:crs:EPSG::4326", "EPSG:4258", "urn:ogc:def:crs:OGC:1.3:CRS84"],
)
def test_the_crs_member_is_read(crs):
    named = {"type": "name", "properties": {"name": crs}}
    (row,) = parse(collection(feature(), crs=named))
    (plain,) = parse(collection(feature()))
    assert row.outline.equals_exact(plain.outline, 1.0)


def test_coordinates_in_metres_are_read_when_the_name_says_so():
    (plain,) = parse(collection(feature()))
    ring = [list(point) for point in plain.outline.geoms[0].exterior.coords]
    document = collection(feature(coordinates=[ring]))
    (row,) = parse(document, name="NUTS_RG_20M_2024_3035.geojson")
    assert row.outline.equals_exact(plain.outline, 0.01)
    with pytest.raises(FormatError, match="no known reference system"):
        parse(document)


def test_the_code_may_be_the_features_id_or_nuts2jsons():
    bare = feature()
    bare["properties"] = None
    bare["id"] = "DE12"
    other = feature()
    other["properties"] = {"id": "DE13", "na": "Freiburg"}
    assert [row.code for row in parse(collection(bare, other))] == ["DE12", "DE13"]


def test_gzip_and_byte_order_mark():
    content = b"\xef\xbb\xbf" + json.dumps(collection(feature())).encode()
    assert len(parse_boundaries(content, name="a")) == 1
    assert len(parse_boundaries(gzip.compress(content, mtime=0), name="a.gz")) == 1


TOPOLOGY = {
    "type": "Topology",
    # Two squares of one degree side by side, the border between them is arc 0.
    "arcs": [
        [[11, 50], [11, 51]],
        [[11, 51], [10, 51], [10, 50], [11, 50]],
        [[11, 50], [12, 50], [12, 51], [11, 51]],
    ],
    "objects": {
        "nutsbn": {"type": "GeometryCollection", "geometries": []},
        "nutsrg": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"id": "DE11"}},
                {
                    "type": "MultiPolygon",
                    "arcs": [[[2, -1]]],
                    "properties": {"id": "DE12"},
                },
            ],
        },
    },
}


def quantised():
    """The same arcs as differences on a grid of half degrees from 8 E, 49 N."""
    arcs = []
    for arc in TOPOLOGY["arcs"]:
        grid = [[round((x - 8) / 0.5), round((y - 49) / 0.5)] for x, y in arc]
        steps = [[b[0] - a[0], b[1] - a[1]] for a, b in pairwise(grid)]
        arcs.append([grid[0], *steps])
    transform = {"scale": [0.5, 0.5], "translate": [8, 49]}
    return {**TOPOLOGY, "arcs": arcs, "transform": transform}


@pytest.mark.parametrize("document", [TOPOLOGY, quantised()])
def test_topojson_equals_the_same_geojson(document):
    east = [[11, 50], [12, 50], [12, 51], [11, 51], [11, 50]]
    wanted = parse(
        collection(feature("DE11"), feature("DE12", "MultiPolygon", [[east]]))
    )
    found = parse(document)
    assert [row.code for row in found] == ["DE11", "DE12"]
    for one, other in zip(found, wanted, strict=True):
        assert one.outline.symmetric_difference(other.outline).area < 1


def test_a_self_crossing_ring_is_repaired():
    bow = [[10, 50], [11, 51], [11, 50], [10, 51], [10, 50]]
    (row,) = parse(collection(feature(coordinates=[bow])))
    assert row.outline.is_valid
    assert len(row.outline.geoms) == 2


def broken(**members):
    return json.dumps({**TOPOLOGY, **members}).encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<!DOCTYPE html><html>", "a web page or XML.*<!DOCTYPE html>"),
        (b"PK\x03\x04\x14", "a zip archive"),
        (b"code,level;AT,0", "not JSON.*'code,level"),
        (b"\xd0\xcf\x11\xe0\xa1", "not JSON.*binary data"),
        (b"", "not JSON"),
        (b"[1]", "no GeoJSON object"),
        (b'{"type":"Feature"}', "neither a FeatureCollection.*'Feature'"),
        (b'{"type":"FeatureCollection","features":[]}', "no features"),
        (json.dumps(collection(feature("AT1 1"))).encode(), "no NUTS code.*NUTS_ID"),
        (json.dumps(collection(7)).encode(), "not a feature: '7'"),
        (
            json.dumps(collection(feature(kind="Point", coordinates=[1, 2]))).encode(),
            "feature 1: points, no areas: 'DE11'",
        ),
        (
            json.dumps(collection(feature(kind="LineString"))).encode(),
            "lines, no areas",
        ),
        (json.dumps(collection(feature(kind="Circle"))).encode(), "DE11: no area"),
        (
            json.dumps(collection(feature(coordinates=[[[1, 2]]]))).encode(),
            "DE11: unreadable coordinates",
        ),
        (
            json.dumps(collection(feature(coordinates=[["a"]]))).encode(),
            "DE11: unreadable coordinates",
        ),
        (
            json.dumps(collection(feature(coordinates=[[[1, 1]] * 4]))).encode(),
            "DE11: an area without any ground",
        ),
        (
            json.dumps(collection(feature(), feature())).encode(),
            "the same code twice: 'DE11'",
        ),
        (
            json.dumps(
                collection(feature(), crs={"properties": {"name": "EPSG:27700"}})
            ).encode(),
            "a reference system this portal does not read: 'EPSG:27700'",
        ),
        (
            json.dumps(
                collection(feature(), crs={"properties": {"name": "EPSG:3035"}})
            ).encode(),
            "coordinates are not in EPSG:3035: '10, 50 to 11, 51'",
        ),
        (broken(objects={"a": {}, "b": {}}), "no object with regions: 'a, b'"),
        (broken(arcs=[["x"]]), "unreadable arcs"),
        (broken(arcs=TOPOLOGY["arcs"][:1]), "DE11: unknown arcs"),
        (gzip.compress(b"{}", mtime=0)[:-9], "truncated or damaged gzip"),
    ],
)
def test_a_file_that_is_no_map_says_what_it_is(content, message):
    with pytest.raises(FormatError, match=message) as caught:
        parse_boundaries(content, name="map.file")
    assert str(caught.value).startswith("map.file")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_format_error(content):
    with pytest.raises(FormatError):
        parse_boundaries(content, name="map.file")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "arcs", "properties", "id", "coordinates"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON, JSON)
def test_any_json_in_the_right_places_is_refused_with_a_format_error(one, other):
    for document in (
        {**TOPOLOGY, "arcs": one},
        {**TOPOLOGY, "arcs": one, "transform": other},
        {**TOPOLOGY, "objects": {"nutsrg": {"geometries": [one, other]}}},
        collection(feature(coordinates=one), other),
        {"type": "FeatureCollection", "features": one, "crs": other},
    ):
        with pytest.raises(FormatError):
            parse(document)


@pytest.mark.parametrize(
    ("name", "hints"),
    [
        ("NUTS_RG_20M_2024_4326.geojson", (2024, "20M", "EPSG:4326")),
        ("nuts_2013_level0_20M.geojson", (2013, "20M", None)),
        ("nuts2json_2016_3035_20M_0.topojson.json", (2016, "20M", "EPSG:3035")),
        ("NUTS_RG_60M_2021_4326_LEVL_2.geojson", (2021, "60M", "EPSG:4326")),
        ("2.json", (None, None, None)),
        ("map-20210405.json", (None, None, None)),
    ],
)
def test_read_name(name, hints):
    assert read_name(name) == NameHints(*hints)


def test_exchanged_axes_are_noticed():
    turned = [[y, x] for x, y in SQUARE]
    rows = parse(collection(feature(coordinates=[turned])))
    with pytest.raises(FormatError, match=r"1 of 1 regions lie elsewhere \(DE11 is"):
        check_places(rows, {"DE11": (10.5, 50.5)}, file="map.file")
    check_places(rows, {"DE11": (50.5, 10.5)}, file="map.file")
    check_places(rows, {}, file="map.file")


@pytest.mark.real_files
@pytest.mark.parametrize("name", AREA_FILES)
def test_real_outlines_keep_their_size_when_simplified(real_data, name):
    path = real_data / "nuts" / name
    rows = parse_boundaries(path.read_bytes(), name=path.name)
    for level in {row.level for row in rows}:
        of_level = [row for row in rows if row.level == level]
        rings = simplified_rings([row.outline for row in of_level])
        for row, outline in zip(of_level, rings, strict=True):
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in outline)
            # Level 3 is not drawn; its smallest towns may lose a quarter.
            assert signed_area(outline) == pytest.approx(
                row.outline.area / 1e6, rel=0.1 if level < 3 else 0.25, abs=60
            ), row.code


def signed_area(outline):
    """Shoelace formula: holes run clockwise, so they count against."""
    return sum(
        (a[0] * b[1] - b[0] * a[1]) / 2 for ring in outline for a, b in pairwise(ring)
    )


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("original/nuts2json_2016_3035_nutspt_0.json", "points, no areas"),
        ("original/nuts2json_2016_3035_nutspt_2.json", "points, no areas"),
        ("original/NUTS_LB_2021_4326.shp.zip", "a zip archive"),
        ("original/NUTS2021.xlsx", "a zip archive"),
        ("original/NUTS2010-NUTS2013.xls", "binary data"),
        ("original/NUTS_AT_2021.csv", "not JSON"),
        ("nuts_2021.csv", "not JSON"),
        ("README.md", "not JSON"),
    ],
)
def test_real_files_that_are_no_maps(real_data, name, message):
    path = real_data / "nuts" / name
    with pytest.raises(FormatError, match=message):
        parse_boundaries(path.read_bytes(), name=path.name)


@pytest.mark.real_files
def test_a_map_of_the_current_regions_is_small(real_data):
    path = real_data / "nuts" / "nuts_2024_level2_20M.geojson"
    rows = parse_boundaries(path.read_bytes(), name=path.name)
    rings = simplified_rings([row.outline for row in rows])
    text = json.dumps(
        dict(zip([row.code for row in rows], rings, strict=True)), separators=(",", ":")
    )
    assert len(text) < 155_000
