"""Numerals of English: how numbers are written in news prose, and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
GROUPS = {"dozen": 12, "hundred": 100}
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "trln": 10**12,
    "tn": 10**12,
}
LETTER_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
"""Scales that stand for money only: "5m" alone may be five metres, "5k" a run."""


def either(words: object) -> str:
    """A regex alternation of the words, longest first."""
    return "|".join(sorted(map(str, words), key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = rf"(?:{either(SCALES)})"
_SMALL = rf"(?:(?:{either(TENS)})(?:[-\s](?:{either(list(UNITS)[:9])}))?|{either(UNITS)})"
_BIG = r"[-\s](?:dozen|hundred|thousand|million|billion|trillion)\b"
_ARTICLE = rf"(?:half\s+)?an?(?={_BIG})"
WORDS = (
    rf"(?:{_ARTICLE}|{_SMALL})"
    rf"(?:[-\s](?:{either(GROUPS)})(?:[-\s](?:and[-\s])?{_SMALL})?|\s+and\s+a\s+half(?=\s+{SCALE}))?"
)
NUMBER = rf"(?:{DIGITS}|\b(?:{WORDS}))(?:(?:[-\s]?{SCALE})\b)*"
"""A whole numeral, scale words included: "54", "1.5 million", "fifty-four", "a dozen", "two hundred and six"."""

_WORD = re.compile(rf"{DIGITS}|\.5|[a-z]+")
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b")


def parse_number(text: str) -> Decimal | None:
    """The value of a numeral in digits, words or both; None if a word in it is no numeral.

    Scales in a row multiply ("4,000 million"), what stands between them adds ("two million five thousand").
    """
    total, current, factor = Decimal(0), None, Decimal(1)
    for word in _WORD.findall(_AND_A_HALF.sub(" .5", text.lower())):
        if word == "half":
            factor = Decimal("0.5")
        elif word in SCALES or word in LETTER_SCALES:
            total += _or_one(current) * (SCALES.get(word) or LETTER_SCALES[word])
            current = None
        elif word in GROUPS:
            current = _or_one(current) * GROUPS[word]
        elif word not in {"a", "an", "and"}:
            worth = _worth(word)
            if worth is None:
                return None
            current = (current or Decimal(0)) + worth
    if current is None and total == 0:
        return None
    value = (total + (current or Decimal(0))) * factor
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _or_one(number: Decimal | None) -> Decimal:
    return Decimal(1) if number is None else number


def _worth(word: str) -> Decimal | None:
    """The value of a single word or figure."""
    if word[0].isdigit() or word == ".5":
        return Decimal(word.replace(",", ""))
    small = UNITS.get(word) or TENS.get(word)
    return None if small is None else Decimal(small)
