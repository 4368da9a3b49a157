"""A colour and a shape for every class: no two classes share both, and the colours hold for the colour-blind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology.schema import Ontology

HUES: Final = (
    ("#56b4e9", "#3d4a9e", "#0072b2"),
    ("#009e73", "#8cc063", "#0d6e6e"),
    ("#e69f00", "#f2cf63", "#b07400"),
    ("#66788a", "#a3b1bf", "#43525f"),
    ("#cc79a7", "#eab5d2", "#9a4a78"),
    ("#b5345b", "#e07a98", "#7d1f3c"),
    ("#d55e00", "#f2a06b", "#9c3d12"),
    ("#8f6f4e", "#c4a786", "#624628"),
    ("#7d8a1f", "#b9c45a", "#515a10"),
    ("#8b62c4", "#c5a9e6", "#5f3d99"),
)
"""The hues of Okabe and Ito (2008) without black and yellow, which vanish on a dark or white page, and four more; each
in three tones that differ in lightness, which holds under protanopia, deuteranopia and tritanopia alike. Families
differ in shape as well. The page draws a darker rim where contrast needs one."""

SHAPES: Final = ("dot", "square", "triangle", "diamond", "hexagon", "star", "triangleDown")
"""Shapes that are told apart at ten pixels."""

SECOND_SHAPE: Final = 4
"""How far on in `SHAPES` the next shape of a family is: a number without a common divisor, so that all are reached."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the nodes of a class are drawn."""

    colour: str
    shape: str


def looks(classes: Iterable[str], ontology: Ontology) -> dict[str, Look]:
    """The look of each class, by name: a hue and a shape for the classes under one root, so that kinds are told apart
    at a glance, and a tone for each class.

    Roots take hues and shapes in order of the number of classes under them; a family of more than three classes takes
    a second shape. A pair of colour and shape is given twice only when a hue has no shape left.
    """
    found: dict[str, Look] = {}
    used: set[Look] = set()
    for number, (_, members) in enumerate(_families(classes, ontology)):
        tones = HUES[number % len(HUES)]
        shapes = [SHAPES[(number + SECOND_SHAPE * step) % len(SHAPES)] for step in range(len(SHAPES))]
        choices = [Look(tone, shape) for shape in shapes for tone in tones]
        for name in members:
            look = next((choice for choice in choices if choice not in used), choices[0])
            used.add(look)
            found[name] = look
    return found


def _families(classes: Iterable[str], ontology: Ontology) -> list[tuple[str, list[str]]]:
    """Classes by root, the root with most classes first."""
    families: dict[str, list[str]] = {}
    for name in sorted(set(classes)):
        known = ontology.classes.get(name)
        root = known.parents[-1] if known and known.parents else name
        families.setdefault(root, []).append(name)
    return sorted(families.items(), key=lambda family: (-len(family[1]), family[0]))
