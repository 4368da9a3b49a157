"""What grammar alone decides, most certain first: appositions, relative pronouns, reflexives, pairs, speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.extract.coreference.binding import SUBJECTS, clause_of
from kg.extract.coreference.expressions import Expression, Form, is_plural, noun_of, phrase_end, relative_clause
from kg.extract.coreference.reference import Reason, Reference
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kg.extract.coreference.memory import Memory

Answer = tuple[tuple[str, ...], Reason, float]
Sieve = Callable[["Memory", Expression, Mapping[int, Reference]], Answer | None]
"""A sieve answers with entities, a reason and a score; with no entities where it knows that there are none; with None
where it does not know."""

CERTAIN = 0.97
"""The grammar leaves no choice but a wrong parse."""

LIKELY = 0.85
"""A fixed expression with one natural reading."""

FAIR = 0.65
"""A natural reading among several."""


def descriptions(memory: Memory) -> Iterator[tuple[Expression, str, Reason, float]]:
    """Noun phrases beside a name that describe it: "X, a bank", "the start-up X", "a chain called X"."""
    for token in memory.doc:
        if token.pos_ != "NOUN" or token.i in memory.at:
            continue
        entity = _apposed(memory, token) or _named_by(memory, token)
        if entity is not None and _can_be(memory, entity, token):
            memory.describe(entity, token)
            yield _phrase(token), entity, Reason.APPOSITION, CERTAIN


def _phrase(token: Token) -> Expression:
    determiners = {"det", "amod", "compound", "nmod:poss", "nummod"}
    start = min((child.i for child in token.lefts if child.dep_ in determiners), default=token.i)
    return Expression(token.i, start, phrase_end(token), Form.NOUN, noun=noun_of(token))


def _can_be(memory: Memory, entity: str, token: Token) -> bool:
    """Whether the noun can describe the entity: one thing, of its class as far as the noun has one."""
    classes = memory.classes_of(noun_of(token), [word.lower_ for word in memory.doc[max(0, token.i - 1) : token.i]])
    return not is_plural(token) and (not classes or memory.fits(entity, classes))


def _apposed(memory: Memory, token: Token) -> str | None:
    """The name to which the noun is set, before or behind; the name right before ", a ..." beats the parser's."""
    doc = memory.doc
    start = _phrase(token).start
    if token.dep_ == "appos":
        near = start >= 2 and doc[start - 1].text == "," and memory.at.get(start - 2)  # noqa: PLR2004 - name and comma
        if near and _can_be(memory, near, token):
            return near
        return memory.named_at(token.head)
    for child in token.rights:
        named = memory.named_at(child)
        # "The start-up Huifu": beside each other, with no comma between.
        if named and child.dep_ in {"appos", "flat", "nmod:unmarked"} and child.left_edge.i == phrase_end(token):
            return named
    return None


def _named_by(memory: Memory, token: Token) -> str | None:
    """The name that "called", "named" or "of" gives the noun: "a platform called Amber", "the city of Bonn"."""
    for child in token.rights:
        if child.dep_ == "acl" and child.lemma_.lower() in words.NAMING:
            for name in child.rights:
                if name.dep_ in {"xcomp", "obj", "obl", "appos", "ccomp"} and memory.named_at(name):
                    return memory.named_at(name)
        named = memory.named_at(child)
        of = any(case.dep_ == "case" and case.lower_ == "of" for case in child.lefts)
        if child.dep_ == "nmod" and of and named and memory.is_a(memory.entities[named].entity.class_, "Place"):
            classes = memory.classes_of(noun_of(token))
            if classes and all(memory.is_a(name, "Place") for name in classes):
                return named
    return None


def relative(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Answer | None:
    """The antecedent of "who", "which", "that", "whose": what the clause is attached to."""
    if expression.form is not Form.RELATIVE:
        return None
    token = memory.doc[expression.head]
    clause = relative_clause(token)
    if clause is None:
        return (), Reason.RELATIVE, 0.0
    start = clause.left_edge.i
    near = memory.at.get(start - 2) if start >= 2 and memory.doc[start - 1].text == "," else None  # noqa: PLR2004
    attached = _meant_by(memory, clause.head, found)
    personal = token.lower_ in words.PERSONAL_RELATIVE
    for entities in (attached, (near,) if near else ()):
        if entities and all(memory.is_person(entity) >= personal for entity in entities):
            return entities, Reason.RELATIVE, CERTAIN if entities == attached else LIKELY
    return (), Reason.RELATIVE, 0.0


def _meant_by(memory: Memory, token: Token, found: Mapping[int, Reference]) -> tuple[str, ...]:
    named = memory.named_at(token)
    if named:
        return (named,)
    return found[token.i].entities if token.i in found else ()


def reflexive(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Answer | None:
    """The antecedent of "itself", "himself": the subject of the clause."""
    token = memory.doc[expression.head]
    if token.lower_ not in words.REFLEXIVE:
        return None
    for child in clause_of(token).children:
        if child.dep_ in SUBJECTS:
            return _meant_by(memory, child, found), Reason.REFLEXIVE, CERTAIN
    return (), Reason.REFLEXIVE, 0.0


SIEVES: tuple[Sieve, ...] = (relative, reflexive)
