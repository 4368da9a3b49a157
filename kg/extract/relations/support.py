"""Which sentences support a learned fact, and which mentions in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kg.extract.relations.scene import Place, Scene
    from kg.extract.relations.view import Related

# A run of sentences that supports a fact is not longer.
_MAX_RUN = 4


@dataclass(frozen=True, slots=True)
class Support:
    """The sentences, and the mentions of subject and object, all as words of the scene, half-open."""

    run: tuple[int, int]
    subject: tuple[int, int]
    object: tuple[int, int]


def support(scene: Scene, related: Related) -> Support:
    """Find the sentence that mentions both things, of several the one that both look at most.

    Where none does, the run between their nearest mentions; the sentence of the object where these are far apart.
    """
    sentences, base = scene.sentences, related.base
    both = related.left * related.right
    weight = np.bincount(sentences[base : base + len(both)], weights=both).tolist()

    def order(pair: tuple[Place, Place]) -> tuple[float, ...]:
        a, b = pair
        m, n = sentences[base + a.start], sentences[base + b.start]
        return (abs(m - n), -weight[m] - weight[n], not a.is_name, not b.is_name, abs(a.start - b.start), a.start)

    a, b = min(((a, b) for a in related.subject.places for b in related.object.places), key=order)
    return Support(_run(sentences, base, a, b), (base + a.start, base + a.end), (base + b.start, base + b.end))


def _run(sentences: tuple[int, ...], base: int, a: Place, b: Place) -> tuple[int, int]:
    first, last = sorted((sentences[base + a.start], sentences[base + b.start]))
    if last - first >= _MAX_RUN:
        first = last = sentences[base + b.start]
    return bisect_left(sentences, first), bisect_right(sentences, last)
