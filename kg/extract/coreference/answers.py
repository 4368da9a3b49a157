"""What a sieve answers, and how sure the sieves are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.coreference.expressions import Expression
    from kg.extract.coreference.memory import Memory
    from kg.extract.coreference.reference import Reason, Reference
    from kg.extract.coreference.words import Word

Answer = tuple[tuple[str, ...], "Reason", float]
Sieve = Callable[["Memory", "Expression", Mapping[int, "Reference"]], Answer | None]
"""A sieve answers with entities, a reason and a score; with no entities where it knows that there are none; with None
where it does not know."""

CERTAIN = 0.97
"""The grammar leaves no choice but a wrong parse."""

LIKELY = 0.85
"""A fixed expression with one natural reading."""

FAIR = 0.65
"""A natural reading among several."""


def meant_by(memory: Memory, token: Word, found: Mapping[int, Reference]) -> tuple[str, ...]:
    """The entities that the word names, or was found to refer to."""
    named = memory.named_at(token)
    if named:
        return (named,)
    return found[token.i].entities if token.i in found else ()
