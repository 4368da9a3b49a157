"""Which of the remembered entities an expression means: features of each candidate, weighed and normalised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.coreference.binding import excluded, role
from kg.extract.coreference.expressions import Form
from kg.extract.coreference.weights import NOUN_WEIGHTS, PERSON_WEIGHTS, PRONOUN_WEIGHTS
from kg.extract.lexicon.reference import related

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory, Mention, Remembered

PRONOUN_REACH = 3
"""Sentences that a pronoun may look back: beyond, in news, something else has been named."""

CLASS_REACH = 8
"""Sentences that a noun may look back for a name of its class when no word of the name takes it up."""


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


def candidates(memory: Memory, expression: Expression) -> list[Candidate]:
    """All entities that the expression may mean, in order of their ids, with their features."""
    possible = {}
    for name, remembered in memory.entities.items():
        mentions = remembered.before(expression.start)
        if mentions and _agrees(memory, remembered, expression) and not _is_bound(memory, remembered, expression):
            possible[name] = mentions
    latest = sorted((mentions[-1].head for mentions in possible.values()), reverse=True)
    return [
        Candidate(name, features)
        for name, mentions in sorted(possible.items())
        if (features := _features(memory, expression, memory.entities[name], mentions, latest))
    ]


def choose(memory: Memory, expression: Expression) -> Choice | None:
    """The likeliest candidate, or None where there is none, or none is likelier than any."""
    weights = weights_for(expression)
    scored = [
        (sum(weights.get(key, 0.0) * value for key, value in candidate.features.items()), candidate)
        for candidate in candidates(memory, expression)
    ]
    if not scored:
        return None
    none = sum(weights.get(key, 0.0) * value for key, value in none_features(expression).items())
    top, best = max(scored, key=lambda pair: (pair[0], pair[1].entity))
    if top <= none:
        return None
    total = sum(math.exp(score - top) for score, _ in scored) + math.exp(none - top)
    return Choice(best.entity, 1 / total, best.features)


def weights_for(expression: Expression) -> Mapping[str, float]:
    """The weights that hold for the form of the expression."""
    if expression.form in {Form.NOUN, Form.NOUNS}:
        return NOUN_WEIGHTS
    return PERSON_WEIGHTS if expression.form in {Form.HE, Form.SHE} else PRONOUN_WEIGHTS


def none_features(expression: Expression) -> dict[str, float]:
    """What speaks for the expression meaning nothing that has a name."""
    return {
        "none": 1.0,
        "none restricted": float(expression.restricted),
        "none modified": float(bool(expression.modifiers)),
        "none possessive": float(expression.possessive),
        "none they": float(expression.form is Form.THEY),
    }


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
    anaphor = memory.doc[expression.head]
    return any(
        excluded(expression, anaphor, memory.doc[mention.head])
        for mention in (*remembered.mentions, *remembered.references)
    )


def _features(
    memory: Memory, expression: Expression, remembered: Remembered, mentions: list[Mention], latest: list[int]
) -> dict[str, float] | None:
    """What speaks for an entity, or None where it is out of reach."""
    last = mentions[-1]
    distance = memory.sentence_of[expression.head] - last.sentence
    features = {f"class {remembered.entity.class_}": 1.0} | _salience(memory, expression, mentions, latest, distance)
    if expression.form not in {Form.NOUN, Form.NOUNS}:
        return features if distance <= PRONOUN_REACH else None
    match = _noun_match(memory, expression, remembered)
    if match is None:
        return None
    lexical = any(match[key] for key in LEXICAL)
    return features | match if lexical or distance <= CLASS_REACH else None


def _salience(
    memory: Memory, expression: Expression, mentions: list[Mention], latest: list[int], distance: int
) -> dict[str, float]:
    last = mentions[-1]
    own_role = role(memory.doc[expression.head])
    return {
        "same sentence": float(distance == 0),
        "sentence before": float(distance == 1),
        "distance": math.log1p(distance),
        "latest": float(last.head == latest[0]),
        "rank": math.log1p(latest.index(last.head)),
        "subject": float(last.role == "subject"),
        "object": float(last.role == "object"),
        "possessor": float(last.role == "possessor"),
        "oblique": float(last.role == "oblique"),
        "parallel": float(last.role == own_role),
        "frequency": math.log1p(len(mentions)),
        "opening": float(mentions[0].sentence <= 1),
        "taken up": float(not last.named),
    }


def _noun_match(memory: Memory, expression: Expression, remembered: Remembered) -> dict[str, float] | None:
    """How the noun fits the entity: by its name, by what was said of it, or by its class."""
    noun = expression.noun
    classes = memory.classes_of(noun, expression.modifiers)
    kin = related(noun)
    known = remembered.nouns | remembered.last_words
    match = {
        "last word": float(noun in remembered.last_words),
        "name word": float(noun in remembered.name_words and noun not in remembered.last_words),
        "ending": float(any(word.endswith(noun) and word != noun for word in remembered.last_words)),
        "described": float(noun in remembered.nouns),
        "related": float(not kin.isdisjoint(known) and noun not in known),
        "class": float(any(memory.is_a(remembered.entity.class_, name) for name in classes)),
        "vague class": float(memory.fits(remembered.entity.id, classes)),
        "modifiers": float(sum(word in remembered.name_words for word in expression.modifiers)),
        "strange modifiers": float(sum(word not in remembered.name_words for word in expression.modifiers)),
    }
    return match if match["vague class"] or any(match[key] for key in LEXICAL) else None
