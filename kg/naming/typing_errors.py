"""Typing errors: two letters swapped, one doubled or dropped, in a word long enough that no other word is meant."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from kg.naming.forms import core_tokens
from kg.naming.lexicon import GENERIC

MIN_LETTERS: Final = 5
"""Below this, one letter makes another word ("Henan", "Hunan" have five, and differ by a substitution)."""

LONG_NAME_LETTERS: Final = 10
"""Letters of a name from which two swapped letters anywhere are a typing error."""


def is_typing_error(left: str, right: str) -> bool:
    """Say whether two words differ by one swap of neighbours or one doubled letter; a changed letter is no error."""
    if left == right or min(len(left), len(right)) < MIN_LETTERS:
        return False
    if len(left) == len(right):
        return sorted(left) == sorted(right) and OSA.distance(left, right, score_cutoff=1) == 1
    return OSA.distance(left, right, score_cutoff=1) == 1 and _undoubled(left) == _undoubled(right)


def one_typing_error(a: str, b: str) -> bool:
    """Say whether two names differ by one typing error, in a long name or one long word, and not by common words."""
    x, y = core_tokens(a), core_tokens(b)
    differing = [(p, q) for p, q in zip(x, y, strict=False) if p != q]
    if len(x) != len(y) or len(differing) != 1 or set(differing[0]) <= GENERIC:
        return False
    if not all(map(str.isalpha, differing[0])):
        return False  # "Block 12" and "Block 21" are two blocks
    left, right = "".join(x), "".join(y)
    return is_typing_error(*differing[0]) or (len(left) >= LONG_NAME_LETTERS and is_typing_error(left, right))


def _undoubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if i == 0 or word[i - 1] != char)
