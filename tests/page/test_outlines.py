from __future__ import annotations

from itertools import pairwise

import pytest

from kg.page.outlines import outlines

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
STEP = 0.04

Ring = list[tuple[float, float]]


def lines(packed: str) -> list[Ring]:
    """Lines of (longitude, latitude) out of their packed form."""
    numbers, value, shift = [], 0, 0
    for character in packed:
        digit = ALPHABET.index(character)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(value)
            value = shift = 0
    found: list[Ring] = []
    reading = iter(numbers)
    for count in reading:
        x = y = 0
        ring: Ring = []
        for _ in range(count):
            x, y = (
                at + (step + 1) // -2 if step % 2 else at + step // 2
                for at, step in ((x, next(reading)), (y, next(reading)))
            )
            ring.append((x * STEP, y * STEP))
        found.append(ring)
    return found


def holds(ring: Ring, longitude: float, latitude: float) -> bool:
    """Whether a ring runs around a point."""
    inside = False
    for (x, y), (other_x, other_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        crosses = (y > latitude) != (other_y > latitude)
        if crosses and longitude < (other_x - x) * (latitude - y) / (other_y - y) + x:
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "land"),
    [
        ("Nairobi", 36.82, -1.29, True),
        ("Lisbon, a little inland", -8.9, 38.9, True),
        ("Guangzhou", 113.26, 23.13, True),
        ("Singapore", 103.82, 1.36, True),
        ("Anadyr, close to the date line", 176.0, 65.0, True),
        ("the middle of the Atlantic", -30.0, 30.0, False),
        ("the South China Sea", 114.0, 15.0, False),
        ("the Caspian Sea", 51.0, 41.5, False),
    ],
)
def test_land_is_where_land_is(place: str, longitude: float, latitude: float, *, land: bool) -> None:
    """Coasts are true to some kilometres, and the ring round Asia does not run back round the earth."""
    rings = lines(outlines().split("\n")[0])
    assert sum(holds(ring, longitude, latitude) for ring in rings) % 2 == land, place


def test_outlines_are_small_and_plain() -> None:
    """A page with places grows by the size of a photograph's thumbnail."""
    assert len(outlines()) < 60_000
    assert outlines().isascii()
    assert len(outlines().strip().split("\n")) == 2


def test_no_line_crosses_the_whole_map() -> None:
    """Steps between points are short, also at the date line."""
    for packed in outlines().strip().split("\n"):
        for line in lines(packed):
            assert all(abs(x - other) < 60 for (x, _), (other, _) in pairwise(line))
