"""Ways to refer by the words around a node: lists, apposition, names beside their kind, definite nouns, "they".

None of them knows which classes are wanted; each gives what it finds, with how sure it is relative to a plain name
(the share that held on own texts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.denotation.things import Denoted, has_determiner, is_plain, last_word, span_of
from kg.extract.modality import REPORTING
from kg.extract.nominals import EXEMPLIFYING, noun_predication
from kg.extract.predication import SUBJECT
from kg.naming.kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.denotation.things import Things
    from kg.extract.tree import Node

_LIST = 0.95
_SAID_OF = 0.9
_IN_SENTENCE = 0.85
_NAMED_LATER = 0.75
_SPOKEN_FOR = 0.7
# The lead of an article: the title and the first sentences, which speak of the news before they name it.
_LEAD_SENTENCES = 4
_COLLECTIVE = frozenset(("they", "we", "it"))


def exemplified(things: Things, node: Node) -> Iterator[Denoted]:
    """The members of a list that the noun introduces: "firms such as A and B", "four banks: A, B"."""
    tree = things.tree
    plural = "Number=Plur" in node.morph
    introduced = [
        child
        for child in tree.children(node, "nmod", "appos", "obl", "dep")
        if tree.preposition(child) in EXEMPLIFYING or (child.relation == "appos" and plural)
    ]
    for clause in tree.children(node, "acl"):
        if clause.lemma == "include":
            introduced += tree.children(clause, "obj")
    for child in introduced:
        for member in tree.conjuncts(child):
            if things.are_named_by(member):
                yield things.named(member, _LIST, "list")


def bearers(things: Things, node: Node) -> Iterator[Denoted]:
    """The name that the noun is said of: "X, a platform that ..."; "a tool called X"; "the bank X"."""
    if node.pos not in ("NOUN", "PROPN", "ADJ"):
        return
    predication = noun_predication(things.tree, node)
    if predication is None or predication.support:
        return
    for argument in predication.fillers(SUBJECT):
        if argument.node in things.by_unit and argument.via[-1:] not in (("with",), ("list",)):
            yield things.named(things.tree.nodes[argument.node], _SAID_OF, argument.via[-1] if argument.via else "")


def place_behind(things: Things, node: Node) -> Iterator[Denoted]:
    """The place behind a noun for its kind: "the canton of Zug"."""
    if not any(KINDS.get(c) is Kind.PLACE for c in things.classes_of(node.lemma)):
        return
    for child in things.tree.children(node, "nmod"):
        if things.tree.preposition(child) == "of" and things.are_named_by(child):
            found = things.named(child, _SAID_OF, "name behind its kind")
            if things.is_place(found):
                yield found
                return


def name_before(things: Things, node: Node) -> Iterator[Denoted]:
    """The name before a noun for its kind: "the Adapay platform"."""
    name = things.tree.nodes[node.index - 1] if node.index else None
    if name is None or not name.is_name or name.head != node.index or name.relation not in ("compound", "amod"):
        return
    if things.are_named_by(name):
        found = things.named(name, _SAID_OF, "name before its kind")
        if things.is_surely(found, frozenset(things.classes_of(node.lemma))):
            yield found


def in_sentence(things: Things, node: Node) -> Iterator[Denoted]:
    """The one thing of its kind that the sentence named before: "X of the Y Association said the association"."""
    tree = things.tree
    if not has_determiner(tree, node, "the") or not is_plain(tree, node):
        return
    first = tree.sentences[node.sentence][0]
    before = [
        name
        for name in reversed(tree.nodes[first : node.index])
        if name.is_name and things.are_named_by(name) and name.head != node.head
    ]
    ended = [name for name in before if last_word(name) == node.lemma]
    classes = frozenset(things.classes_of(node.lemma))
    kind = ended or [name for name in before if things.is_surely(things.named(name), classes)]
    if ended or len({things.by_unit[name.index] for name in kind}) == 1:
        yield things.named(kind[0], _IN_SENTENCE, "named in the sentence")


def named_later(things: Things, node: Node) -> Iterator[Denoted]:
    """What the lead calls "a new alliance" and one name after it ends with: "the Bay Alliance"."""
    if node.sentence > _LEAD_SENTENCES or not has_determiner(things.tree, node, "a", "an"):
        return
    ended = things.by_last_word.get(node.lemma, {})
    if len(ended) == 1:
        draft, name = next(iter(ended.items()))
        if name.index > node.index:
            yield Denoted(draft, _NAMED_LATER, "named later", span_of(node))


def spoken_for(things: Things, node: Node) -> Iterator[Denoted]:
    """What "they" are in the words of a person with a post: the body that the person speaks for."""
    if node.lemma not in _COLLECTIVE:
        return
    tree = things.tree
    clause = tree.head(node)
    while clause is not None and clause.relation not in ("ccomp", "parataxis"):
        clause = tree.head(clause)
    verb = tree.head(clause) if clause is not None else None
    speaker = tree.child(verb, "nsubj") if verb is not None and verb.lemma in REPORTING else None
    body = things.body_of.get(things.by_unit.get(speaker.index, "")) if speaker is not None else None
    if body is not None:
        yield Denoted(body, _SPOKEN_FOR, "speaker's organisation", span_of(node))
