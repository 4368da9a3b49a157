"""Things without a name that matter all the same, "a blockchain platform", and common nouns that name a sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.denotation.things import Denoted, has_determiner
from kg.extract.nominals import NAMING
from kg.model import Span

if TYPE_CHECKING:
    from kg.extract.denotation.things import Things
    from kg.extract.tree import Node

DESCRIPTION = "description"
"""The step to a thing that the article only describes."""

# Confidence factors relative to a plain name; from the share that held on own texts.
_DESCRIBED = 0.7
_OPEN_CLASS = 0.75
# Nouns that say too little to describe anything.
_GENERIC = frozenset(
    "thing part number range series kind type way lot variety host set group addition example one other more".split()
)
# Determiners of what was spoken of before, and of none or any of a kind.
_UNSPECIFIC = ("this", "that", "these", "those", "no", "any", "every", "each", "such")
# Adjectives that do not tell one thing from others of its kind.
_VAGUE = ("new", "other", "own", "same")
# What hangs on a noun without being part of what it is called.
_BESIDE_THE_NAME = ("acl", "appos", "conj", "cc", "punct", "parataxis", "det", "nmod", "advmod", "nummod")


class Descriptions:
    """Makes drafts of what one article describes without naming it."""

    def __init__(self, things: Things) -> None:
        classes = things.ontology.classes
        self.things = things
        self._tree = things.tree
        self._describable = frozenset(name for name, class_ in classes.items() if class_.describable)
        self._open_classes = [name for name, class_ in sorted(classes.items()) if class_.common_noun]

    def of(self, node: Node, wanted: frozenset[str], *, oblique: bool) -> list[Denoted]:
        """The thing that a common noun describes or, behind a preposition or as an object, the sector that it names."""
        if node.pos not in ("NOUN", "PROPN") or node.lemma in _GENERIC or node.kind != "word":
            return []
        classes = [c for c in self.things.classes_of(node.lemma) if self.things.ontology.fits(c, wanted)]
        describable = [c for c in classes if c in self._describable]
        if describable and self._is_specific(node):
            return [self._new(node, describable[0], _DESCRIBED, DESCRIPTION)]
        open_classes = [c for c in self._open_classes if self.things.ontology.fits(c, wanted)] if oblique else []
        # "invests in companies" names no sector where companies themselves are wanted
        if len(open_classes) == 1 and not classes and self._may_name_common(node):
            return [self._new(node, open_classes[0], _OPEN_CLASS, "common noun")]
        return []

    def _is_specific(self, node: Node) -> bool:
        """An indefinite or modified singular noun: "a blockchain platform", not "the platform" or "platforms".

        Nor the first part of a compound, "a payment service provider": it speaks of no one service (Postal, "Anaphoric
        islands", CLS 1969).
        """
        if node.relation == "compound" or "Number=Plur" in node.morph or has_determiner(self._tree, node, *_UNSPECIFIC):
            return False
        return any(c.lemma not in _VAGUE for c in self._tree.children(node, "compound", "amod", "nmod:poss"))

    def _may_name_common(self, node: Node) -> bool:
        """A bare noun phrase, no pronoun, number or determiner other than "the"."""
        modified = self._tree.child(node, "compound", "amod") is not None
        for child in self._tree.children(node):
            if child.relation == "nummod" or child.dep == "nmod:poss":
                return False
            if child.relation == "det" and (child.lemma != "the" or not modified):
                return False
        return node.pos == "NOUN" and not any(c.lemma in NAMING for c in self._tree.children(node, "acl"))

    def _new(self, node: Node, class_: str, score: float, step: str) -> Denoted:
        start, end = self._tree.phrase(node, without=_BESIDE_THE_NAME)
        first, last = self._tree.node_at(start), self._tree.node_at(end - 1)
        span = Span(first.start_char, last.end_char)
        draft = self.things.discourse.described(self._tree.text[span.start : span.end], span, class_)
        return Denoted(draft.id, score, step, span)
