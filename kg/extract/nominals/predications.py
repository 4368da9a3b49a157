"""One noun, name or adjective to its predication: what it is said of, what hangs on it, how far the text holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import by_step, obliques, resolved, surface_subjects
from kg.extract.modality import clause_truth, nominal_truth, verb_lemma
from kg.extract.nominals.bearers import bearers
from kg.extract.nominals.modifiers import as_arguments, own_arguments, phrase_behind
from kg.extract.predication import (
    APPOSITION,
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
    from collections.abc import Iterable, Iterator

    from kg.extract.clauses import Found
    from kg.extract.tree import Node, Tree


def noun_predication(tree: Tree, noun: Node) -> Predication | None:
    """The predication of one common noun, or None if nothing is said of anything."""
    base = noun if tree.child(noun, "cop") else tree.first_conjunct(noun)
    found, support = bearers(tree, noun, base)
    arguments = as_arguments(SUBJECT, (f for f in found if f[0].index != noun.index))
    arguments += own_arguments(tree, noun)
    arguments += _shared_modifiers(tree, noun, base, {a.role for a in arguments})
    if support is not None and base.relation in ("obj", "nsubj"):
        arguments += _phrases_of_verb(tree, support, {a.role for a in arguments})
    if not arguments:
        return None
    truth, name = nominal_truth(tree, noun, support), _support_name(tree, base, support)
    return Predication(noun.index, noun.lemma, "noun", _distinct(arguments), truth, name)


def _distinct(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    return tuple(dict.fromkeys(arguments))


def _shared_modifiers(tree: Tree, noun: Node, base: Node, have: set[str]) -> Iterator[Argument]:
    """What hangs on another noun of the coordination but belongs to all, in roles that the noun lacks."""
    for other in tree.conjuncts(base):
        if other.index != noun.index and other.kind == "word":
            for argument in own_arguments(tree, other):
                if argument.role not in {*have, NUMBER, MODIFIER} and _may_share(argument, noun, other):
                    yield Argument(argument.role, argument.node, (*argument.via, "shared modifier"))


def _may_share(argument: Argument, noun: Node, other: Node) -> bool:
    """A modifier after the last conjunct, or a possessor before the first, belongs to all."""
    after_all = argument.node > max(noun.index, other.index)
    before_all = argument.node < min(noun.index, other.index) and argument.role == POSSESSOR
    return after_all or before_all


def _phrases_of_verb(tree: Tree, verb: Node, have: set[str]) -> Iterator[Argument]:
    """The phrases of a verb that lends the noun its subject, in roles that the noun lacks."""
    for role, (node, via) in obliques(tree, verb):
        if role and role not in have:
            yield Argument(role, node.index, (*via, "verb's phrase"))


def _support_name(tree: Tree, base: Node, support: Node | None) -> str:
    if support is None:
        return ""
    preposition = tree.preposition(base) if base.relation in ("obl", "nmod") else ""
    lemma = verb_lemma(tree, support) if support.pos == "VERB" else ""
    return " ".join(filter(None, (preposition, lemma)))


def name_predication(tree: Tree, node: Node) -> Predication | None:
    """What a name, or a noun that may stand for a thing, says of itself: where it is, whose it is."""
    if tree.child(node, "cop") and (role := tree.preposition(node)):
        # "X is in Y": the copula's subject is the one that is somewhere
        subjects = as_arguments(SUBJECT, by_step(surface_subjects(tree, node), "copula"))
        arguments = as_arguments(role, resolved(tree, node))
        truth = clause_truth(tree, node)
    else:
        subjects = [Argument(SUBJECT, node.index)]
        arguments = [a for a in own_arguments(tree, node) if a.role != NUMBER]
        arguments += phrase_behind(tree, node)
        arguments += _names_in_apposition(tree, node)
        truth = Truth.ASSERTED
    if not arguments or not subjects:
        return None
    return Predication(node.index, NAME_PREDICATE, "name", _distinct([*subjects, *arguments]), truth)


def _names_in_apposition(tree: Tree, node: Node) -> Iterator[Argument]:
    listed = node.relation == "conj" or tree.child(node, "conj") is not None
    for child in tree.children(node, "appos"):
        # in "A, B and C" the parser often takes B for an apposition
        if child.is_name and not listed and not tree.child(child, "conj"):
            yield from as_arguments(APPOSITION, resolved(tree, child))


def adjective_predication(tree: Tree, node: Node) -> Predication | None:
    """An adjective with its complement: "responsible for X", "active in Y"."""
    described = _described(tree, node)
    complements = [Argument(role, n.index, via) for role, (n, via) in obliques(tree, node) if role]
    complements += [Argument(MODIFIER, c.index) for c in tree.children(node, "compound")]
    if described is None or not complements:
        return None
    arguments = _distinct([*as_arguments(SUBJECT, described), *complements])
    return Predication(node.index, node.lemma, "adjective", arguments, clause_truth(tree, node))


def _described(tree: Tree, node: Node) -> list[Found] | None:
    """What an adjective is said of; None where it stands as no adjective does that says something."""
    if tree.child(node, "cop") or node.relation in ("xcomp", "advcl", "conj"):
        return surface_subjects(tree, node)
    if node.relation in ("amod", "acl"):
        head = tree.head(node)
        return [(head, ("modifier",))] if head else []
    return None
