"""Which of the remembered entities an expression means: features of each candidate, weighed and normalised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference.binding import SUBJECTS, clause_of, excluded, role
from kg.extract.coreference.expressions import Form
from kg.extract.coreference.weights import NOUN_WEIGHTS, PERSON_WEIGHTS, PRONOUN_WEIGHTS
from kg.extract.lexicon.reference import related

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory, Mention, Remembered
    from kg.extract.coreference.words import Word

PRONOUNS = frozenset({Form.IT, Form.HE, Form.SHE, Form.THEY})

PRONOUN_REACH = 3
"""Sentences that a pronoun may look back: beyond, in news, something else has been named."""

CLASS_REACH = 8
"""Sentences that a noun may look back for a name of its class when no word of the name takes it up."""

LEAST = 0.05
"""The probability below which a rival is not worth naming."""

KINDS = ("Organization", "Place", "Product", "Technology", "Sector", "Document", "Event", "Project", "Facility")
"""Classes that pronouns tell apart: companies are "it" more often than cities."""

LEXICAL = ("last word", "ending", "described", "related")
"""Features by which a word, not only a class, ties a noun to a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that an expression may mean, with what speaks for it."""

    entity: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest candidate; `probability` is against all others and against none of them."""

    entity: str
    probability: float
    features: Mapping[str, float]
    rivals: tuple[tuple[str, float], ...]


def candidates(memory: Memory, expression: Expression) -> list[Candidate]:
    """All entities that the expression may mean, in order of their ids, with their features."""
    possible = {}
    for name, remembered in memory.entities.items():
        mentions = remembered.before(expression.start) if _agrees(memory, remembered, expression) else []
        if mentions and not _is_bound(memory, remembered, expression):
            possible[name] = mentions
    latest = sorted((mentions[-1].head for mentions in possible.values()), reverse=True)
    return [
        Candidate(name, features)
        for name, mentions in sorted(possible.items())
        if (features := _features(memory, expression, memory.entities[name], mentions, latest))
    ]


def choose(memory: Memory, expression: Expression) -> Choice | None:
    """The likeliest candidate and its rivals, or None where none is likelier than that nothing named is meant."""
    weights = weights_for(expression)
    scored = [(_weigh(weights, candidate.features), candidate) for candidate in candidates(memory, expression)]
    if not scored:
        return None
    none = _weigh(weights, none_features(memory, expression))
    scored.sort(key=lambda pair: (-pair[0], pair[1].entity))
    top, best = scored[0]
    if top <= none:
        return None
    total = sum(math.exp(score - top) for score, _ in scored) + math.exp(none - top)
    rivals = tuple((candidate.entity, math.exp(score - top) / total) for score, candidate in scored[1:])
    return Choice(best.entity, 1 / total, best.features, tuple(rival for rival in rivals if rival[1] >= LEAST))


def _weigh(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(key, 0.0) * value for key, value in features.items())


def weights_for(expression: Expression) -> Mapping[str, float]:
    """The weights that hold for the form of the expression."""
    if expression.form in {Form.NOUN, Form.NOUNS}:
        return NOUN_WEIGHTS
    return PERSON_WEIGHTS if expression.form in {Form.HE, Form.SHE} else PRONOUN_WEIGHTS


def none_features(memory: Memory, expression: Expression) -> dict[str, float]:
    """What speaks for the expression meaning nothing that has a name."""
    return {
        "none": 1.0,
        "none restricted": float(expression.restricted),
        "none modified": float(bool(_modifiers(memory, expression))),
        "none possessive": float(expression.possessive),
        "none they": float(expression.form is Form.THEY),
        "none again": float(memory.meant_last(expression.form) == "" and expression.form in PRONOUNS),
        "none other subject": float(_follows_common_subject(memory, expression)),
    }


def _follows_common_subject(memory: Memory, expression: Expression) -> bool:
    """Whether the last subject before is a thing without a name, which a pronoun may as well mean."""
    here = memory.sentence_of[expression.head]
    for token in reversed(memory.doc[: expression.start]):
        if here - memory.sentence_of[token.i] > 1:
            return False
        if token.dep in SUBJECTS and token.pos in {"NOUN", "PROPN"}:
            return token.pos == "NOUN" and token.i not in memory.at and token.i not in memory.referring
    return False


def _agrees(memory: Memory, remembered: Remembered, expression: Expression) -> bool:
    """Number, gender, and being a person."""
    person = memory.is_person(remembered.entity.id)
    if expression.form in {Form.HE, Form.SHE}:
        return person and remembered.gender in {None, "m" if expression.form is Form.HE else "f"}
    if expression.form is Form.IT:
        return not person
    if expression.form is Form.THEY:
        return memory.is_a(remembered.entity.class_, "Organization")
    return True


def _is_bound(memory: Memory, remembered: Remembered, expression: Expression) -> bool:
    anaphor, here = memory.doc[expression.head], memory.sentence_of[expression.head]
    return any(
        mention.sentence == here and excluded(expression, anaphor, memory.doc[mention.head])
        for mention in remembered.places
    )


def _features(
    memory: Memory, expression: Expression, remembered: Remembered, mentions: list[Mention], latest: list[int]
) -> dict[str, float] | None:
    """What speaks for an entity, or None where it is out of reach."""
    last = mentions[-1]
    distance = memory.sentence_of[expression.head] - last.sentence
    match: dict[str, float] | None = {}
    reach = PRONOUN_REACH
    if expression.form in {Form.NOUN, Form.NOUNS}:
        match = _noun_match(memory, expression, remembered)
        reach = distance if match and any(match[key] for key in LEXICAL) else CLASS_REACH
    if match is None or distance > reach:
        return None
    classes = memory.kinds_of(remembered.entity.class_, KINDS)
    return {**_salience(memory, expression, remembered, mentions, latest), **classes, **match}


def _salience(
    memory: Memory, expression: Expression, remembered: Remembered, mentions: list[Mention], latest: list[int]
) -> dict[str, float]:
    """How present the entity is to a reader, and how the grammar leads to it."""
    last, anaphor = mentions[-1], memory.doc[expression.head]
    distance = memory.sentence_of[expression.head] - last.sentence
    own_role = role(anaphor)
    here = [mention for mention in mentions if mention.sentence == memory.sentence_of[expression.head]]
    return {
        "same sentence": float(distance == 0),
        "sentence before": float(distance == 1),
        "distance": math.log1p(distance),
        "rank": math.log1p(latest.index(last.head)),
        "subject": float(last.role == "subject"),
        "object": float(last.role == "object"),
        "possessor": float(last.role == "possessor"),
        "oblique": float(last.role == "oblique"),
        "subject again": float(last.role == own_role == "subject"),
        "own subject": float(any(_is_own_subject(memory, anaphor, mention) for mention in here)),
        "higher subject": float(any(_is_higher_subject(memory, anaphor, mention) for mention in here)),
        "in a list": float(_is_listed(memory.doc[last.head])),
        "frequency": math.log1p(len(mentions)),
        "opening": float(mentions[0].sentence <= 1),
        "subject before": float(any(_is_recent_subject(memory, expression, mention) for mention in mentions)),
        "taken up": float(not last.named),
        "same pronoun": float(
            memory.meant_last(expression.form) == remembered.entity.id and expression.form in PRONOUNS
        ),
    } | _possessor_salience(expression, last, distance, latest)


def _possessor_salience(expression: Expression, last: Mention, distance: int, latest: list[int]) -> dict[str, float]:
    """What weighs differently for "its" than for "it"."""
    if not expression.possessive:
        return {}
    return {
        "its: same sentence": float(distance == 0),
        "its: rank": math.log1p(latest.index(last.head)),
        "its: subject": float(last.role == "subject"),
    }


def _is_own_subject(memory: Memory, anaphor: Word, mention: Mention) -> bool:
    """Whether, as in "Acme sold its unit", the possessor is the subject of the clause."""
    subject = memory.doc[mention.head]
    return anaphor.dep == "nmod:poss" and mention.role == "subject" and clause_of(anaphor) == clause_of(subject)


def _is_higher_subject(memory: Memory, anaphor: Word, mention: Mention) -> bool:
    """Whether, as in "Acme said it had ...", the entity is the subject of a clause above."""
    clause, subject = clause_of(anaphor), memory.doc[mention.head]
    return mention.role == "subject" and clause != clause_of(subject) and clause_of(subject).is_ancestor(clause)


def _is_recent_subject(memory: Memory, expression: Expression, mention: Mention) -> bool:
    """Whether the entity was a subject in the sentence before."""
    return mention.role == "subject" and memory.sentence_of[expression.head] - mention.sentence == 1


def _is_listed(token: Word) -> bool:
    """Whether the name is one of several in a row."""
    return token.dep == "conj" or any(child.dep == "conj" for child in token.children)


def _noun_match(memory: Memory, expression: Expression, remembered: Remembered) -> dict[str, float] | None:
    """How the noun fits the entity: by its name, by what was said of it, or by its class."""
    noun = expression.noun
    classes = memory.classes_of(noun, expression.modifiers)
    kin, modifiers = related(noun), _modifiers(memory, expression)
    known = remembered.nouns | remembered.last_words
    match = {
        "last word": float(noun in remembered.last_words),
        "name word": float(noun in remembered.name_words and noun not in remembered.last_words),
        "ending": float(any(word.endswith(noun) and word != noun for word in remembered.last_words)),
        "described": float(noun in remembered.nouns),
        "related": float(not kin.isdisjoint(known) and noun not in known),
        "class": float(any(memory.is_a(remembered.entity.class_, name) for name in classes)),
        "vague class": float(memory.fits(remembered.entity.id, classes)),
        "modifiers": float(sum(word in remembered.name_words for word in modifiers)),
        "strange modifiers": float(sum(word not in remembered.name_words for word in modifiers)),
    }
    return match if match["vague class"] or any(match[key] for key in LEXICAL) else None


def _modifiers(memory: Memory, expression: Expression) -> tuple[str, ...]:
    """The words before the noun, but for the one that makes up its class with it ("central bank")."""
    *rest, last = expression.modifiers or ("",)
    compound = memory.heads_class(f"{last} {expression.noun}")
    return tuple(rest) if compound else expression.modifiers
