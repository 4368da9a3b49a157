"""Links of the parser mended where the words leave no doubt: enumerations, phrases, possessors, relative clauses.

Parsers are trained on names that they know; unknown ones are hung anywhere. With names, dates and sums contracted to
single nodes, the order of the words says more than such a label: a name without a preposition right of a verb that has
no object is its object, a relative clause belongs to what stands before its pronoun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mending.arguments import (
    mend_copula,
    mend_nominal,
    mend_object,
    mend_phrases_beyond,
    mend_relative,
    mend_subject,
)
from kg.extract.mending.enumerations import (
    LINKING,
    coordinate,
    enumerations,
    is_concept,
    is_name,
    placed_enumerations,
)
from kg.extract.mending.phrases import (
    EXEMPLIFIERS,
    INSTRUMENTS,
    exemplify,
    mend_among_them,
    mend_hyphen,
    mend_instrument,
    mend_marker,
    mend_phrase,
    mend_possessor,
    mend_title,
)
from kg.extract.mending.strays import mend_strays

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree

__all__ = ["LINKING", "mend"]


def mend(tree: Tree) -> None:
    """Correct the links of all sentences in place: words first, then enumerations, then what they are arguments of."""
    mend_strays(tree)
    for node in tree.nodes:
        _mend_word(tree, node)
    _mend_enumerations(tree)
    for node in tree.nodes:
        if node.relation == "case":
            _mend_case(tree, node)
        elif node.pos == "VERB":
            mend_hyphen(tree, node)
            mend_object(tree, node)
            mend_subject(tree, node)
            mend_phrases_beyond(tree, node)
        elif node.lemma in INSTRUMENTS:
            mend_instrument(tree, node)


def _mend_word(tree: Tree, node: Node) -> None:
    if node.relation == "case" and node.pos == "ADP":
        mend_marker(tree, node)
    elif node.relation == "cop":
        mend_copula(tree, node)
    if node.dep == "acl:relcl":
        mend_relative(tree, node)
    elif node.pos in ("NOUN", "PROPN"):
        mend_nominal(tree, node)
        mend_title(tree, node)
        mend_possessor(tree, node)


def _mend_enumerations(tree: Tree) -> None:
    done: set[int] = set()
    for items in placed_enumerations(tree.nodes):
        for item, tail in items:
            done.update((item, item if tail is None else tail))
            if tail is not None:
                tree.move(tree.nodes[tail], item, "nmod")
        coordinate(tree, [item for item, _ in items])
    for is_item in (is_name, is_concept):
        for group in enumerations(tree.nodes, is_item):
            if done.isdisjoint(group):
                coordinate(tree, group)


def _mend_case(tree: Tree, marker: Node) -> None:
    if marker.lemma == "among":
        mend_among_them(tree, marker)
    if marker.lemma in EXEMPLIFIERS:
        exemplify(tree, marker)
    elif marker.pos == "ADP":
        mend_phrase(tree, marker)
