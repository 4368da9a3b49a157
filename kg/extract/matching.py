"""Frames against predications: which of an article's predications say what an example says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.frames import (
    LIGHT_VERBS,
    MONEY_NOUNS,
    MONEY_WORD,
    OWNER_ROLES,
    POST_NOUN,
    SELF,
    Frame,
    FrameSet,
    Match,
    modifiers,
)
from kg.extract.predication import (
    SUBJECT,
    Argument,
    Predication,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tree import Node, Tree

# Prepositions through which a noun may get its subject although the example had apposition or copula, and the reverse.
_PREDICATIVE = ("as",)


def matches(frames: FrameSet, tree: Tree, predication: Predication) -> Iterator[Match]:
    """All frames that the predication fills, by words and roles; classes are the caller's business."""
    if predication.kind == "name" and not _may_own(frames, tree, predication):
        return
    have = _roles(predication)
    for frame in frames.candidates(predication):
        if (
            frame.kind != predication.kind
            or frame.subject not in have
            or frame.object not in have
            or not _supported(frame, predication)
            or not _has_required(frame, tree, predication)
        ):
            continue
        for subject in _fillers(predication, frame.subject):
            if predication.kind == "name" and "coordination" in subject.via:
                continue
            for object_ in _fillers(predication, frame.object):
                if subject.node != object_.node and _distributes(tree, predication, frame, subject, object_):
                    for post in _posts(frames, tree, predication, frame):
                        yield Match(frame, predication, subject, object_, post)


def _roles(predication: Predication) -> frozenset[str]:
    """The roles that something in the predication has."""
    return frozenset((SELF, *(a.role for a in predication.arguments)))


def _may_own(frames: FrameSet, tree: Tree, predication: Predication) -> bool:
    """Whether "X of Y" speaks of a thing X: a name, or a noun for a kind of thing; "a partner of Y" is none."""
    node = tree.nodes[predication.node]
    return node.kind != "word" or (node.lemma in frames.type_nouns and node.lemma not in frames.post_nouns)


def bridges(frames: FrameSet, tree: Tree, predication: Predication) -> Iterator[Match]:
    """Frames that lack only the owner of a relational noun ("the members", "vice president X"); the owner's node is -1.

    Clark, "Bridging" (TINLAP 1975): such a noun has an owner that the text named before.
    """
    if predication.kind != "noun" or any(predication.fillers(role) for role in OWNER_ROLES):
        return
    if any(d.lemma in ("a", "an") for d in tree.children(tree.nodes[predication.node], "det")):
        return
    have = _roles(predication)
    for frame in frames.candidates(predication):
        missing_object = frame.object in OWNER_ROLES
        if (
            frame.kind != "noun"
            or frame.generic
            or missing_object == (frame.subject in OWNER_ROLES)
            or (frame.subject if missing_object else frame.object) not in have
            or not _has_required(frame, tree, predication)
        ):
            continue
        if not _supported(frame, predication):
            continue
        for present in _fillers(predication, frame.subject if missing_object else frame.object):
            owner = Argument(frame.object if missing_object else frame.subject, -1, ("bridging",))
            for post in _posts(frames, tree, predication, frame):
                yield Match(frame, predication, *((present, owner) if missing_object else (owner, present)), post)


def _posts(frames: FrameSet, tree: Tree, predication: Predication, frame: Frame) -> list[int | None]:
    """The nodes of the post; a frame with a post needs one that the ontology lists."""
    if frame.post is None:
        return [None]
    if frame.post == SELF:
        return [predication.node]
    return [a.node for a in predication.fillers(frame.post) if tree.nodes[a.node].lemma in frames.post_nouns]


def _fillers(predication: Predication, role: str) -> list[Argument]:
    if role == SELF:
        return [Argument(SELF, predication.node)]
    return predication.fillers(role)


def _supported(frame: Frame, predication: Predication) -> bool:
    if predication.kind != "noun" or SUBJECT not in (frame.subject, frame.object):
        return True
    have, want = predication.support.split(), frame.support.split()
    if have == want:
        return True
    if not want or not have:
        return (have or want)[0] in _PREDICATIVE
    same_preposition = (have[0] if len(have) > 1 else "") == (want[0] if len(want) > 1 else "")
    if have[0] in _PREDICATIVE and want[0] in _PREDICATIVE:
        return True
    return same_preposition and (have[-1] == want[-1] or {have[-1], want[-1]} <= LIGHT_VERBS)


def _has_required(frame: Frame, tree: Tree, predication: Predication) -> bool:
    if frame.modifiers and frame.lemma != POST_NOUN and not frame.modifiers <= modifiers(tree, predication):
        return False
    return all(
        any(_is_word(tree.nodes[a.node], lemma) for a in predication.fillers(role)) for role, lemma in frame.required
    )


def _is_word(node: Node, wanted: str) -> bool:
    """Whether the node is the word that the example had there; a sum of money says what "money" says."""
    return node.lemma == wanted or (node.kind == "money" and wanted in (MONEY_WORD, *MONEY_NOUNS))


def _distributes(tree: Tree, predication: Predication, frame: Frame, subject: Argument, object_: Argument) -> bool:
    """A singular noun is said of one thing only ("X and Y, the president of Z"); "X and Y are partners" needs "are"."""
    if predication.kind == "name" and "coordination" in object_.via:
        # in "A of B and C of D" the parser takes B and C for one coordination
        return False
    if predication.kind == "noun" and frame.subject == frame.object == SUBJECT:
        # "among the partners are X and Y": partners of another
        plain = tree.preposition(tree.nodes[predication.node]) != "among"
        return plain and "copula" in subject.via and "copula" in object_.via
    if predication.kind != "noun" or "Number=Plur" in tree.nodes[predication.node].morph:
        return True
    said_of = subject if frame.subject == SUBJECT else object_ if frame.object == SUBJECT else None
    apposed = said_of is not None and any(step in ("apposition", "title") for step in said_of.via)
    return not (apposed and said_of is not None and "coordination" in said_of.via)
