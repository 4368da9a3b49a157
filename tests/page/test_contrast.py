from __future__ import annotations

import re
from importlib import resources

import pytest

from kg.page.palette import HUES

STYLE = resources.files("kg.page").joinpath("assets", "page.css").read_text(encoding="utf-8")
TEXT, MARK = 4.5, 3.0  # least contrast that WCAG 2.2 AA asks of text, and of what is no text
TEXT_ON = (
    ("ink", ("ground", "surface", "raised", "sea", "land", "island", "group", "lit", "subject", "object")),
    ("ink-soft", ("surface", "raised")),
    ("ink-faint", ("ground", "surface", "raised")),
    ("accent", ("surface", "raised", "accent-ground")),
    ("surface", ("ink", "accent")),
    ("planned", ("planned-ground",)),
    ("former", ("former-ground",)),
    ("stated", ("stated-ground",)),
)
MARKS_ON = (
    ("edge-strong", ("ground", "sea", "land", "island")),
    ("accent", ("ground", "surface")),
    ("bar", ("surface",)),
    ("ink-faint", ("ground",)),
)


def colours(scheme: str) -> dict[str, str]:
    """The variables of the style sheet under a colour scheme."""
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (alike) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rim(colour: str, scheme: str) -> str:
    """The rim of a mark, as the page's script mixes it."""
    towards, share = (255, 0.45) if scheme == "dark" else (0, 0.38)
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in parts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_ON, TEXT), (MARKS_ON, MARK)])
def test_colours_stand_out(scheme: str, pairs: tuple[tuple[str, tuple[str, ...]], ...], least: float) -> None:
    """Text and marks keep the contrast of WCAG AA on every ground that they stand on."""
    known = colours(scheme)
    weak = {
        (front, ground): round(contrast(known[front], known[ground]), 2)
        for front, grounds in pairs
        for ground in grounds
        if contrast(known[front], known[ground]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_by_fill_or_rim(scheme: str) -> None:
    """Every colour of a class is seen on the ground, on an island and on the map."""
    known = colours(scheme)
    for ground in ("ground", "island", "sea", "land"):
        for colour in (tone for tones in HUES for tone in tones):
            assert max(contrast(colour, known[ground]), contrast(rim(colour, scheme), known[ground])) >= MARK
