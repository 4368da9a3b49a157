"""Clauses: subjects, objects and relative clauses that the parser hung where they can have no place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.mending.phrases import BEFORE_NOUN

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree

# Labels that a name right of a verb, without a preposition, cannot rightly have.
_MISPLACED = ("xcomp", "obl", "nmod", "dep", "conj", "compound", "flat", "appos")


def mend_copula(tree: Tree, copula: Node) -> None:
    """In "the owners of X are A and B" what stands before "are" is said of the names behind it."""
    name = tree.head(copula)
    noun = tree.head(name) if name is not None else None
    if name is None or noun is None or not name.is_name or name.index < copula.index or tree.child(name, "case"):
        return
    while (
        noun.head is not None and tree.nodes[noun.head].index < copula.index and noun.relation in ("nmod", "compound")
    ):
        noun = tree.nodes[noun.head]
    if noun.index > copula.index or noun.kind != "word" or noun.pos != "NOUN":
        return
    head, dep = noun.head, noun.dep
    tree.raise_above(name, noun, head, dep)


def mend_relative(tree: Tree, verb: Node) -> None:
    """A relative clause belongs to a noun before its pronoun; what follows its verb is its object."""
    host = tree.head(verb)
    if host is None or host.index < verb.index:
        return
    pronoun = next(
        (n for n in tree.subtree(verb) if n.index < verb.index and n.lemma in ("which", "who", "that")), None
    )
    index = pronoun.index - 1 if pronoun is not None else -1
    while index >= 0 and tree.nodes[index].pos in ("PUNCT", "ADP"):
        index -= 1
    before = tree.nodes[index] if index >= 0 else None
    if before is None or before.sentence != verb.sentence or before.pos not in ("NOUN", "PROPN"):
        return
    tree.move(verb, before.index, "acl:relcl")
    if host.is_name and _adjacent(tree, verb, host) and not tree.child(verb, "obj"):
        tree.move(host, verb.index, "obj")


def _adjacent(tree: Tree, verb: Node, noun: Node) -> bool:
    """Whether only determiners and adjectives stand between the verb and the noun right of it."""
    return verb.index < noun.index and all(n.pos in BEFORE_NOUN for n in tree.nodes[verb.index + 1 : noun.index])


def mend_object(tree: Tree, verb: Node) -> None:
    """A name right of a verb without a preposition is its object; only dates and sums stand bare beside one."""
    if tree.child(verb, "obj", "aux:pass"):
        return
    subjects = [c for c in tree.children(verb, "nsubj") if c.index < verb.index]
    complements = list(tree.children(verb, "xcomp"))
    for child in list(tree.children(verb, "nsubj", *_MISPLACED)):
        named = child.kind in ("name", "concept") and child.index > verb.index and not tree.child(child, "case", "cop")
        if child.relation == "xcomp" and len(complements) < 2:  # noqa: PLR2004  "named X president" has two
            continue
        misplaced = named and (child.relation != "nsubj" or subjects) and not tree.child(child, "cc")
        if misplaced or _is_bare_object(tree, verb, child):
            child.relabel("obj")
            return
    _adopt_object(tree, verb)


def _is_bare_object(tree: Tree, verb: Node, noun: Node) -> bool:
    """Whether an oblique noun stands right behind an active verb, without a preposition: "released a platform"."""
    bare = noun.dep == "obl" and noun.pos in ("NOUN", "PROPN") and not tree.child(noun, "case", "cop", "cc")
    if not bare or noun.index < verb.index or "Voice=Pass" in verb.morph:
        return False
    return min(n.index for n in tree.subtree(noun)) == verb.index + 1


def mend_nominal(tree: Tree, noun: Node) -> None:
    """A noun that is said of nothing is no clause: it is a plain subject."""
    verb = tree.head(noun)
    if noun.relation == "csubj" and verb is not None and not tree.child(noun, "cop", "nsubj", "mark"):
        noun.relabel("nsubj:pass" if tree.child(verb, "aux:pass") else "nsubj")


def _adopt_object(tree: Tree, verb: Node) -> None:
    """The name right after an active verb that hangs where it can have no place is the verb's object."""
    after = next((n for n in tree.nodes[verb.index + 1 : verb.index + 4] if n.pos not in BEFORE_NOUN), None)
    if after is None or not after.is_name or after.sentence != verb.sentence or "Voice=Pass" in verb.morph:
        return
    head = tree.head(after)
    if head is None or head is verb or tree.child(after, "case"):
        return
    if after.relation == "appos" and after.index < head.index and head.head == verb.index and head.pos == "NOUN":
        # "elected X president": an apposition stands behind its noun, so X is none of the post
        tree.move(after, verb.index, "obj")
        head.relabel("xcomp")
        return
    if tree.child(verb, "ccomp", "xcomp"):
        return
    # no phrase without a preposition belongs to a noun on the other side of a verb
    beyond = after.dep == "nmod" and head.index < verb.index
    nonsense = beyond or head.pos in ("CCONJ", "PUNCT", "ADP", "DET", "AUX")
    second = after.relation == "nsubj" and any(c.index < verb.index for c in tree.children(head, "nsubj"))
    if nonsense or (second and verb.index < head.index and verb.relation in ("acl", "advcl")):
        tree.move(after, verb.index, "obj")


def mend_subject(tree: Tree, verb: Node) -> None:
    """A name that a verb without a subject has as object, left of it and without a preposition, is its subject."""
    if tree.child(verb, "nsubj", "csubj", "expl") or verb.relation in ("acl", "xcomp", "amod"):
        return
    for child in tree.children(verb, "obl", "dep", "nmod"):
        bare = child.is_name and not tree.child(child, "case") and verb.index - 3 <= child.index < verb.index
        if bare and all(n.pos in ("AUX", "ADV") for n in tree.nodes[child.index + 1 : verb.index]):
            child.relabel("nsubj:pass" if tree.child(verb, "aux:pass") else "nsubj")
            return


def mend_phrases_beyond(tree: Tree, verb: Node) -> None:
    """A phrase right of a verb is none of its subject's: "the fund granted money to X"."""
    for subject in list(tree.children(verb, "nsubj", "nsubj:pass")):
        for phrase in list(tree.children(subject, "nmod")):
            if subject.index < verb.index < phrase.index and tree.child(phrase, "case"):
                tree.move(phrase, verb.index, "obl")
    subjects = list(tree.children(verb, "nsubj"))
    for title, bearer in pairwise(subjects):
        # "general manager of X Jane Roe said"
        if title.kind == "word" and bearer.is_name and max(n.index for n in tree.subtree(title)) == bearer.index - 1:
            tree.move(title, bearer.index, "nmod:desc")
    for thing in list(tree.children(verb, "nsubj")):
        # the second of two subjects, right behind the verb of a clause about the first, is that verb's object
        inner = _open_clause_before(tree, verb, thing)
        if inner is not None:
            tree.move(thing, inner.index, "obj")
    if verb.relation == "acl" and verb.index + 1 < len(tree.nodes):
        marker = tree.nodes[verb.index + 1]
        agent = tree.head(marker) if marker.lemma == "by" and marker.relation == "case" else None
        if agent is not None and agent.head != verb.index and not tree.below(verb, agent):
            tree.move(agent, verb.index, "obl:agent")


def _open_clause_before(tree: Tree, verb: Node, thing: Node) -> Node | None:
    first = tree.child(verb, "nsubj")
    if first is None or first is thing or thing.index > verb.index:
        return None
    index = min(n.index for n in tree.subtree(thing) if n.index <= thing.index) - 1
    while index > first.index and tree.nodes[index].pos in BEFORE_NOUN:
        index -= 1
    inner = tree.nodes[index]
    fits = inner.pos == "VERB" and inner.relation == "acl" and first.index < index and not tree.child(inner, "obj")
    return inner if fits and "Voice=Pass" not in inner.morph else None
