"""A mention by name, with what its words alone say of its class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.naming.kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class NameSpan:
    """One mention by name: token offsets, half-open; `scores` is a distribution over classes that sums to at most 1.

    `full` is the surface with the owner that follows it ("Innovation Center" + "of the University of Macau"), up to the
    code point `full_end`. `is_whole` says that something is said right here to be part of it, or to come from it.
    """

    start: int
    end: int
    start_char: int
    end_char: int
    surface: str
    scores: Mapping[str, float]
    concept: str | None = None
    acronym_of: str | None = None
    in_title: bool = False
    full: str | None = None
    full_end: int = 0
    is_whole: bool = False

    @classmethod
    def of(cls, span: Span, scores: Mapping[str, float], concept: str | None = None) -> NameSpan:
        """The mention by these words of a document."""
        return cls(span.start, span.end, span.start_char, span.end_char, span.text, scores, concept)

    @property
    def kind(self) -> Kind:
        """The coarse kind of the likeliest class."""
        return KINDS.get(likeliest(self.scores), Kind.THING)


def likeliest(scores: Mapping[str, float]) -> str:
    """The class with the highest score; of several, the first by name."""
    return max(sorted(scores), key=lambda name: scores[name])


def has_capital(text: str) -> bool:
    """Whether a capital stands anywhere in the text, as in proper names ("iPhone") and not in descriptions."""
    return any(char.isupper() for char in text)
