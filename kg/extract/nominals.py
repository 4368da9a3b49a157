"""Nouns, adjectives and names to predications: titles, apposition, copula, possessives, compounds, light verbs.

Every noun is a predicate: its subject is what it is said of ("X, president of Y"; "X is a member of Y"; "Y president
X"; "named X president"; "X signed an agreement with Y"). Every name predicates of itself where it is and whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import (
    Found,
    agents,
    is_passive,
    logical_objects,
    logical_subjects,
    obliques,
    relative_host,
    resolved,
    surface_subjects,
)
from kg.extract.modality import clause_truth, nominal_truth, verb_lemma
from kg.extract.predication import (
    APPOSITION,
    DATE,
    MODIFIER,
    NAME_PREDICATE,
    NUMBER,
    POSSESSOR,
    SUBJECT,
    Argument,
    Predication,
    Truth,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tree import Node, Tree

NAMING = frozenset("call name dub know title brand entitle style nickname christen term designate".split())
"""Verbs that give a thing its name: "a payment tool called Adapay"."""

EXEMPLIFYING = frozenset(("such_as", "including", "include", "like", "e.g."))
"""Prepositions that introduce members of what the noun before them names: "firms such as A and B"."""

INCLUDING = frozenset("include comprise number".split())
"""Verbs that list what belongs to their subject."""

_TITLE = ("compound", "nmod:desc", "flat", "amod")
# Prepositions between a person and the organization whose post the person holds.
_OFFICE = ("of", "at", "from", "with")
# Prepositions that place a name: their phrase may belong to the name right before it, wherever the parser hung it.
_PLACING = ("in", "of", "from", "at", "near")
# Verbs whose "as" speaks of their subject though they have an object: "joined X as president".
_OF_SUBJECT = frozenset(("join", "rejoin", "enter", "serve"))
_ASIDE = (",", "(", "–", "—", "-")


def noun_predication(tree: Tree, noun: Node) -> Predication | None:
    """The predication of one common noun, or None if nothing is said of anything."""
    base = noun if tree.child(noun, "cop") else tree.first_conjunct(noun)
    subjects, support = _noun_subjects(tree, noun, base)
    arguments = [Argument(SUBJECT, n.index, via) for n, via in subjects if n.index != noun.index]
    arguments += own_arguments(tree, noun)
    have = {a.role for a in arguments}
    for other in tree.conjuncts(base):
        if other.index != noun.index and other.kind == "word":
            shared = [a for a in own_arguments(tree, other) if a.role not in have and a.role not in (NUMBER, MODIFIER)]
            arguments += [
                Argument(a.role, a.node, (*a.via, "shared modifier")) for a in shared if _may_share(a, noun, other)
            ]
    have = {a.role for a in arguments}
    if support is not None and base.relation in ("obj", "nsubj"):
        for role, (node, via) in obliques(tree, support):
            if role and role not in have:
                arguments.append(Argument(role, node.index, (*via, "verb's phrase")))
    if not arguments:
        return None
    name = _support_name(tree, base, support)
    return Predication(
        noun.index, noun.lemma, "noun", tuple(dict.fromkeys(arguments)), nominal_truth(tree, noun, support), name
    )


def _may_share(argument: Argument, noun: Node, other: Node) -> bool:
    """A modifier after the last conjunct, or a possessor before the first, belongs to all."""
    after_all = argument.node > max(noun.index, other.index)
    before_all = argument.node < min(noun.index, other.index) and argument.role == POSSESSOR
    return after_all or before_all


def _support_name(tree: Tree, base: Node, support: Node | None) -> str:
    if support is None:
        return ""
    preposition = tree.preposition(base) if base.relation in ("obl", "nmod") else ""
    lemma = verb_lemma(tree, support) if support.pos == "VERB" else ""
    return " ".join(filter(None, (preposition, lemma)))


def _noun_subjects(  # noqa: PLR0911 - one for each construction
    tree: Tree, noun: Node, base: Node
) -> tuple[list[Found], Node | None]:
    """What a noun is said of, and the verb that says it."""
    copula = tree.child(base, "cop")
    if copula is not None:
        subjects = surface_subjects(tree, base) or _identified(tree, base, copula)
        return _step(subjects, "copula"), None
    found = _apposed(tree, noun, base) or _titled(tree, noun, base) or _named(tree, noun)
    if found:
        return found, None
    head = tree.head(base)
    if head is not None and head.kind in ("money", "count") and base.relation == "nmod":
        # "raised 20 million dollars in a round": the phrase is the verb's
        head = tree.head(head)
    if head is None:
        return [], None
    found = _inverted(tree, base, head)
    if found:
        return found, None
    if base.relation == "xcomp" or (base.relation in ("obl", "nmod", "advcl") and tree.preposition(base) == "as"):
        return _step(_predicated(tree, head), "predicative"), head
    if base.relation == "obj" or base.dep == "nsubj:pass":
        return _step(logical_subjects(tree, head), "verb's subject"), head
    if base.relation in ("obl", "nmod") and head.pos == "VERB":
        passive = is_passive(tree, head)
        return _step(surface_subjects(tree, head) if passive else logical_subjects(tree, head), "verb's subject"), head
    if base.relation == "nmod" and tree.preposition(base) == "with":
        return _step(resolved(tree, head), "with"), None
    return [], None


def _inverted(tree: Tree, base: Node, head: Node) -> list[Found]:
    """What stands on the other side of "be" or "include": "the founders are X and Y", "members include X"."""
    if base.relation == "nsubj" and tree.child(head, "cop") and head.kind != "word":
        return resolved(tree, head, "copula")
    if base.relation == "nsubj" and head.lemma in INCLUDING:
        return _step([f for child in tree.children(head, "obj") for f in resolved(tree, child)], "list")
    if base.relation == "nmod" and head.lemma == "one" and tree.preposition(base) == "of":
        return _step(_noun_subjects(tree, head, tree.first_conjunct(head))[0], "one of")
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
        return _step(_noun_subjects(tree, verb, tree.first_conjunct(verb))[0], "noun's subject")
    if verb.lemma in _OF_SUBJECT and not is_passive(tree, verb):
        return logical_subjects(tree, verb)
    objects = [f for f in logical_objects(tree, verb) if f[0].kind in ("name", "word")]
    return objects or logical_subjects(tree, verb)


def _step(found: list[Found], step: str) -> list[Found]:
    return [(node, (*via, step)) for node, via in found]


def _apposed(tree: Tree, noun: Node, base: Node) -> list[Found]:
    """Apposition in both directions; the name just before ", a ..." beats the parser's choice of host."""
    if (
        base.relation not in ("appos", "conj", "root", "ROOT")
        and _set_off(tree, base)
        and (near := _name_before(tree, base))
    ):
        return [(near, ("apposition",))]
    if base.relation in ("appos", "parataxis", "dep", "conj", "list") and base is not tree.nodes[0]:
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
    return tree.nodes[right].text in (",", ".", ")", "–", "—")


def _name_before(tree: Tree, node: Node) -> Node | None:
    left = min(n.index for n in tree.subtree(node) if n.pos != "PUNCT")
    if left < 2 or tree.nodes[left - 1].text not in _ASIDE:  # noqa: PLR2004  a name and a comma must stand before
        return None
    before = tree.nodes[left - 2]
    if before.text == ")" and left >= 5:  # noqa: PLR2004  "Name (ABC), a ..."
        before = tree.nodes[left - 5] if tree.nodes[left - 4].text == "(" else before
    return before if before.is_name and before.sentence == node.sentence else None


def _titled(tree: Tree, noun: Node, base: Node) -> list[Found]:
    """A noun before a name is said of it: "president X", "payment tool X"."""
    head = tree.head(base)
    if head is not None and head.is_name and base.dep in _TITLE and base.index < head.index:
        return [(head, ("title",))]
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


def own_arguments(tree: Tree, noun: Node) -> list[Argument]:
    """What hangs on the noun itself: prepositional phrases, possessor, compounds, its number."""
    arguments: list[Argument] = []

    def add(role: str, node: Node, *via: str) -> None:
        arguments.extend(Argument(role, n.index, steps) for n, steps in resolved(tree, node, *via))

    for child in tree.children(noun):
        if child.dep == "nmod:poss":
            host = relative_host(tree, child)
            add(POSSESSOR, host or child)
        elif child.relation == "nmod" and child.dep != "nmod:desc":
            role = DATE if child.kind == "date" else tree.preposition(child)
            if role in EXEMPLIFYING and noun.kind == "word":
                add(SUBJECT, child, "list")
            elif role:
                add(role, child)
        elif child.relation == "nummod":
            add(NUMBER, child)
        elif child.relation == "compound" or (child.relation == "amod" and child.kind != "word"):
            add(MODIFIER, child)
    if noun.kind == "word":
        arguments += _compounds_beside(tree, noun)
        arguments += _phrases_of_bearer(tree, noun)
        arguments += _agents(tree, noun)
    return arguments


def _phrases_of_bearer(tree: Tree, noun: Node) -> Iterator[Argument]:
    """The phrases of the name behind a title: "President Jane Roe of Orbit Bank"."""
    head = tree.head(noun)
    if head is None or not head.is_name or noun.dep not in _TITLE or noun.index > head.index:
        return
    for child in tree.children(head, "nmod"):
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


def _compounds_beside(tree: Tree, noun: Node) -> Iterator[Argument]:
    """The names before a title, which the parser hangs on the name after it: "Huifu general manager Zhao"."""
    head = tree.head(noun)
    if head is None or not head.is_name or noun.dep not in _TITLE:
        return
    for child in tree.children(head, "compound", "nmod:poss", "nmod:desc"):
        if child.index < noun.index and child.is_name:
            yield Argument(POSSESSOR if child.dep == "nmod:poss" else MODIFIER, child.index, ("title",))


def name_predication(tree: Tree, node: Node) -> Predication | None:
    """What a name, or a noun that may stand for a thing, says of itself: where it is, whose it is."""
    arguments = [a for a in own_arguments(tree, node) if a.role != NUMBER]
    arguments += _placed(tree, node)
    listed = node.relation == "conj" or tree.child(node, "conj") is not None
    for child in tree.children(node, "appos"):
        # in "A, B and C" the parser often takes B for an apposition
        if child.is_name and not listed and not tree.child(child, "conj"):
            arguments += [Argument(APPOSITION, n.index, via) for n, via in resolved(tree, child)]
    subjects = [Argument(SUBJECT, node.index)]
    truth = Truth.ASSERTED
    if tree.child(node, "cop") and (role := tree.preposition(node)):
        subjects = [Argument(SUBJECT, n.index, (*via, "copula")) for n, via in surface_subjects(tree, node)]
        arguments = [Argument(role, n.index, via) for n, via in resolved(tree, node)]
        truth = clause_truth(tree, node)
    if not arguments or not subjects:
        return None
    return Predication(node.index, NAME_PREDICATE, "name", tuple(dict.fromkeys([*subjects, *arguments])), truth)


def _placed(tree: Tree, node: Node) -> Iterator[Argument]:
    """The phrase right behind a name, which the parser may hang higher: "developed by Veridia in Lisbon"."""
    if not node.is_name or node.index + 2 >= len(tree.nodes) or not (tree.child(node, "case") or node.dep == "appos"):
        return
    marker = tree.nodes[node.index + 1]
    if marker.text == "(" and tree.nodes[node.index + 3 : node.index + 4] and tree.nodes[node.index + 3].text == ")":
        # an acronym in brackets stands between a name and its phrase
        marker = tree.nodes[min(node.index + 4, len(tree.nodes) - 1)]
    place = tree.head(marker) if marker.relation == "case" and marker.lemma in _PLACING else None
    if place is not None and place.is_name and place.head != node.index and place.sentence == node.sentence:
        for found, via in resolved(tree, place, "attachment"):
            yield Argument(marker.lemma, found.index, via)


def adjective_predication(tree: Tree, node: Node) -> Predication | None:
    """An adjective with its complement: "responsible for X", "active in Y"."""
    if tree.child(node, "cop"):
        found = surface_subjects(tree, node)
    elif node.relation in ("amod", "acl"):
        head = tree.head(node)
        found = [(head, ("modifier",))] if head else []
    elif node.relation in ("xcomp", "advcl", "conj"):
        found = surface_subjects(tree, node)
    else:
        return None
    arguments = [Argument(SUBJECT, n.index, via) for n, via in found]
    arguments += [Argument(role, n.index, via) for role, (n, via) in obliques(tree, node) if role]
    arguments += [Argument(MODIFIER, c.index) for c in tree.children(node, "compound")]
    if len(arguments) == len(found):
        return None
    return Predication(node.index, node.lemma, "adjective", tuple(dict.fromkeys(arguments)), clause_truth(tree, node))


def post_phrase(tree: Tree, node: Node) -> str:
    """The post that a noun names, as written with what stands before it: "deputy general manager"."""
    first = node.index
    while first > 0 and _premodifies(tree, tree.nodes[first - 1], node):
        first -= 1
    return tree.text[tree.nodes[first].start_char : node.end_char]


def _premodifies(tree: Tree, word: Node, node: Node) -> bool:
    if word.kind not in ("word", "concept") or word.sentence != node.sentence:
        return False
    linked = word.relation in ("compound", "amod", "flat", "nmod", "punct", "advmod") and word.dep != "nmod:poss"
    above = tree.head(word)
    return (
        linked
        and above is not None
        and abs(above.index - node.index) <= node.index - word.index
        and word.text not in (",", "(", '"', "“")
    )
