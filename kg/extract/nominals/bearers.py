"""What a noun is said of: by apposition, title and naming, through a copula, or through the verb above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import (
    Found,
    by_step,
    is_passive,
    logical_objects,
    logical_subjects,
    resolved,
    surface_subjects,
)
from kg.extract.nominals.modifiers import titled_name

if TYPE_CHECKING:
    from kg.extract.tree import Node, Tree

NAMING = frozenset("call name dub know title brand entitle style nickname christen term designate".split())
"""Verbs that give a thing its name: "a payment tool called Adapay"."""

INCLUDING = frozenset("include comprise number".split())
"""Verbs that list what belongs to their subject."""

# Verbs whose "as" speaks of their subject though they have an object: "joined X as president".
_OF_SUBJECT = frozenset(("join", "rejoin", "enter", "serve"))
# Signs that set a phrase off from the name before it, and those that end one.
_ASIDE = (",", "(", "–", "—", "-")
_ASIDE_END = (",", ".", ")", "–", "—")


def bearers(tree: Tree, noun: Node, base: Node) -> tuple[list[Found], Node | None]:
    """What a noun is said of, and the verb that says it, where it is one.

    `base` is the noun that the clause attaches: the noun itself, or the first of its coordination.
    """
    copula = tree.child(base, "cop")
    if copula is not None:
        return by_step(surface_subjects(tree, base) or _identified(tree, base, copula), "copula"), None
    if found := _apposed(tree, noun, base) or _titled(tree, noun, base) or _named(tree, noun):
        return found, None
    head = _governor(tree, base)
    if head is None:
        return [], None
    if found := _inverted(tree, base, head):
        return found, None
    return _governed(tree, base, head)


def _governor(tree: Tree, base: Node) -> Node | None:
    """What the noun hangs on; "raised 20 million dollars in a round": the phrase is the verb's, not the sum's."""
    head = tree.head(base)
    if head is not None and head.kind in ("money", "count") and base.relation == "nmod":
        return tree.head(head)
    return head


def _governed(tree: Tree, base: Node, head: Node) -> tuple[list[Found], Node | None]:
    """What an argument of a verb, or a noun behind "with", is said of."""
    if base.relation == "xcomp" or (base.relation in ("obl", "nmod", "advcl") and tree.preposition(base) == "as"):
        return by_step(_predicated(tree, head), "predicative"), head
    if base.relation == "obj" or base.dep == "nsubj:pass":
        return by_step(logical_subjects(tree, head), "verb's subject"), head
    if base.relation in ("obl", "nmod") and head.pos == "VERB":
        subjects = surface_subjects(tree, head) if is_passive(tree, head) else logical_subjects(tree, head)
        return by_step(subjects, "verb's subject"), head
    if base.relation == "nmod" and tree.preposition(base) == "with":
        return by_step(resolved(tree, head), "with"), None
    return [], None


def _inverted(tree: Tree, base: Node, head: Node) -> list[Found]:
    """What stands on the other side of "be" or "include": "the founders are X and Y", "members include X"."""
    if base.relation == "nsubj" and tree.child(head, "cop") and head.kind != "word":
        return resolved(tree, head, "copula")
    if base.relation == "nsubj" and head.lemma in INCLUDING:
        return by_step([f for child in tree.children(head, "obj") for f in resolved(tree, child)], "list")
    if base.relation == "nmod" and head.lemma == "one" and tree.preposition(base) == "of":
        return by_step(bearers(tree, head, tree.first_conjunct(head))[0], "one of")
    return []


def _identified(tree: Tree, noun: Node, copula: Node) -> list[Found]:
    """The names behind "be" when the noun stands before it: "the members of X are A and B"."""
    if noun.index > copula.index:
        return []
    named = [c for c in tree.children(noun) if c.index > copula.index and c.is_name and not tree.child(c, "case")]
    return [f for child in named for f in resolved(tree, child)]


def _predicated(tree: Tree, verb: Node) -> list[Found]:
    """Of whom "as N" or a bare complement is said: the object if there is one, else the subject."""
    if verb.pos not in ("VERB", "AUX"):
        return by_step(bearers(tree, verb, tree.first_conjunct(verb))[0], "noun's subject")
    if verb.lemma in _OF_SUBJECT and not is_passive(tree, verb):
        return logical_subjects(tree, verb)
    objects = [f for f in logical_objects(tree, verb) if f[0].kind in ("name", "word")]
    return objects or logical_subjects(tree, verb)


def _apposed(tree: Tree, noun: Node, base: Node) -> list[Found]:
    """Apposition in both directions; the name just before ", a ..." beats the parser's choice of host."""
    if base.relation not in ("appos", "conj", "root", "ROOT") and _set_off(tree, base):
        near = _name_before(tree, base)
        if near is not None:
            return [(near, ("apposition",))]
    if base.relation in ("appos", "parataxis", "dep", "conj", "list") and base.index:
        near = _name_before(tree, base)
        if near is not None and (base.relation != "conj" or tree.child(base, "det")):
            return [(near, ("apposition",))]
    if base.relation == "appos":
        head = tree.head(base)
        if head is not None and head.kind != "date":
            return [(head, ("apposition",))]
    found = [f for child in tree.children(noun, "appos") if child.is_name for f in resolved(tree, child, "apposition")]
    return found if len(found) == 1 or "Number=Plur" in noun.morph else found[:1]


def _set_off(tree: Tree, node: Node) -> bool:
    """Whether the phrase stands between commas and begins with an article: ", a unit of Y,"; then it is no argument."""
    if not any(d.lemma in ("a", "an", "the") for d in tree.children(node, "det")) or tree.child(node, "case", "cop"):
        return False
    right = max(n.index for n in tree.subtree(node) if n.pos != "PUNCT") + 1
    if right >= len(tree.nodes) or tree.nodes[right].sentence != node.sentence:
        return False
    return tree.nodes[right].text in _ASIDE_END


def _name_before(tree: Tree, node: Node) -> Node | None:
    """The name that the phrase is set off from; an acronym in brackets may stand between: "Name (ABC), a ..."."""
    left = min(n.index for n in tree.subtree(node) if n.pos != "PUNCT")
    if left <= 1 or tree.nodes[left - 1].text not in _ASIDE:
        return None
    before = _before_acronym(tree, tree.nodes[left - 2])
    return before if before.is_name and before.sentence == node.sentence else None


def _before_acronym(tree: Tree, node: Node) -> Node:
    """The node before "(ABC)", given its closing bracket; any other node as it is."""
    opening = node.index - 2
    if node.text == ")" and opening > 0 and tree.nodes[opening].text == "(":
        return tree.nodes[opening - 1]
    return node


def _titled(tree: Tree, noun: Node, base: Node) -> list[Found]:
    """A noun before a name is said of it: "president X", "payment tool X"."""
    name = titled_name(tree, base)
    if name is not None and base.index < name.index:
        return [(name, ("title",))]
    flat = tree.child(noun, "flat")
    if flat is not None and flat.is_name:
        return [(flat, ("title",))]
    # "general manager of X Jane Roe"
    phrases = list(tree.children(noun, "nmod"))
    bare = [c for c in phrases if c.is_name and c.index > noun.index and not tree.child(c, "case")]
    behind = len(bare) == 1 and any(tree.preposition(c) and c.index < bare[0].index for c in phrases)
    return [(bare[0], ("title",))] if behind else []


def _named(tree: Tree, noun: Node) -> list[Found]:
    """A noun with its name after "called": "a payment tool called X"."""
    clauses = [*tree.children(noun, "acl")]
    head = tree.head(noun)
    if head is not None and noun.relation == "nsubj":
        clauses += [c for c in tree.children(head) if c.index < noun.index]
    for clause in clauses:
        if clause.lemma in NAMING and clause.tag == "VBN":
            for child in tree.children(clause, "xcomp", "obj", "obl", "nsubj"):
                if child.is_name:
                    return [(child, ("naming",))]
    return []
