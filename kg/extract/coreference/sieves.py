"""What grammar alone decides, most certain first: relative pronouns, reflexives, pairs, speakers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.answers import CERTAIN, LIKELY, Answer, Sieve, meant_by
from kg.extract.coreference.binding import SUBJECTS, clause_of
from kg.extract.coreference.expressions import Form, relative_clause
from kg.extract.coreference.groups import order, they, together
from kg.extract.coreference.reference import Reason
from kg.extract.coreference.speakers import speaker
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory
    from kg.extract.coreference.reference import Reference


def relative(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Answer | None:
    """The antecedent of "who", "which", "that", "whose": what the clause is attached to."""
    if expression.form is not Form.RELATIVE:
        return None
    token = memory.doc[expression.head]
    clause = relative_clause(token)
    start = token.i if clause is None else next(word.i for word in clause.subtree if not word.is_punct)
    near = memory.at.get(start - 2) if start > 1 and memory.doc[start - 1].text == "," else None
    attached = () if clause is None else meant_by(memory, clause.head, found)
    personal = token.lower in words.PERSONAL_RELATIVE
    for entities in (attached, (near,) if near else ()):
        if entities and all(memory.is_person(entity) >= personal for entity in entities):
            return entities, Reason.RELATIVE, CERTAIN if entities == attached else LIKELY
    return (), Reason.RELATIVE, 0.0


def reflexive(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Answer | None:
    """The antecedent of "itself", "himself": the subject of the clause."""
    token = memory.doc[expression.head]
    if token.lower not in words.REFLEXIVE:
        return None
    for child in clause_of(token).children:
        if child.dep in SUBJECTS:
            return meant_by(memory, child, found), Reason.REFLEXIVE, CERTAIN
    return (), Reason.REFLEXIVE, 0.0


SIEVES: tuple[Sieve, ...] = (relative, reflexive, speaker, order, together, they)
