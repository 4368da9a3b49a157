"""Noun phrases that stand beside a name and describe it, and those that a text names only later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.coreference.answers import CERTAIN, FAIR, LIKELY
from kg.extract.coreference.binding import SUBJECTS
from kg.extract.coreference.expressions import Expression, Form, noun_of, phrase_end
from kg.extract.coreference.reference import Reason
from kg.extract.lexicon import reference as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.coreference.memory import Memory, Remembered
    from kg.extract.coreference.words import Word, Words

CATAPHORA_OPENING = 1
"""The last sentence in which a thing may stand before its name: the title is 0, or the first sentence where there is
none. News puts the name off in its lead, not later."""

CATAPHORA_REACH = 2
"""How many sentences later the name must come."""

_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nmod:poss", "nummod"})
GENERIC = frozenset({"company", "firm", "group", "business", "enterprise", "unit", "organisation", "organization"})
"""Nouns of too many things for the next name to be theirs."""


def descriptions(memory: Memory) -> Iterator[tuple[Expression, str, Reason, float]]:
    """Noun phrases beside a name that describe it: "X, a bank", "the start-up X", "a chain called X"."""
    for token in memory.doc:
        if token.pos != "NOUN" or token.i in memory.at or token.dep in {"compound", "flat"}:
            continue
        sure = _apposed(memory, token) or _named_by(memory, token)
        entity = sure or _behind_name(memory, token)
        if entity is not None and _can_be(memory, entity, token):
            yield _phrase(memory.doc, token), entity, Reason.APPOSITION, CERTAIN if sure else LIKELY


def _phrase(doc: Words, token: Word) -> Expression:
    return Expression(token.i, _start(token), phrase_end(doc, token), Form.NOUN, noun=noun_of(doc, token))


def _start(token: Word) -> int:
    return next((child.i for child in token.lefts if child.dep in _BEFORE_NOUN), token.i)


def _can_be(memory: Memory, entity: str, token: Word) -> bool:
    """Whether the noun can describe the entity: one thing, of its class as far as the noun has one."""
    if token.plural:
        return False
    classes = _classes(memory, token)
    return not classes or memory.fits(entity, classes)


def _classes(memory: Memory, token: Word) -> frozenset[str]:
    """The classes that the noun, alone or with the word before it, is a head of."""
    before = [word.lower for word in memory.doc[max(0, token.i - 1) : token.i]]
    return memory.classes_of(noun_of(memory.doc, token), before)


def _apposed(memory: Memory, token: Word) -> str | None:
    """The name to which the noun is set, before or behind; the name right before ", a ..." beats the parser's."""
    doc = memory.doc
    if token.dep == "appos":
        start = _start(token)
        near = start >= 2 and doc[start - 1].text == "," and memory.at.get(start - 2)  # noqa: PLR2004 - name and comma
        if near and _can_be(memory, near, token):
            return near
        return memory.named_at(token.head)
    for child in token.rights:
        named = memory.named_at(child)
        # "The start-up Huifu": beside each other, with no comma between.
        if named and child.dep in {"appos", "flat", "nmod:unmarked"} and child.left_edge == phrase_end(doc, token):
            return named
    return None


def _behind_name(memory: Memory, token: Word) -> str | None:
    """The name right before ", a ..." or ", the ...", where the parser saw no apposition.

    A subject of its own is none, unless the name is a subject of the same verb: then the parser has two for one.
    """
    doc, start = memory.doc, _start(token)
    if start < 2 or doc[start - 1].text != "," or start - 2 not in memory.at:  # noqa: PLR2004 - name and comma
        return None
    determined = doc[start].dep == "det" and doc[start].lower in words.INDEFINITE | {"the"}
    twice = any(doc[i].dep in SUBJECTS and doc[i].head == token.head for i in _name_tokens(memory, start - 2))
    return memory.at[start - 2] if determined and (token.dep not in SUBJECTS or twice) else None


def _name_tokens(memory: Memory, last: int) -> range:
    """The tokens of the name that ends with the token."""
    first = last
    while memory.at.get(first - 1) == memory.at[last]:
        first -= 1
    return range(first, last + 1)


def _named_by(memory: Memory, token: Word) -> str | None:
    """The name that "called", "named" or "of" gives the noun: "a platform called Amber", "the city of Bonn"."""
    for child in token.rights:
        if child.dep == "acl" and child.lemma in words.NAMING:
            for name in child.rights:
                if name.dep in {"xcomp", "obj", "obl", "appos", "ccomp"} and memory.named_at(name):
                    return memory.named_at(name)
        named = memory.named_at(child)
        of = any(case.dep == "case" and case.lower == "of" for case in child.lefts)
        if child.dep == "nmod" and of and named and memory.is_a(memory.entities[named].entity.class_, "Place"):
            classes = memory.classes_of(noun_of(memory.doc, token))
            if classes and all(memory.is_a(name, "Place") for name in classes):
                return named
    return None


def cataphora(memory: Memory) -> Iterator[tuple[Expression, str, Reason, float]]:
    """Indefinite noun phrases of the opening that the next sentences name: "a new alliance ... The Bay Alliance"."""
    for token in memory.doc:
        if memory.sentence_of[token.i] > CATAPHORA_OPENING:
            return
        if token.pos != "NOUN" or token.i in memory.at or token.plural or token.dep in {"compound", "appos"}:
            continue
        indefinite = any(child.dep == "det" and child.lower in words.INDEFINITE for child in token.lefts)
        predicate = any(child.dep == "cop" for child in token.children)
        if indefinite and not predicate:
            yield from _named_later(memory, token)


def _named_later(memory: Memory, token: Word) -> Iterator[tuple[Expression, str, Reason, float]]:
    noun, sentence = noun_of(memory.doc, token), memory.sentence_of[token.i]
    classes = _classes(memory, token)
    new = [
        remembered
        for remembered in memory.entities.values()
        if remembered.mentions
        and remembered.mentions[0].head > token.i
        and sentence < remembered.mentions[0].sentence <= sentence + CATAPHORA_REACH
        and any(memory.is_a(remembered.entity.class_, name) for name in classes)
    ]
    named_so = [remembered for remembered in new if not words.related(noun).isdisjoint(remembered.last_words)]
    if len(named_so) == 1:
        yield _phrase(memory.doc, token), named_so[0].entity.id, Reason.CATAPHORA, LIKELY
    elif len(new) == 1 and noun not in GENERIC and _is_presented(new[0]):
        yield _phrase(memory.doc, token), new[0].entity.id, Reason.CATAPHORA, FAIR


def _is_presented(remembered: Remembered) -> bool:
    """Whether the first mention takes up something known: a subject, with its article or as a bare name."""
    return remembered.mentions[0].role == "subject"
