"""The things that the nodes of an article name, and what is known of these."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.predication import MODIFIER, POSSESSOR, SUBJECT
from kg.model import Span
from kg.naming.kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.extract.analysis import Analysis
    from kg.extract.discourse import Draft
    from kg.extract.tree import Node, Tree

# How probable the wanted class must be for a thing to be taken for it.
_MIN_CLASS = 0.12
# How probable a class must be where nothing but the class speaks for a thing.
_SURE_CLASS = 0.5
# In which role a noun for a post has the body: "president of X", "president at X", "X's president", "X president".
_BODY_ROLES = ("of", "at", POSSESSOR, MODIFIER)


@dataclass(frozen=True, slots=True)
class Denoted:
    """A thing that a node stands for: the draft's id, how sure, and by which step."""

    draft: str
    score: float
    step: str
    span: Span


class Things:
    """The tree of one article with the things that its names stand for.

    `by_unit` gives the draft of each node that is a name, `body_of` that of the body for which a person speaks.
    """

    def __init__(self, known: Analysis, post_nouns: frozenset[str]) -> None:
        self.tree = known.tree
        self.discourse = known.discourse
        self.ontology = known.discourse.ontology
        self.by_unit = known.by_unit
        self.body_of = _bodies(known, post_nouns)

    def are_named_by(self, node: Node) -> bool:
        """Whether the node is a name, or a listed concept, that stands for a thing."""
        return node.index in self.by_unit

    def named(self, node: Node, score: float = 1.0, step: str = "name") -> Denoted:
        """The thing that a name stands for; a step that led to the name makes it less sure."""
        return Denoted(self.by_unit[node.index], score, step, span_of(node))

    def draft(self, denoted: Denoted) -> Draft:
        """The draft of the thing."""
        return self.discourse.drafts[denoted.draft]

    def may_be(self, draft: str, wanted: frozenset[str]) -> bool:
        """Whether the thing may be of a wanted class."""
        return self.discourse.drafts[draft].probability(self.ontology, wanted) >= _MIN_CLASS

    def fitting(self, found: Iterable[Denoted], wanted: frozenset[str]) -> list[Denoted]:
        """Those that may be of a wanted class."""
        return [each for each in found if self.may_be(each.draft, wanted)]

    def is_surely(self, denoted: Denoted, classes: frozenset[str]) -> bool:
        """Whether the thing is rather one of the classes than anything else."""
        return self.draft(denoted).probability(self.ontology, classes) >= _SURE_CLASS

    def is_place(self, denoted: Denoted) -> bool:
        """Whether the thing is likeliest a place."""
        return KINDS.get(self.draft(denoted).best_class(self.ontology)) is Kind.PLACE

    def classes_of(self, noun: str) -> tuple[str, ...]:
        """The classes that a noun is a head noun of."""
        return self.discourse.lexicon.by_head.get(noun, ())

    @cached_property
    def by_last_word(self) -> Mapping[str, Mapping[str, Node]]:
        """For each word, the things with a name that ends with it, each with the first node that has such a name."""
        found: defaultdict[str, dict[str, Node]] = defaultdict(dict)
        for node in self.tree.nodes:
            if node.is_name and self.are_named_by(node):
                found[last_word(node)].setdefault(self.by_unit[node.index], node)
        return found


def _bodies(known: Analysis, post_nouns: frozenset[str]) -> dict[str, str]:
    """Whom the persons with a post speak for: "Jane Roe, president of Veridia"; of several bodies, the first."""
    by_unit, found = known.by_unit, dict[str, str]()
    for predication in known.predications:
        if predication.kind == "noun" and predication.lemma in post_nouns:
            bodies = [a.node for role in _BODY_ROLES for a in predication.fillers(role) if a.node in by_unit]
            for holder in predication.fillers(SUBJECT):
                if bodies and holder.node in by_unit:
                    found.setdefault(by_unit[holder.node], by_unit[bodies[0]])
    return found


def span_of(node: Node) -> Span:
    """The code points of a node."""
    return Span(node.start_char, node.end_char)


def last_word(node: Node) -> str:
    """The last word of a name, in lower case."""
    return node.text.lower().split()[-1]


def has_determiner(tree: Tree, node: Node, *lemmas: str) -> bool:
    """Whether the noun has one of these determiners."""
    return any(d.lemma in lemmas for d in tree.children(node, "det"))


def is_plain(tree: Tree, node: Node) -> bool:
    """Whether this is a noun in the singular with nothing that says which one is meant."""
    return "Number=Plur" not in node.morph and not tree.child(node, "compound", "amod", "nmod", "acl")
