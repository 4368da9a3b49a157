"""Expressions that mean several entities, or one of a pair: "the two companies", "both", "they", "the latter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.answers import FAIR, LIKELY, Answer
from kg.extract.coreference.binding import SUBJECTS, excluded, first_conjunct
from kg.extract.coreference.expressions import Form
from kg.extract.coreference.reference import Reason
from kg.extract.lexicon import reference as words
from kg.extract.lexicon.numerals import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory
    from kg.extract.coreference.reference import Reference
    from kg.extract.coreference.words import Word

GROUP_REACH = 2
"""Sentences that a group may look back for a list of its members, or for as many things as it counts."""

SIZES = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4, "both": 2}
"""Nouns that say how many they mean."""


def together(memory: Memory, expression: Expression, _: Mapping[int, Reference]) -> Answer | None:
    """The members of "the two companies", "both parties", "the pair": the last list of so many, or all so far."""
    token = memory.doc[expression.head]
    size = SIZES.get(expression.noun) or _size(token)
    if expression.form is not Form.NOUNS and expression.noun not in SIZES:
        return None
    if expression.restricted:
        return (), Reason.GROUP, 0.0
    members = [group for group in _lists(memory, token) if size in {None, len(group)}]
    fitting = [group for group in members if _fit(memory, expression, group)]
    if fitting:
        return tuple(fitting[-1]), Reason.GROUP, LIKELY
    if size is None:
        return (), Reason.GROUP, 0.0
    near = _near(memory, expression)
    return (tuple(near) if len(near) == size else ()), Reason.GROUP, FAIR


def they(memory: Memory, expression: Expression, _: Mapping[int, Reference]) -> Answer | None:
    """The members of "they" where a list of names is the subject before it; else unknown."""
    if expression.form is not Form.THEY:
        return None
    token = memory.doc[expression.head]
    here = memory.sentence_of[token.i]
    for head in reversed(memory.doc[: expression.start]):
        if here - memory.sentence_of[head.i] > 1:
            return None
        if head.dep in SUBJECTS and head.pos in {"PROPN", "NOUN", "PRON"}:
            group = memory.coordinated(head) if memory.named_at(head) else []
            if len(group) > 1 and not _bound(memory, expression, group):
                return tuple(group), Reason.GROUP, FAIR
            if group:
                return None
    return None


def order(memory: Memory, expression: Expression, _: Mapping[int, Reference]) -> Answer | None:
    """The first or the last of the list before "the former" and "the latter"."""
    token = memory.doc[expression.head]
    if expression.form is not Form.ORDER:
        return None
    lists = [group for group in _lists(memory, token) if len(group) > 1]
    if not lists:
        near = _near(memory, expression)
        lists = [near] if len(near) == 2 else []  # noqa: PLR2004 - a former and a latter
    if not lists:
        return (), Reason.ORDER, 0.0
    return (lists[-1][0 if token.lower == "former" else -1],), Reason.ORDER, LIKELY


def _size(token: Word) -> int | None:
    """How many the noun phrase counts; two for "both" and for parties and sides."""
    for child in token.lefts:
        if child.lower == "both":
            return 2
        if child.dep == "nummod":
            return int(child.lower) if child.text.isdigit() else UNITS.get(child.lower)
    return None


def _lists(memory: Memory, token: Word) -> list[list[str]]:
    """The lists of names before the word, within reach, in order; none that the word is part of."""
    here, doc = memory.sentence_of[token.i], memory.doc
    found = []
    for head in doc[: token.i]:
        first = head.dep != "conj" and head.i in memory.at and memory.at.get(head.head.i) != memory.at[head.i]
        if first and here - memory.sentence_of[head.i] <= GROUP_REACH and first_conjunct(token) != head:
            group = memory.coordinated(head)
            if len(group) > 1:
                found.append(group)
    return found


def _fit(memory: Memory, expression: Expression, group: list[str]) -> bool:
    return all(_is_one(memory, expression, entity) for entity in group) and not _bound(memory, expression, group)


def _is_one(memory: Memory, expression: Expression, entity: str) -> bool:
    """Whether the entity is a thing of the sort that the group's noun counts."""
    if expression.form is Form.ORDER or expression.noun in SIZES or expression.noun in words.PARTIES:
        return any(
            memory.is_a(memory.entities[entity].entity.class_, name) for name in ("Organization", "Person", "Place")
        )
    return memory.fits(entity, memory.classes_of(expression.noun, expression.modifiers[-1:]))


def _bound(memory: Memory, expression: Expression, group: list[str]) -> bool:
    anaphor, here = memory.doc[expression.head], memory.sentence_of[expression.head]
    return any(
        mention.sentence == here and excluded(expression, anaphor, memory.doc[mention.head])
        for entity in group
        for mention in memory.entities[entity].mentions
    )


def _near(memory: Memory, expression: Expression) -> list[str]:
    """The entities of the right sort named in reach before the expression, in order."""
    here = memory.sentence_of[expression.head]
    first: dict[str, int] = {}
    for name, remembered in memory.entities.items():
        close = [m.head for m in remembered.before(expression.start) if here - m.sentence <= GROUP_REACH]
        if close and _is_one(memory, expression, name) and not _bound(memory, expression, [name]):
            first[name] = close[0]
    return sorted(first, key=lambda name: first[name])
