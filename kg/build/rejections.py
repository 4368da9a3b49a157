"""Candidates that became no fact: all of them counted, those listed that came nearest to it."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Rejection

MOST: Final = "most_of_an_article"
"""Key of the report under which stands how many of an article are listed; null for all."""
MOST_OF_AN_ARTICLE: Final = 10
"""Candidates listed of one article, which has some sixty; `kg build --trace` shows all, `--all-rejected` lists all."""
MOST_LISTED: Final = 1_000
"""Of a report, some 250 kB."""
_NEAREST_FIRST: Final = (
    "gazetteer", "value", "confidence", "role", "modality", "class", "frame", "predication", "names"
)  # fmt: skip
_STEPS: Final = {stage: step for step, stage in enumerate(_NEAREST_FIRST)}


class Rejected:
    """Rejections of a build: `by_stage` and `by_property` count all, `listed` gives some, or `everything`."""

    def __init__(self, *, everything: bool = False) -> None:
        self.everything = everything
        self.by_stage: Counter[str] = Counter()
        self.by_property: Counter[str] = Counter()
        self._listed: dict[str, list[Rejection]] = defaultdict(list)

    def add(self, rejections: Iterable[Rejection]) -> None:
        """Take note of some, in any order."""
        new: dict[str, list[Rejection]] = defaultdict(list)
        for each in rejections:
            self.by_stage[each.stage] += 1
            name, colon, _ = each.reason.partition(": ")
            if colon:
                self.by_property[name] += 1
            new[each.article].append(each)
        for article, of_it in new.items():
            found = [*self._listed[article], *of_it]
            self._listed[article] = found if self.everything else heapq.nsmallest(MOST_OF_AN_ARTICLE, found, key=_order)
        if not self.everything and len(self._listed) > 2 * MOST_LISTED:
            for article in sorted(self._listed)[MOST_LISTED:]:  # each has one or more, so none of these will be listed
                del self._listed[article]

    def listed(self) -> tuple[Rejection, ...]:
        """Those of the first articles by id, in the order of the text."""
        found = [each for article in sorted(self._listed) for each in sorted(self._listed[article], key=_place)]
        return tuple(found if self.everything else found[:MOST_LISTED])


def _order(rejection: Rejection) -> tuple[object, ...]:
    return _STEPS.get(rejection.stage, len(_STEPS)), *_place(rejection)


def _place(rejection: Rejection) -> tuple[object, ...]:
    return rejection.span, rejection.stage, rejection.reason
