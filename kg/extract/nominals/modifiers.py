"""What hangs on a noun or stands beside it: its phrases, possessor, compounds and number, and the post it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import agents, is_passive, relative_host, resolved
from kg.extract.modality import verb_lemma
from kg.extract.predication import DATE, MODIFIER, NUMBER, POSSESSOR, SUBJECT, Argument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.clauses import Found
    from kg.extract.tree import Node, Tree

EXEMPLIFYING = frozenset(("such_as", "including", "include", "like", "e.g."))
"""Prepositions that introduce members of what the noun before them names: "firms such as A and B"."""

# How a title hangs on the name behind it.
_TITLE = ("compound", "nmod:desc", "flat", "amod")
# Prepositions between a person and the organization whose post the person holds.
_OFFICE = ("of", "at", "from", "with")
# Prepositions that place a name: their phrase may belong to the name right before it, wherever the parser hung it.
_PLACING = ("in", "of", "from", "at", "near")
# Nodes of an acronym in brackets: "(", "ABC", ")".
_BRACKETED = 3
# How a word of a post hangs on the others, and the signs that end a post.
_OF_POST = ("compound", "amod", "flat", "nmod", "punct", "advmod")
_NOT_IN_POST = (",", "(", '"', "“")
# Ranks: right before a post they are part of it, whatever the parser takes them for.
_RANKS = frozenset("vice deputy acting interim assistant associate".split())


def as_arguments(role: str, found: Iterable[Found]) -> list[Argument]:
    """The nodes found, each with its steps, as arguments in one role."""
    return [Argument(role, node.index, via) for node, via in found]


def own_arguments(tree: Tree, noun: Node) -> list[Argument]:
    """What hangs on the noun itself: prepositional phrases, possessor, compounds, its number."""
    arguments: list[Argument] = []
    for child in tree.children(noun):
        role = _role(tree, child)
        if role in EXEMPLIFYING and noun.kind == "word":
            arguments += as_arguments(SUBJECT, resolved(tree, child, "list"))
        elif role == POSSESSOR:
            arguments += as_arguments(POSSESSOR, resolved(tree, relative_host(tree, child) or child))
        elif role:
            arguments += as_arguments(role, resolved(tree, child))
    if noun.kind == "word":
        arguments += _compounds_beside(tree, noun)
        arguments += _phrases_of_bearer(tree, noun)
        arguments += _agents(tree, noun)
    return arguments


def _role(tree: Tree, child: Node) -> str:
    """The role of what hangs on a noun, by how it hangs there; "" if it has none."""
    if child.dep == "nmod:poss":
        return POSSESSOR
    if child.relation == "nmod" and child.dep != "nmod:desc":
        return DATE if child.kind == "date" else tree.preposition(child)
    if child.relation == "nummod":
        return NUMBER
    if child.relation == "compound" or (child.relation == "amod" and child.kind != "word"):
        return MODIFIER
    return ""


def titled_name(tree: Tree, noun: Node) -> Node | None:
    """The name that a title hangs on, or None if the noun is no title: "president X"."""
    head = tree.head(noun)
    return head if head is not None and head.is_name and noun.dep in _TITLE else None


def _compounds_beside(tree: Tree, noun: Node) -> Iterator[Argument]:
    """The names before a title, which the parser hangs on the name after it: "Huifu general manager Zhao"."""
    name = titled_name(tree, noun)
    for child in tree.children(name, "compound", "nmod:poss", "nmod:desc") if name is not None else ():
        if child.index < noun.index and child.is_name:
            yield Argument(POSSESSOR if child.dep == "nmod:poss" else MODIFIER, child.index, ("title",))


def _phrases_of_bearer(tree: Tree, noun: Node) -> Iterator[Argument]:
    """The phrases of the name behind a title: "President Jane Roe of Orbit Bank"."""
    name = titled_name(tree, noun)
    if name is None or noun.index > name.index:
        return
    for child in tree.children(name, "nmod"):
        role = tree.preposition(child)
        if role in _OFFICE and child.is_name:
            yield Argument(role, child.index, ("name's phrase",))


def _agents(tree: Tree, noun: Node) -> Iterator[Argument]:
    """By whom what the noun names was done, in one role with the participle: "a round led by X" has `lead_by`: X."""
    clauses = [c for c in tree.children(noun, "acl") if c.pos == "VERB" and is_passive(tree, c)]
    head = tree.head(noun)
    if noun.dep == "nsubj:pass" and head is not None and head.pos == "VERB":
        clauses.append(head)
    for clause in clauses:
        for node, via in agents(tree, clause):
            yield Argument(f"{verb_lemma(tree, clause)}_by", node.index, (*via, "participle"))


def phrase_behind(tree: Tree, name: Node) -> list[Argument]:
    """The place right behind a name, whose phrase the parser may hang higher: "developed by Veridia in Lisbon"."""
    if not name.is_name or not (tree.child(name, "case") or name.dep == "appos"):
        return []
    marker = _behind(tree, name)
    place = tree.head(marker) if marker is not None and marker.relation == "case" else None
    if marker is None or place is None or marker.lemma not in _PLACING:
        return []
    if not place.is_name or place.head == name.index or place.sentence != name.sentence:
        return []
    return as_arguments(marker.lemma, resolved(tree, place, "attachment"))


def _behind(tree: Tree, name: Node) -> Node | None:
    """The node right behind a name, past an acronym in brackets, if more of the text follows it."""
    behind = tree.nodes[name.index + 1 : name.index + 2 + _BRACKETED]
    if [n.text for n in behind[:_BRACKETED:2]] == ["(", ")"]:
        return behind[_BRACKETED] if len(behind) > _BRACKETED else None
    return behind[0] if len(behind) > 1 else None


def post_phrase(tree: Tree, node: Node) -> str:
    """The post that a noun names, as written with what stands before it: "deputy general manager"."""
    first = node.index
    while first > 0 and _premodifies(tree, tree.nodes[first - 1], node):
        first -= 1
    return tree.text[tree.nodes[first].start_char : node.end_char]


def _premodifies(tree: Tree, word: Node, noun: Node) -> bool:
    if word.kind not in ("word", "concept") or word.sentence != noun.sentence or word.text in _NOT_IN_POST:
        return False
    if word.lemma in _RANKS:
        return True
    if word.relation not in _OF_POST or word.dep == "nmod:poss":
        return False
    above = tree.head(word)
    return above is not None and abs(above.index - noun.index) <= noun.index - word.index
