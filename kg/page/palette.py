"""A colour and a shape for every class: no two classes share both, and the colours hold for the colour-blind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology.schema import Ontology

COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8b7bd8", "#a6761d")
"""Okabe and Ito (2008) without black and yellow, which vanish on a dark or white page, and two more that stay apart
from them under protanopia, deuteranopia and tritanopia. The page draws a darker rim where contrast needs one."""

SHAPES: Final = ("dot", "square", "triangle", "diamond", "hexagon", "star", "triangleDown")
"""Shapes of vis-network that take a size and carry their label outside."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the nodes of a class are drawn."""

    colour: str
    shape: str


def looks(classes: Iterable[str], ontology: Ontology) -> dict[str, Look]:
    """The look of each class, by name: classes under one root share a shape, so that kinds can be told at a glance.

    Roots take the shapes in order of the number of classes under them; colours go round, so that neighbours in the
    legend differ. A pair of colour and shape is given twice only beyond 56 classes.
    """
    families = _families(classes, ontology)
    found: dict[str, Look] = {}
    used: set[Look] = set()
    turn = 0
    for number, (_, members) in enumerate(families):
        shape = SHAPES[number % len(SHAPES)]
        for name in members:
            choices = [Look(COLOURS[(turn + step) % len(COLOURS)], shape) for step in range(len(COLOURS))]
            look = next((choice for choice in choices if choice not in used), choices[0])
            turn = COLOURS.index(look.colour) + 1
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
