"""Candidates that became no fact: all of them counted, as many listed as a person or a program will read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Rejection

MOST_LISTED: Final = 10_000
"""Of a report; an article has some sixty, and `kg build --trace` shows all of one."""


class Rejected:
    """Rejections of a build: `by_stage` counts all, `listed` gives those of the first articles by id."""

    def __init__(self) -> None:
        self.by_stage: Counter[str] = Counter()
        self._listed: list[Rejection] = []

    def add(self, rejections: Iterable[Rejection]) -> None:
        """Take note of some, in any order of articles."""
        for each in rejections:
            self.by_stage[each.stage] += 1
            self._listed.append(each)
        if len(self._listed) > 2 * MOST_LISTED:
            self._listed = list(self.listed())

    def listed(self) -> tuple[Rejection, ...]:
        """Those to list, by article; within one in the order in which they were added."""
        return tuple(sorted(self._listed, key=lambda each: each.article)[:MOST_LISTED])
