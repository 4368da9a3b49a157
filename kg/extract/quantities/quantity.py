"""A number in the text, and the words around it that say how exact it is."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from spacy.tokens import Doc, Span


class QuantityKind(enum.StrEnum):
    """What a number is: of things counted, of money, a share, or of a unit of measure."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text has it: code points and tokens, both half-open; the qualifier stands outside.

    `qualifier` is one of "over", "at least", "nearly", "about", "up to", "under". `unit` is the counted noun phrase
    ("major blockchain alliances"), `head` the token of its noun; `definite` marks "the six bodies", which takes up a
    count rather than stating one. `currency` is ISO 4217, None where the text leaves it open ("pesos").
    `converted` marks a sum in brackets that repeats the one before in another currency.
    """

    start_char: int
    end_char: int
    start: int
    end: int
    kind: QuantityKind
    value: Decimal
    qualifier: str | None = None
    unit: str | None = None
    head: int | None = None
    definite: bool = False
    currency: str | None = None
    converted: bool = False


_OVER = (
    r"more\s+than|over|above|beyond|in\s+excess\s+of|upwards?\s+of|north\s+of|greater\s+than|"
    r"exceed(?:s|ed|ing)?|(?:sur)?pass(?:es|ed|ing)|top(?:s|ped|ping)"
)
_BEFORE = (
    ("up to", r"up\s+to|as\s+(?:many|much)\s+as|(?:a\s+)?maximum\s+of|at\s+most|(?:no|not)\s+more\s+than"),
    ("at least", r"at\s+least|(?:a\s+)?minimum\s+of|(?:no|not)\s+(?:less|fewer)\s+than"),
    ("over", _OVER),
    ("nearly", r"nearly|almost|close\s+to|just\s+(?:under|below|short\s+of)|approaching|not\s+quite"),
    ("under", r"(?:less|fewer)\s+than|under|below"),
    ("about", r"about|around|approximately|roughly|some|circa|ca\.|an?\s+estimated|estimated(?:\s+at)?|~|≈"),
)
_QUALIFIERS = tuple(
    (name, re.compile(rf"(?:(?<!\w)(?:{words}))\s*(?:an?\s+total\s+of\s+|the\s+)?$", re.IGNORECASE))
    for name, words in _BEFORE
)
_AFTER = (
    ("over", re.compile(r"\s?\+|\s+or\s+more\b|[-\s]plus\b|\s+and\s+(?:more|counting)\b", re.IGNORECASE)),
    ("about", re.compile(r"\s+or\s+so\b|-odd\b", re.IGNORECASE)),
)
REACH_CHARS = 30
"""The longest qualifier that is looked for before a number."""


def qualifier_of(text: str, start: int, end: int) -> str | None:
    """The normal form of the words that say how exact the number is, or None where it is exact."""
    before = text[max(0, start - REACH_CHARS) : start]
    found = next((name for name, pattern in _QUALIFIERS if pattern.search(before)), None)
    return found or next((name for name, pattern in _AFTER if pattern.match(text, end)), None)


def tokens_of(doc: Doc, start: int, end: int) -> Span:
    """The tokens that the characters touch."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        msg = f"characters {start} to {end} lie outside the document"
        raise ValueError(msg)
    return span
