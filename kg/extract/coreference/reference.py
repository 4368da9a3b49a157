"""What coreference takes and gives: entities with their names in, references to them out."""

from __future__ import annotations

import enum
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntityInText:
    """An entity as its names in one text show it: spans of its names, sorted, in code points.

    `descriptions` are head nouns that the text says of it, lower-case ("bank", "start-up").
    """

    id: str
    class_: str
    names: tuple[tuple[int, int], ...]
    label: str
    descriptions: tuple[str, ...] = ()


class Reason(enum.StrEnum):
    """Why an expression was taken to refer: the sieve that decided, in words for a reader."""

    RELATIVE = "relative pronoun"
    APPOSITION = "apposition"
    REFLEXIVE = "reflexive pronoun"
    HEAD = "same head noun"
    DESCRIPTION = "described so before"
    CLASS = "noun of its class"
    PRONOUN = "pronoun"
    GROUP = "group"
    ORDER = "former or latter"
    SPEAKER = "speaker"
    CATAPHORA = "cataphora"


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression that refers to named entities without naming them: code points, half-open.

    `entities` holds several ids for "they" and "the two companies". `score` is the estimated probability that the
    antecedent is right. `alternatives` are other single entities that it may mean, likeliest first, with theirs: a
    caller that knows what sort of thing is wanted may choose among all.
    """

    start_char: int
    end_char: int
    entities: tuple[str, ...]
    reason: Reason
    score: float
    alternatives: tuple[tuple[str, float], ...] = ()
