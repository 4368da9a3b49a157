"""Pictures as SVG: bars, columns over time, points on logarithmic axes. No script; colours come from the page.

Every mark has its number as a tooltip, every picture its title and its reading in words, and the page has the numbers
as a table beside it.
"""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.stats.figures import Tally

WIDTH: Final = 720  # units of all pictures; the page scales them
_ROW: Final = 22  # height of a bar with its gap
_NAMES: Final = 230  # room for names left of bars
_LONGEST: Final = 30  # letters of a name that fit there
_HEIGHT: Final = 260  # of columns and points
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 12, 40
_MOST_COLUMN_LABELS: Final = 12
_MOST_LINES: Final = 5  # of a scale


def bars(tallies: Sequence[Tally], title: str) -> str:
    """Horizontal bars with name and number; what was never found is a name with a 0."""
    most = max((each.count for each in tallies), default=0) or 1
    room = WIDTH - _NAMES - 60
    marks = []
    for place, each in enumerate(tallies):
        y = place * _ROW
        width = room * each.count / most
        name = each.label if len(each.label) <= _LONGEST else f"{each.label[: _LONGEST - 1]}…"
        marks.append(
            f"<g><title>{escape(each.label)}: {each.count:,}</title>"
            f'<text class="name" x="{_NAMES - 8}" y="{y + 15}">{escape(name)}</text>'
            f'<rect class="mark" x="{_NAMES}" y="{y + 3}" width="{width:.1f}" height="{_ROW - 6}" rx="2"/>'
            f'<text class="value" x="{_NAMES + width + 6:.1f}" y="{y + 15}">{each.count:,}</text></g>'
        )
    return _picture(marks, title, _ROW * len(tallies))


def columns(tallies: Sequence[Tally], title: str, *, running: bool = False) -> str:
    """Columns in the order given; with `running`, the sum so far as a line with its own scale on the right."""
    most = max((each.count for each in tallies), default=0) or 1
    width = (WIDTH - _LEFT - _RIGHT - (40 if running else 0)) / max(len(tallies), 1)
    marks = list(_grid(most, WIDTH - _RIGHT - (40 if running else 0)))
    for place, each in enumerate(tallies):
        height = (_HEIGHT - _TOP - _BOTTOM) * each.count / most
        x = _LEFT + place * width
        marks.append(
            f'<rect class="mark" x="{x + width * 0.1:.1f}" y="{_HEIGHT - _BOTTOM - height:.1f}" '
            f'width="{width * 0.8:.1f}" '
            f'height="{height:.1f}"><title>{escape(each.label)}: {each.count:,}</title></rect>'
        )
    step = math.ceil(len(tallies) / _MOST_COLUMN_LABELS)
    for place, each in enumerate(tallies):
        if place % step == 0:
            x = _LEFT + (place + 0.5) * width
            marks.append(f'<text class="tick" x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}">{escape(each.label)}</text>')
    if running:
        marks += _running(tallies, width)
    return _picture(marks, title, _HEIGHT)


def points(tallies: Sequence[Tally], title: str, *, x_name: str, y_name: str) -> str:
    """Points on logarithmic axes; labels are whole numbers from 1 up."""
    pairs = [(int(each.label), each.count) for each in tallies if int(each.label) > 0]
    far, high = (max((pair[i] for pair in pairs), default=1) for i in (0, 1))

    def at(value: int, most: int, length: float) -> float:
        return length * math.log(value) / math.log(most) if most > 1 else 0.0

    right, low = WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    marks = [f'<path class="axis" d="M{_LEFT} {_TOP}V{low}H{right}"/>']
    for most, is_x in ((far, True), (high, False)):
        for value in _decades(most):
            if is_x:
                x = _LEFT + at(value, far, right - _LEFT)
                marks.append(f'<text class="tick" x="{x:.1f}" y="{low + 18}">{value:,}</text>')
            else:
                y = low - at(value, high, low - _TOP)
                marks.append(f'<text class="side" x="{_LEFT - 6}" y="{y + 4:.1f}">{value:,}</text>')
    for facts, entities in pairs:
        x, y = _LEFT + at(facts, far, right - _LEFT), low - at(entities, high, low - _TOP)
        told = f"{entities:,} {y_name} with {facts:,} {x_name}"
        marks.append(f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{escape(told)}</title></circle>')
    marks.append(f'<text class="name" x="{right}" y="{_HEIGHT - 4}">{escape(x_name)}</text>')
    return _picture(marks, title, _HEIGHT)


def _running(tallies: Sequence[Tally], width: float) -> list[str]:
    total = sum(each.count for each in tallies) or 1
    sums, so_far = [], 0
    for place, each in enumerate(tallies):
        so_far += each.count
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * so_far / total
        sums.append((_LEFT + (place + 0.5) * width, y))
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in sums)
    end = f'<text class="value" x="{WIDTH - 44}" y="{_TOP + 4}">{total:,}</text>'
    return [f'<path class="line" d="M{path}"><title>{total:,} in all</title></path>', end] if sums else []


def _grid(most: int, right: float) -> Iterable[str]:
    """Lines at round numbers."""
    step = _round_step(most)
    for value in range(0, most + 1, step):
        y = _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / most
        yield f'<path class="axis" d="M{_LEFT} {y:.1f}H{right}"/>'
        yield f'<text class="side" x="{_LEFT - 6}" y="{y + 4:.1f}">{value:,}</text>'


def _round_step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that divides a scale into at most five."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most / (factor * power) <= _MOST_LINES:
                return factor * power
        power *= 10


def _decades(most: int) -> list[int]:
    values = [10**power for power in range(len(str(most)))]
    return values if most in values or most <= 1 else [*(v for v in values if v * 2 <= most), most]


def _picture(marks: Iterable[str], title: str, height: int) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {max(height, _ROW)}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )
