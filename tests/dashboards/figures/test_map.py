"""The map: one shape a region, its class in its colour, no value hatched."""

import json

import pytest

from dashboards.figures.layouts import circle, tile
from dashboards.figures.map import Label, Shape, class_colours, map_figure
from dashboards.figures.template import LINE_STRONG, ME, PAPER, SEQUENTIAL, as_json


def shape(code, class_index, *, rings=None, label=""):
    return Shape(
        code=code,
        rings=rings or (tile(int(code[-1]), 0),),
        centre=rings[0][0] if rings else (0.5, -0.5),
        class_index=class_index,
        hover=f"<b>{code}</b>",
        url=f"/regions/{code}/",
        label=label,
    )


def fills(figure):
    return {item.name: item.fillcolor for item in figure.data if item.fill == "toself"}


def test_each_region_is_one_filled_shape_in_the_colour_of_its_class():
    figure = map_figure([shape(f"R{i}", i) for i in range(5)], classes=5)
    assert fills(figure) == dict(
        zip([f"R{i}" for i in range(5)], SEQUENTIAL, strict=True)
    )
    assert all(item.hoveron == "fills" for item in figure.data)
    assert figure.data[0].meta == {"url": "/regions/R0/", "code": "R0"}


def test_no_value_is_hatched_and_not_in_a_class_colour():
    figure = map_figure([shape("R0", None), shape("R1", 2)], classes=5)
    without, with_value = figure.data
    assert without.fillcolor == PAPER
    assert without.fillpattern.shape == "/"
    assert without.fillpattern.fgcolor == LINE_STRONG
    assert with_value.fillpattern.shape is None


def square(x, y, side):
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))


def test_only_a_small_shape_with_none_close_by_is_found_around_it_too():
    shapes = [
        shape("R0", 0, rings=(square(0.0, 0.0, 0.1),)),  # an island
        shape("R1", 0, rings=(square(20.0, 0.0, 0.1),)),  # an enclave of the next
        shape("R2", 0, rings=(square(10.0, -9.0, 20.0), square(20.0, 0.0, 0.1))),
        shape("R3", 0, rings=(square(40.0, 0.0, 0.1),)),  # beside the next
        shape("R4", 0, rings=(square(40.2, 0.0, 5.0),)),
    ]
    hoveron = {item.name: item.hoveron for item in map_figure(shapes, classes=1).data}
    assert [code for code, on in hoveron.items() if on == "points+fills"] == ["R0"]
    assert set(hoveron.values()) == {"points+fills", "fills"}


@pytest.mark.parametrize("classes", range(6))
def test_colours_run_from_light_to_dark(classes):
    colours = class_colours(classes)
    assert len(colours) == len(set(colours)) == classes
    assert sorted(colours, key=SEQUENTIAL.index) == colours


def test_my_region_is_ringed_and_drawn_last():
    figure = map_figure([shape("R0", 1), shape("R1", 1)], classes=5, mine="R0")
    assert [item.name for item in figure.data] == ["R1", "R0"]
    assert figure.data[1].line.color == ME
    assert figure.data[0].line.color != ME
    assert figure.data[1].line.width > figure.data[0].line.width


def test_the_rings_of_a_region_are_one_trace_with_a_gap_between():
    rings = (tile(0, 0), tile(3, 0))
    figure = map_figure([shape("R0", 0, rings=rings)], classes=1)
    assert len(figure.data) == 1
    xs = list(figure.data[0].x)
    assert xs.count(None) == 1
    assert xs[: xs.index(None)] == [x for x, _y in rings[0]]
    assert xs[xs.index(None) + 1 :] == [x for x, _y in rings[1]]


def test_texts_read_on_their_colour():
    shapes = [shape("R0", 0, label="00"), shape("R4", 4, label="44")]
    texts = [item for item in map_figure(shapes, classes=5).data if item.mode == "text"]
    assert {item.text[0]: item.textfont.color == PAPER for item in texts} == {
        "00": False, "44": True,
    }  # fmt: skip
    assert all(item.hoverinfo == "skip" for item in texts)
    assert all(item.meta == {"wide_only": True} for item in texts)


def test_labels_stand_at_their_places():
    figure = map_figure([shape("R0", 0)], classes=1, labels=[Label("ES", (4.0, 5.0))])
    label = figure.data[-1]
    assert (list(label.x), list(label.y), list(label.text)) == ([4.0], [5.0], ["ES"])
    assert label.meta is None


def test_the_plane_has_one_scale():
    axis = map_figure([shape("R0", 0)], classes=1).layout.yaxis
    assert (axis.scaleanchor, axis.scaleratio) == ("x", 1)


def test_a_map_without_shapes_is_still_a_figure():
    json.dumps(as_json(map_figure([], classes=0)), allow_nan=False)


@pytest.mark.parametrize("ring", [tile(3, 4), circle(10, 20, 5)])
def test_rings_are_closed(ring):
    assert ring[0] == ring[-1]


def test_the_y_axis_of_the_layouts_points_up():
    assert all(y < 0 for _x, y in tile(0, 4))
    xs, ys = zip(*circle(10, 20, 5), strict=True)
    assert (min(xs), max(xs)) == (5, 15)
    assert (min(ys), max(ys)) == (-25, -15)
