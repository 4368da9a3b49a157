"""What coreference takes and gives: entities with their names in, references to them out."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


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

    def among(self, allowed: Callable[[str], bool]) -> Reference | None:
        """The reference given that only allowed entities can be meant, probabilities adapted; None if none of it is.

        Of a group what is allowed stays. "It" that is one of two companies or a city is likelier the first company when
        a company is wanted.
        """
        kept = tuple(entity for entity in self.entities if allowed(entity))
        rivals = [(entity, probability) for entity, probability in self.alternatives if allowed(entity)]
        excluded = sum(probability for _, probability in self.alternatives) - sum(p for _, p in rivals)
        if kept:
            rest = 1 - excluded
            return replace(self, entities=kept, score=self.score / rest, alternatives=_scaled(rivals, rest))
        if not rivals:
            return None
        rest = 1 - excluded - self.score
        (best, probability), *others = rivals
        return replace(self, entities=(best,), score=probability / rest, alternatives=_scaled(others, rest))


def _scaled(rivals: list[tuple[str, float]], rest: float) -> tuple[tuple[str, float], ...]:
    return tuple((entity, probability / rest) for entity, probability in rivals)
