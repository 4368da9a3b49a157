# ruff: noqa: INP001 - a script, not a package
"""Thins outlines of countries for the map view: `python docs/images/make_outlines.py countries-50m.json`.

Natural Earth is in the public domain (https://www.naturalearthdata.com). The asset was made from `countries-50m.json`
of the npm package world-atlas 2.0.2 (ISC), which holds it as TopoJSON.

Two lines: rings of land, then borders between countries. Each is a sequence of small numbers: how many points, then
for each point the steps east and north since the one before it, in `STEP` degrees, zigzag-coded; five bits a character,
the sixth saying that more follow.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Point = tuple[float, float]

STEP: Final = 0.04
"""Degrees that a coordinate is rounded to: some 4 km, half a millimetre on a screen that shows Europe."""

TOLERANCE: Final = 0.05
"""Degrees by which a line may stray from its source: keeps bays that a map of a province shows, and 60 kB in all."""

SMALLEST: Final = 0.02
"""Square degrees below which an island is left out: keeps Singapore and Bahrain."""

SOUTHMOST: Final = -60.0
"""Latitude below which land is left out: Antarctica would take a third of the map and hold no article's entity."""

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ASSET: Final = Path(__file__).resolve().parents[2] / "kg" / "page" / "assets" / "outlines.txt"
HALF_TURN: Final = 180
ENDS: Final = 2
RING: Final = 4


def encoded(topology: dict[str, Any]) -> str:
    """A TopoJSON of countries and their land, thinned."""
    arcs = [_thinned(arc) for arc in _decoded(topology)]
    rings = [_ring(arcs, members) for members in _rings(topology["objects"]["land"]["geometries"])]
    wanted = [ring for ring in rings if _area(ring) >= SMALLEST and max(y for _, y in ring) > SOUTHMOST]
    coast = {_number(arc) for members in _rings(topology["objects"]["land"]["geometries"]) for arc in members}
    borders = [
        arc
        for number, arc in enumerate(arcs)
        if number not in coast and len(arc) >= ENDS and max(y for _, y in arc) > SOUTHMOST
    ]
    return f"{_packed(wanted)}\n{_packed(borders)}\n"


def _decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((west + east * x, south + north * y))
        yield points


def _rings(geometries: Iterable[dict[str, Any]]) -> Iterator[list[int]]:
    for geometry in geometries:
        if geometry["type"] == "GeometryCollection":
            yield from _rings(geometry["geometries"])
        elif geometry["type"] == "Polygon":
            yield from geometry["arcs"]
        elif geometry["type"] == "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def _number(arc: int) -> int:
    """TopoJSON writes an arc that runs backwards as the complement of its number."""
    return arc if arc >= 0 else ~arc


def _ring(arcs: Sequence[list[Point]], members: Iterable[int]) -> list[Point]:
    points: list[Point] = []
    for member in members:
        arc = arcs[_number(member)] if member >= 0 else arcs[_number(member)][::-1]
        points += arc[1:] if points else arc
    return _unrolled(points)


def _unrolled(points: list[Point]) -> list[Point]:
    """A ring that crosses the date line goes on beyond 180 degrees instead of running back round the earth."""
    unrolled = points[:1]
    turns = 0
    for (before, _), (x, y) in pairwise(points):
        turns += (x - before < -HALF_TURN) - (x - before > HALF_TURN)
        unrolled.append((x + 2 * HALF_TURN * turns, y))
    return unrolled


def _area(ring: Sequence[Point]) -> float:
    if len(ring) < RING:
        return 0.0
    pairs = pairwise(ring)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2


def _thinned(points: list[Point]) -> list[Point]:
    """Douglas and Peucker: the fewest corners within the tolerance; a closed line is halved first."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    if points[0] == points[-1] and len(points) >= RING:
        far = max(range(len(points)), key=lambda place: _distance(points[place], points[0], points[0]))
        keep.add(far)
        stack = [(0, far), (far, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda place: _distance(points[place], points[first], points[last]), default=first)
        if far != first and _distance(points[far], points[first], points[last]) > TOLERANCE:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [points[place] for place in sorted(keep)]


def _distance(point: Point, first: Point, last: Point) -> float:
    """From a point to a straight line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, first, last
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
    return float(((x - x1 - share * (x2 - x1)) ** 2 + (y - y1 - share * (y2 - y1)) ** 2) ** 0.5)


def _packed(lines: Iterable[Sequence[Point]]) -> str:
    """All lines in one string; points that fall together after rounding are written once."""
    numbers: list[int] = []
    for line in lines:
        rounded = [(round(x / STEP), round(y / STEP)) for x, y in line]
        points = [point for place, point in enumerate(rounded) if not place or point != rounded[place - 1]]
        if len(points) < ENDS:
            continue
        numbers.append(len(points))
        before = (0, 0)
        for point in points:
            numbers += (_zigzag(point[0] - before[0]), _zigzag(point[1] - before[1]))
            before = point
    return "".join(map(_characters, numbers))


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _characters(number: int) -> str:
    found = ""
    while number > 31:  # noqa: PLR2004 - what five bits hold
        found += ALPHABET[32 | number & 31]
        number >>= 5
    return found + ALPHABET[number]


if __name__ == "__main__":
    ASSET.write_text(encoded(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="ascii")
