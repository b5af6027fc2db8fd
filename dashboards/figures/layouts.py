"""Shapes of the schematic maps, in a plane with y upwards. Pure."""

from math import cos, pi, sin

Point = tuple[float, float]
Ring = tuple[Point, ...]

CIRCLE_POINTS = 28
TILE_SIZE = 0.92
_TURNS = [2 * pi * i / CIRCLE_POINTS for i in range(CIRCLE_POINTS + 1)]
_UNIT = [(cos(turn), sin(turn)) for turn in _TURNS]


def circle(x: float, y: float, r: float) -> Ring:
    """A closed ring around the centre; the source's y points down."""
    return tuple((round(x + r * c, 1), round(-y + r * s, 1)) for c, s in _UNIT)


def tile(col: float, row: float) -> Ring:
    """A closed square on cell (col, row), counted from the top left."""
    left, bottom = col, -row - TILE_SIZE
    right, top = col + TILE_SIZE, -row
    return ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))
