"""Measures of the evaluation: attachment, sentences, names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]


@dataclass(slots=True)
class Counts:
    """Right, predicted and gold items of one kind."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, gold: set[object], predicted: set[object]) -> None:
        """Count two sets of items against each other."""
        self.right += len(gold & predicted)
        self.predicted += len(predicted)
        self.gold += len(gold)

    @property
    def f(self) -> float:
        """Give the F score in per cent, to two places."""
        return round(200 * self.right / max(1, self.predicted + self.gold), 2)

    def report(self) -> dict[str, float]:
        """Give precision, recall, F in per cent and the number of gold items."""
        return {
            "p": round(100 * self.right / max(1, self.predicted), 1),
            "r": round(100 * self.right / max(1, self.gold), 1),
            "f": round(self.f, 1),
            "gold": self.gold,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """One word of a parse: characters it covers, tags, head by characters (None: the root), label."""

    span: Span
    upos: str
    xpos: str
    feats: str
    lemma: str
    head: Span | None
    dep: str


@dataclass(slots=True)
class ParseScores:
    """Scores of parses; words are the same when they cover the same characters."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

    def add(self, gold: list[Row], predicted: list[Row], gold_sentences: set[Span], sentences: set[Span]) -> None:
        """Count one document."""
        for key in ("upos", "xpos", "feats"):
            self._add(key, {(r.span, getattr(r, key)) for r in gold}, {(r.span, getattr(r, key)) for r in predicted})
        self._add("lemma", {(r.span, r.lemma.lower()) for r in gold}, {(r.span, r.lemma.lower()) for r in predicted})
        self._add("tokens", {r.span for r in gold}, {r.span for r in predicted})
        punctuation = {r.span for r in gold if r.dep == "punct"}
        solid_gold = [r for r in gold if r.dep != "punct"]
        # The gold decides what punctuation is where both have the word: a wrong "punct" is an error, not an excuse.
        known = {r.span for r in gold}
        solid = [r for r in predicted if (r.span not in punctuation if r.span in known else r.dep != "punct")]
        self._add("uas", {(r.span, r.head) for r in solid_gold}, {(r.span, r.head) for r in solid})
        self._add("las", {(r.span, r.head, r.dep) for r in solid_gold}, {(r.span, r.head, r.dep) for r in solid})
        self._add("las_all", {(r.span, r.head, r.dep) for r in gold}, {(r.span, r.head, r.dep) for r in predicted})
        self._add(
            "las_main_all",
            {(r.span, r.head, r.dep.split(":")[0]) for r in gold},
            {(r.span, r.head, r.dep.split(":")[0]) for r in predicted},
        )
        self._add("sentences", set(gold_sentences), set(sentences))

    def _add(self, key: str, gold: set[object], predicted: set[object]) -> None:
        self.counts[key].add(gold, predicted)

    def report(self) -> dict[str, float]:
        """Give the F score of each measure; with gold tokens that is the accuracy."""
        return {key: counts.f for key, counts in self.counts.items()}


@dataclass(slots=True)
class NameScores:
    """Scores of names by type, of all together ("all"), and of their spans alone ("span")."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

    def add(self, gold: Iterable[tuple[int, int, str]], predicted: Iterable[tuple[int, int, str]]) -> None:
        """Count one document."""
        gold, predicted = set(gold), set(predicted)
        self.counts["all"].add(set(gold), set(predicted))
        self.counts["span"].add({g[:2] for g in gold}, {p[:2] for p in predicted})
        for label in sorted({x[2] for x in gold | predicted}):
            self.counts[label].add({g for g in gold if g[2] == label}, {p for p in predicted if p[2] == label})

    def report(self) -> dict[str, dict[str, float]]:
        """Give precision, recall and F by type."""
        return {key: counts.report() for key, counts in sorted(self.counts.items())}
