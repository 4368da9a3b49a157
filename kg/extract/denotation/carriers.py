"""Nouns that stand for what is beside them: "the development of X", "private equity firms", "the cloud unit of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from kg.extract.tree import Node, Tree

# Nouns that only carry what stands in their "of" phrase or before them.
_TRANSPARENT = frozenset(
    "development use adoption application growth field area sector industry technology domain industrialisation "
    "industrialization promotion implementation construction deployment research innovation kind type form range "
    "variety number group set series network batch list one some several many most part".split()
)
# Of these, and of actors, those that say no more than the name before them: "blockchain technology", "the AI industry".
_EMPTY_HEADS = frozenset(
    "development use adoption application growth field area sector industry technology research innovation".split()
)
# Nouns for those who act in a sector; with the sector's name before them they stand for it ("private equity firms").
_ACTORS = frozenset(
    "firm company business enterprise market solution user client customer provider player community".split()
)
# Those who rule a place act for it: "the city government of Shenzhen", "Shenzhen authorities".
_RULERS = frozenset("government authority authorities municipality administration officials".split())
_CARRIERS = _TRANSPARENT | _ACTORS | _RULERS

FIELDS = frozenset("field area sector industry domain aspect".split())
"""Nouns that introduce the names of sectors: "development in the fields of X and Y"."""

# Nouns for parts of a body: whoever has a post in one has it in the body.
_UNITS = frozenset(
    "department division laboratory lab institute unit team group office centre center faculty school branch college "
    "section desk business arm".split()
)
# How a unit's phrase names its body; "" for a name right before it.
_OWNING = ("of", "at", "")


def is_carrier(node: Node) -> bool:
    """Whether the noun may stand for what is beside it."""
    return node.lemma in _CARRIERS


def carried(tree: Tree, carrier: Node, names: Container[int]) -> list[Node]:
    """What a carrier passes on: "the development of X", "the sectors of X and Y"; `names` are indices of nodes."""
    acts = carrier.lemma in _RULERS
    carries = carrier.lemma in _TRANSPARENT or acts
    inner = [c for c in tree.children(carrier, "nmod") if carries and tree.preposition(c) == "of"]
    if not inner and (carrier.lemma in _EMPTY_HEADS or not carries or acts):
        inner = [c for c in tree.children(carrier, "compound", "nmod:poss") if c.index in names]
    inner += [c for c in tree.children(carrier, "nmod") if tree.preposition(c) == "in" and c.lemma in FIELDS]
    return [member for child in inner for member in tree.conjuncts(child)]


def bodies_of_unit(tree: Tree, unit: Node, names: Container[int]) -> list[Node]:
    """What a unit without a name is part of: "the cloud department of X", "X's research institute"."""
    if unit.kind != "word" or unit.lemma not in _UNITS:
        return []
    bodies = [c for c in tree.children(unit, "nmod", "compound") if c.index in names and tree.preposition(c) in _OWNING]
    return bodies + [c for c in tree.children(unit, "nmod:poss") if c not in bodies]
