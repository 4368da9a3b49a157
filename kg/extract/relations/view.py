"""What the network says of one article: classes of its things, what references mean, which pairs are related."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.relations.distances import is_apart, reference_gap
from kg.extract.relations.network import (
    BEGIN,
    EVERY_PAIR,
    INSIDE,
    LEAST_PROMISE,
    Floats,
    Mentions,
    RelationNetwork,
    gather,
)
from kg.extract.relations.scene import KINDS, Place, Scene, Thing
from kg.extract.relations.windows import windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.relations.properties import PropertyScorer

# Log probability from which a word begins a reference, and an antecedent is believed.
_MARK, _MIN_ANTECEDENT = np.log(0.5), 0.5


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Words of the scene, half-open, that stand for a thing, and how probably."""

    start: int
    end: int
    thing: str
    probability: float


@dataclass(frozen=True, slots=True)
class Related:
    """A pair of things that a property may link: margin over the threshold (log odds), modalities, and the vector.

    `modalities` are probabilities in the order of the network's labels. `apart` says that no sentence mentions both.
    `left` and `right` [N] say how much each looks at the words of the window, which begins at `base`.
    """

    subject: Thing
    object: Thing
    property: str
    margin: float
    modalities: Floats
    vector: Floats
    apart: bool
    base: int
    left: Floats
    right: Floats


class View:
    """One article before the network."""

    def __init__(self, scene: Scene, network: RelationNetwork) -> None:
        """Read the article and judge the things by their names."""
        self.scene = scene
        self.network = network
        self.kinds: dict[str, Floats] = {}
        self.antecedents: list[Antecedent] = []
        self._windows: list[tuple[int, Scene, Floats, Floats]] = []
        kinds = defaultdict[str, list[Floats]](list)
        for base, window in windows(scene):
            words, attention, marks = network.encode(
                window.states, window.tags(), np.array(window.sentences, dtype=np.int64)
            )
            self._windows.append((base, window, words, attention))
            named = [t for t in window.things if t.kind == "entity" and any(p.is_name for p in t.places)]
            if named:
                self._by_names(base, window, named, words, marks, kinds)
        self.kinds = {key: np.mean(found, 0) for key, found in kinds.items()}

    def _by_names(
        self, base: int, window: Scene, named: list[Thing], words: Floats, marks: Floats, kinds: dict[str, list[Floats]]
    ) -> None:
        taken = window.tags() > 0
        spans = [s for s in _spans(marks) if not taken[s[0] : s[1]].any()]
        at = np.array([s[0] for s in spans], dtype=np.int64)
        to = np.array([s[1] - 1 for s in spans], dtype=np.int64)
        gaps = np.array([[reference_gap(window, s[0], t) for t in named] for s in spans], dtype=np.int64)
        names = gather([[p for p in t.places if p.is_name] for t in named])
        of_things, of_references = self.network.things(words, names, at, to, gaps.reshape(len(spans), len(named)))
        for thing, row in zip(named, np.exp(of_things), strict=True):
            kinds[thing.key].append(row)
        known = {(a.start, a.end) for a in self.antecedents}
        for span, row in zip(spans, np.exp(of_references), strict=True):
            place = (base + span[0], base + span[1])
            best = int(row.argmax())
            if place not in known and row[best] >= _MIN_ANTECEDENT:
                self.antecedents.append(Antecedent(*place, named[best].key, float(row[best])))

    def related(self, scorer: PropertyScorer) -> Iterator[Related]:
        """Judge all pairs of things; of a pair in several windows, the surest judgement of each property."""
        best: dict[tuple[str, str, str, str], Related] = {}
        for base, window, words, attention in self._windows:
            extra = self._references(base, base + len(window.tokens))
            things = [Thing(t.key, t.kind, (*t.places, *extra.get(t.key, ()))) for t in window.things]
            for found in self._pairs(base, replace(window, things=tuple(things)), words, attention, scorer):
                key = (found.subject.key, found.object.kind, found.object.key, found.property)
                if key not in best or found.margin > best[key].margin:
                    best[key] = found
        yield from best.values()

    def _references(self, start: int, end: int) -> dict[str, list[Place]]:
        out = defaultdict[str, list[Place]](list)
        for a in self.antecedents:
            if start <= a.start and a.end <= end:
                out[a.thing].append(Place(a.start - start, a.end - start, a.probability, is_name=False))
        return out

    def _pairs(
        self, base: int, window: Scene, words: Floats, attention: Floats, scorer: PropertyScorer
    ) -> Iterator[Related]:
        things = window.things
        pairs = window.pairs()
        if not len(pairs):
            return
        # what a property that nothing was trained for looks like, no pair can promise
        least = EVERY_PAIR if scorer.has_untrained else LEAST_PROMISE
        judged = self.network.pairs(words, attention, window, pairs, least)
        looked = _looked(judged.mentions, attention)
        apart, held = is_apart(judged.near), np.exp(judged.modalities)
        kinds = np.array([KINDS.index(things[j].kind) for j in judged.pairs[:, 1]])
        for row, name, margin in scorer.facts(judged.vectors, judged.properties, kinds):
            left, right = judged.pairs[row]
            yield Related(
                things[left], things[right], name, margin, held[row], judged.vectors[row], bool(apart[row]),
                base, looked[left], looked[right],
            )  # fmt: skip


def _looked(mentions: Mentions, attention: Floats) -> Floats:
    weights = np.exp(mentions.owner - mentions.owner.max(1, keepdims=True))
    out: Floats = (weights / weights.sum(1, keepdims=True)) @ attention[mentions.first]
    return out


def _spans(marks: Floats) -> list[tuple[int, int]]:
    """Decode references: each begins where that is likely and goes on while its words are marked as inside."""
    out, i, size = list[tuple[int, int]](), 0, len(marks)
    while i < size:
        if marks[i, BEGIN] < _MARK:
            i += 1
            continue
        end = i + 1
        while end < size and marks[end].argmax() == INSIDE:
            end += 1
        out.append((i, end))
        i = end
    return out
