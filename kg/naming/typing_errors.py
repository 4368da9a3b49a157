"""Typing errors: two letters swapped, one doubled or dropped, in a word long enough that no other word is meant."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

MIN_LETTERS: Final = 5
"""Below this, one letter makes another word ("Henan", "Hunan" have five, and differ by a substitution)."""


def is_typing_error(left: str, right: str) -> bool:
    """Say whether two words differ by one swap of neighbours or one doubled letter; a changed letter is no error."""
    if left == right or min(len(left), len(right)) < MIN_LETTERS:
        return False
    if len(left) == len(right):
        return sorted(left) == sorted(right) and OSA.distance(left, right, score_cutoff=1) == 1
    return OSA.distance(left, right, score_cutoff=1) == 1 and _undoubled(left) == _undoubled(right)


def _undoubled(word: str) -> str:
    return "".join(char for i, char in enumerate(word) if i == 0 or word[i - 1] != char)
