"""Acronyms: is "BSN" made from the words of "Blockchain-based Service Network"?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.naming.forms import CACHE_SIZE, fold
from kg.naming.lexicon import FUNCTION_WORDS, GROUP_WORDS, LEGAL_FORMS, REGION_WORDS

MIN_LETTERS: Final = 2
MAX_LETTERS: Final = 10
"""Longer runs of capitals are shouted words, not acronyms."""
MIN_UPPER_SHARE: Final = 0.6
"""Share of capitals in an acronym: "PBoC" and "AIMCo" pass, "Fed" and "Benz" do not."""
MAX_LETTERS_PER_WORD: Final = 3
"""Letters that one word may lend to an acronym set in brackets after its name: "FISCO" takes two of "Financial"."""
INTRODUCED_SHARE: Final = 0.6
"""Share of an acronym's letters that its words must explain where brackets introduce it ("CMCC": 3 of 4)."""

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_OPTIONAL: Final = FUNCTION_WORDS | GROUP_WORDS | LEGAL_FORMS


@lru_cache(maxsize=CACHE_SIZE)
def is_acronym(surface: str) -> bool:
    """Say whether `surface` is written as an acronym: one word, mostly capitals, two to ten letters."""
    letters = surface.replace(".", "").replace("&", "").removeprefix("the ").removesuffix("'s").removesuffix("\u2019s")
    if not letters.isalnum() or not MIN_LETTERS <= len(letters) <= MAX_LETTERS or not letters[0].isupper():
        return False
    return sum(char.isupper() for char in letters) >= MIN_UPPER_SHARE * len(letters)


@lru_cache(maxsize=CACHE_SIZE)
def initials(name: str) -> str:
    """Return the initials of the content words of `name`, in capitals: "Bank for Trade" -> "BT"."""
    return "".join(word[0] for word, optional in _words(name) if not optional).upper()


@lru_cache(maxsize=CACHE_SIZE)
def initial_variants(name: str) -> frozenset[str]:
    """Return the initials of `name` with and without its optional words: keys under which its acronyms are found."""
    words = _words(name)
    if len(words) > MIN_LETTERS and words[0][0] in REGION_WORDS:
        return _variants(words) | _variants(words[1:])
    return _variants(words)


def _variants(words: tuple[tuple[str, bool], ...]) -> frozenset[str]:
    needed = "".join(word[0] for word, optional in words if not optional)
    full = "".join(word[0] for word, _ in words)
    plain = "".join(word[0] for word, _ in words if word not in FUNCTION_WORDS)
    unlegal = "".join(word[0] for word, _ in words if word not in LEGAL_FORMS)
    bare = "".join(word[0] for word, _ in words if word not in FUNCTION_WORDS and word not in LEGAL_FORMS)
    return frozenset(text.upper() for text in (needed, full, plain, unlegal, bare) if len(text) > 1)


@lru_cache(maxsize=CACHE_SIZE)
def acronym_of(short: str, long: str) -> bool:
    """Say whether `short` is the acronym of `long` by initials.

    Every letter is the initial of a word, in order; "of", "and", legal forms and the second part of a hyphenated word
    may be skipped, and a leading place; other words not. Two letters need a name of exactly two content words.
    """
    if not is_acronym(short):
        return False
    letters = _letters(short)
    words = _words(long)
    if len(letters) > MIN_LETTERS and words and words[0][0] in REGION_WORDS and _aligns(letters, words[1:]):
        return True
    content = sum(not optional for _, optional in words)
    if content < MIN_LETTERS or (len(letters) == MIN_LETTERS and content != MIN_LETTERS):
        return False
    return _aligns(letters, words)


@lru_cache(maxsize=CACHE_SIZE)
def scattered_acronym_of(short: str, long: str) -> bool:
    """Say whether `short` takes one to three leading letters of words of `long`, in order, from the first to the last.

    "FISCO" of "Financial Blockchain Shenzhen Consortium", "AIMCo" of "Alberta Investment Management" (and Company). The
    last word of `long` lends a letter: what follows an acronym's words is the name of a part.
    """
    letters, words = _letters(short), tuple(word for word, _ in _words(long))
    if not is_acronym(short) or len(words) < MIN_LETTERS or letters[0] != words[0][0] or letters in words:
        return False
    if short.endswith("Co"):
        words = (*words, "co")
    last = max(i for i, word in enumerate(words) if i == 0 or word not in _OPTIONAL or word == "co")
    spans = (letters[:-size] for size in range(1, MAX_LETTERS_PER_WORD + 1) if words[last].startswith(letters[-size:]))
    return any(_scattered_length(rest, words[:last]) == len(rest) for rest in spans if rest)


@lru_cache(maxsize=CACHE_SIZE)
def introduced_acronym_of(short: str, long: str) -> bool:
    """Say whether `short`, set in brackets after `long`, can be its acronym.

    The brackets already say so: most of its letters, from the first on, lead words of `long` in order.
    """
    if acronym_of(short, long) or scattered_acronym_of(short, long):
        return True
    letters, words = _letters(short), tuple(word for word, _ in _words(long))
    return is_acronym(short) and _scattered_length(letters, words) >= INTRODUCED_SHARE * len(letters)


def _letters(short: str) -> str:
    return fold(short.removesuffix("'s").removesuffix("\u2019s").removeprefix("the ")).replace(".", "").replace("&", "")


@lru_cache(maxsize=CACHE_SIZE)
def _words(name: str) -> tuple[tuple[str, bool], ...]:
    """Return the words of `name`, each with whether an acronym may skip it."""
    found: list[tuple[str, bool]] = []
    for chunk in fold(name).replace("'s ", " ").split():
        parts = _WORD.findall(chunk)
        hyphenated = "-" in chunk
        found.extend((part, part in _OPTIONAL or (hyphenated and i > 0)) for i, part in enumerate(parts))
    return tuple(found)


def _aligns(letters: str, words: tuple[tuple[str, bool], ...]) -> bool:
    reachable = {0}
    for word, optional in words:
        step = {i + 1 for i in reachable if i < len(letters) and letters[i] == word[0]}
        reachable = step | reachable if optional else step
    return len(letters) in reachable


def _scattered_length(letters: str, words: tuple[str, ...]) -> int:
    """Return how many letters, from the first, can be taken as leading letters of words in order."""
    reachable = {0}
    for word in words:
        for start in tuple(reachable):
            for taken in range(1, MAX_LETTERS_PER_WORD + 1):
                if start + taken <= len(letters) and word[:taken] == letters[start : start + taken]:
                    reachable.add(start + taken)
    return max(reachable)
