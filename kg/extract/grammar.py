"""From the trees of an article to its predications: the one place that knows which node makes which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import verb_predication
from kg.extract.nominals import adjective_predication, name_predication, noun_predication

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.predication import Predication
    from kg.extract.tree import Node, Tree

_NOMINAL = ("NOUN", "PROPN")


def predications(tree: Tree) -> Iterator[Predication]:
    """All predications of the document, in the order of their predicates; a noun may make two (it, and what it has)."""
    for node in tree.nodes:
        yield from _of_node(tree, node)


def _of_node(tree: Tree, node: Node) -> Iterator[Predication]:
    made: list[Predication | None] = []
    if node.kind in ("date", "money", "count"):
        return
    if node.kind in ("name", "concept"):
        made.append(name_predication(tree, node))
        if node.kind == "concept" and node.pos == "NOUN":
            # "the construction of X by Y": what sectors are called are nouns of action as well
            made.append(noun_predication(tree, node))
    elif node.pos == "VERB" and node.relation not in ("case", "aux"):
        made.append(verb_predication(tree, node))
    elif node.pos in _NOMINAL:
        made += [noun_predication(tree, node), name_predication(tree, node)]
    elif node.pos in ("ADJ", "ADV"):
        made.append(adjective_predication(tree, node))
    yield from (p for p in made if p is not None)
