"""Who "I" and "we" are: the speaker of the quotation, or the organisation for which he speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.answers import FAIR, LIKELY, Answer, meant_by
from kg.extract.coreference.binding import SUBJECTS
from kg.extract.coreference.expressions import Form
from kg.extract.coreference.reference import Reason
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory
    from kg.extract.coreference.reference import Reference
    from kg.extract.coreference.words import Word, Words

OPENING, CLOSING, STRAIGHT = "“«", "”»", '"'
ATTRIBUTION_REACH = 12
"""Tokens beyond a quotation within which its verb of speech stands: '..." Ms Lee, the chief executive, said'."""

CLAUSAL = frozenset({"acl:relcl", "acl", "advcl", "ccomp", "parataxis", "conj"})


def speaker(memory: Memory, expression: Expression, found: Mapping[int, Reference]) -> Answer | None:
    """The speaker of the quotation around "I"; the organisation of the speaker for "we"."""
    if expression.form is not Form.FIRST:
        return None
    token = memory.doc[expression.head]
    quote = quotation(memory.doc, token.i)
    if quote is None:
        return (), Reason.SPEAKER, 0.0
    for subject in _attributions(memory.doc, *quote):
        entities = meant_by(memory, subject, found)
        if len(entities) == 1:
            return _answer(memory, token, entities[0], found)
    return (), Reason.SPEAKER, 0.0


def _answer(memory: Memory, token: Word, entity: str, found: Mapping[int, Reference]) -> Answer:
    singular, person = token.lower in words.FIRST_SINGULAR, memory.is_person(entity)
    if singular == person:
        return (entity,), Reason.SPEAKER, LIKELY
    if singular:
        return (), Reason.SPEAKER, 0.0
    organisation = _organisation(memory, entity, found)
    return ((organisation,) if organisation else ()), Reason.SPEAKER, FAIR


def quotation(doc: Words, token: int) -> tuple[int, int] | None:
    """The tokens of the quotation around the token, marks included, half-open; None outside of any."""
    start = None
    for index, word in enumerate(doc):
        if "\n\n" in word.text:
            start = None
        elif start is None and word.text in {*OPENING, STRAIGHT}:
            start = index
        elif start is not None and word.text in {*CLOSING, STRAIGHT}:
            if start < token < index:
                return start, index + 1
            start = None
    return None


def _attributions(doc: Words, start: int, end: int) -> Iterator[Word]:
    """The subjects of verbs of speech beside the quotation, those behind it first."""
    beside = [*doc[end : end + ATTRIBUTION_REACH], *reversed(doc[max(0, start - ATTRIBUTION_REACH) : start])]
    for word in beside:
        if word.lemma in words.SPEECH or word.lower in {"said", "says"}:
            yield from (child for child in word.children if child.dep in SUBJECTS)


def _organisation(memory: Memory, person: str, found: Mapping[int, Reference]) -> str | None:
    """The organisation that the phrase around a name of the person speaks of: "Lee, head of Acme", "Acme's Lee"."""
    for mention in memory.entities[person].mentions:
        top = memory.doc[mention.head]
        while top.dep in {"appos", "flat", "compound", "nmod:poss"} and top.head != top:
            top = top.head
        for word in (*_phrase(top), *_behind(memory.doc, mention.end)):
            for entity in meant_by(memory, word, found):
                if memory.is_a(memory.entities[entity].entity.class_, "Organization"):
                    return entity
    return None


def _behind(doc: Words, end: int) -> Iterator[Word]:
    """The words behind a name and its comma up to the next mark or verb, whatever the parser made of them."""
    if end >= len(doc) or doc[end].text != ",":
        return
    for token in doc[end + 1 : end + 1 + ATTRIBUTION_REACH]:
        if token.is_punct or token.pos in {"VERB", "AUX"}:
            return
        yield token


def _phrase(top: Word) -> Iterator[Word]:
    """The words of a noun phrase in order, without its clauses and coordinated phrases."""
    inner = [child for child in top.children if child.dep not in CLAUSAL]
    for child in [child for child in inner if child.i < top.i]:
        yield from _phrase(child)
    yield top
    for child in [child for child in inner if child.i > top.i]:
        yield from _phrase(child)
