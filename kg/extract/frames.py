"""Frames by example: a way of saying a property, as a predicate with two labelled roles and the words it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.predication import (
        Argument,
        Kind,
        Predication,
    )
    from kg.extract.tree import Tree


SELF = "self"
"""The role of an argument that is the predicate itself ("*president* of X" for a post)."""
TYPE_NOUN = "#type"
"""Predicate of frames whose example lists several nouns for the kind of thing: any such noun fits."""
MONEY_WORD = "#money"
"""What stands in a frame for a sum of money that its example names beside the marks; any sum fits."""
POST_NOUN = "#post"
"""Predicate of frames whose predicate is the marked role: any noun that the ontology lists as a post fits."""
# Verbs that carry a noun without meaning of their own: "sign", "reach" and "conclude" an agreement say the same.
LIGHT_VERBS = frozenset(
    "have make take sign reach conclude enter form announce hold give get strike ink seal establish build create "
    "begin start "
    "open do offer provide secure win complete close finalise finalize forge maintain run set_up launch enter_into "
    "boast "
    "count unveil see receive own play".split()
)
# Roles of the one to whom a relational noun belongs.
OWNER_ROLES = ("of", "poss", "at")
CONTENT_POS = frozenset(("NOUN", "VERB", "ADJ", "PROPN"))
# Words for money in examples: a sum says as much.
MONEY_NOUNS = frozenset("money million dollar yuan funding capital".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a property.

    `lemma` is the predicate (or `TYPE_NOUN`, `POST_NOUN`, `NAME_PREDICATE`); `subject` and `object` are the roles of
    the property's ends in the predication, or `SELF`; `post` is that of the marked role, if any. `required` are the
    other words of the example, by role and lemma, `modifiers` the adjectives and nouns before a noun predicate
    ("founding" member).
    `support` is the verb that carried a noun predicate in the example, "" if none. `generic` says that the noun only
    names a kind of thing ("app"), so that it has no owner of its own.
    """

    property: str
    lemma: str
    kind: Kind
    subject: str
    object: str
    required: frozenset[tuple[str, str]]
    modifiers: frozenset[str]
    support: str
    subject_class: str | None
    object_class: str | None
    post: str | None
    example: str
    generic: bool = False


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that the grammar cannot use, and why, in words."""

    property: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames of an ontology, by predicate lemma, and the examples that made none."""

    by_lemma: Mapping[str, tuple[Frame, ...]]
    type_nouns: frozenset[str]
    post_nouns: frozenset[str]
    failures: tuple[ExampleFailure, ...]

    def candidates(self, predication: Predication) -> Iterator[Frame]:
        """The frames whose predicate the predication has."""
        yield from self.by_lemma.get(predication.lemma, ())
        if predication.kind == "noun":
            if predication.lemma in self.post_nouns:
                yield from self.by_lemma.get(POST_NOUN, ())
            if predication.lemma in self.type_nouns:
                yield from self.by_lemma.get(TYPE_NOUN, ())


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a predication: which nodes are the property's ends, and which is the post, if it has one."""

    frame: Frame
    predication: Predication
    subject: Argument
    object: Argument
    post: int | None = None


def modifiers(tree: Tree, predication: Predication) -> frozenset[str]:
    """The adjectives and nouns before a noun predicate."""
    if predication.kind != "noun":
        return frozenset()
    words = tree.children(tree.nodes[predication.node], "amod", "compound")
    return frozenset(w.lemma for w in words if w.kind == "word" and w.pos in CONTENT_POS)
