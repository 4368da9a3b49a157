"""The pass over a text: each expression goes through the sieves, then to the ranking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.coreference.descriptions import cataphora, descriptions
from kg.extract.coreference.expressions import Form, expressions
from kg.extract.coreference.memory import Memory
from kg.extract.coreference.ranking import choose
from kg.extract.coreference.reference import EntityInText, Reason, Reference
from kg.extract.coreference.sieves import SIEVES
from kg.extract.coreference.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from spacy.tokens import Doc

    from kg.extract.coreference.expressions import Expression

DESCRIBING = frozenset({Reason.APPOSITION, Reason.CATAPHORA, Reason.HEAD, Reason.DESCRIPTION})
"""Reasons that make the noun a description of its antecedent for what follows; a guess by class makes none."""


def resolve_references(
    doc: Doc,
    entities: Sequence[EntityInText],
    heads: Mapping[str, Collection[str]],
    is_a: Callable[[str, str], bool],
) -> list[Reference]:
    """All references to the entities by other means than their names, in order of the text.

    `heads` maps a noun to the classes that it stands for, `is_a` says whether a class is another or lies below it.
    Needs a parsed document; without a parse there are none.
    """
    if not doc.has_annotation("DEP"):
        return []
    memory = Memory(Words(doc), entities, heads, is_a)
    found: dict[int, Reference] = {}
    for noun, entity, reason, score in (*descriptions(memory), *cataphora(memory)):
        found[noun.head] = _note(memory, noun, (entity,), reason, score)
    for expression in expressions(memory.doc, memory.named_tokens()):
        if expression.head in found:
            continue
        reference = _resolve(memory, expression, found)
        memory.last_meant[expression.form] = reference.entities[0] if reference is not None else ""
        if reference is not None:
            found[expression.head] = reference
    return sorted(found.values(), key=lambda reference: (reference.start_char, reference.end_char))


def _resolve(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Reference | None:
    for sieve in SIEVES:
        answer = sieve(memory, expression, found)
        if answer is not None:
            return _note(memory, expression, *answer) if answer[0] else None
    choice = choose(memory, expression)
    if choice is None:
        return None
    reason = _reason(expression, choice.features)
    rivals = tuple((entity, round(probability, 4)) for entity, probability in choice.rivals)
    return replace(_note(memory, expression, (choice.entity,), reason, choice.probability), alternatives=rivals)


def _reason(expression: Expression, features: Mapping[str, float]) -> Reason:
    if expression.form not in {Form.NOUN, Form.NOUNS}:
        return Reason.PRONOUN
    if features.get("last word") or features.get("ending"):
        return Reason.HEAD
    return Reason.DESCRIPTION if features.get("described") or features.get("related") else Reason.CLASS


def _note(memory: Memory, expression: Expression, entities: tuple[str, ...], reason: Reason, score: float) -> Reference:
    for entity in entities:
        memory.refer(entity, expression)
        if reason in DESCRIBING:
            memory.describe(entity, expression.noun)
    start, end = memory.doc.starts[expression.start], memory.doc.end_of(expression.end - 1)
    return Reference(start, end, entities, reason, round(score, 4))
