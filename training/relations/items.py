"""Samples as tensors. Letters in shapes: N words, E things, K mentions, P pairs, C columns of properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from kg.extract.relations.network import NEVER
from kg.extract.relations.properties import HAS_POST
from kg.extract.relations.scene import KINDS, NEAR_CODES, nearness
from kg.extract.relations.view import REFERENCE_GAPS
from training.corpus.markup import CLASSES, COUNT_PROPERTIES, DATE_PROPERTIES, MONEY_PROPERTIES, PROPERTIES
from training.relations.model import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from kg.extract.relations.scene import Place, ThingKind
    from training.relations.samples import Label, Sample

CLASS_NAMES = ("", *sorted(CLASSES))
PROPERTY_NAMES = ("", *sorted(PROPERTIES), HAS_POST)
RANGE_KINDS: dict[str, ThingKind] = {
    **dict.fromkeys(sorted(DATE_PROPERTIES), "date"),
    **dict.fromkeys(sorted(MONEY_PROPERTIES), "money"),
    **dict.fromkeys(sorted(COUNT_PROPERTIES), "count"),
    HAS_POST: "post",
}
"""The kind of the objects of those properties whose objects are no entities."""
# From this code of nearness on, the last but one, two things are far apart.
FAR = NEAR_CODES - 2
# Least weight of a mention, so that its logarithm is finite.
_LEAST_WEIGHT = 1e-3


@dataclass(slots=True)
class Item:
    """A sample as tensors.

    `states` [N, D], `tags` and `sentences` [N] are the words; `pairs` [P, 2] and `near` [P] the pairs of things.
    `target` [P, C] numbers the facts of a pair from 1, its alternatives alike, 0 for none; `ignored` [P, C] may or may
    not be stated; `allowed` [P, C] is what the object's kind admits; `far` [P] marks distant pairs of which nothing is
    said. `foreign` ones have columns of their own, and nothing but relations is known of them.
    """

    sample: Sample
    states: Tensor
    tags: Tensor
    sentences: Tensor
    pairs: Tensor
    near: Tensor
    target: Tensor
    ignored: Tensor
    allowed: Tensor
    far: Tensor
    foreign: bool = False

    @property
    def entities(self) -> list[int]:
        """The things that are entities."""
        return [i for i, t in enumerate(self.sample.scene.things) if t.kind == "entity"]


def make_item(sample: Sample, names: Sequence[str], *, foreign: bool = False) -> Item | None:
    """Bring a sample into tensors, with a column for each name of a property; None for one without pairs."""
    scene = sample.scene
    things = scene.things
    pairs = [(i, j) for i, a in enumerate(things) if a.kind == "entity" for j in range(len(things)) if i != j]
    if not pairs:
        return None
    index = torch.tensor(pairs)
    target, ignored = _targets(sample, pairs, names)
    kinds = torch.tensor([KINDS.index(t.kind) for t in things])
    allowed = torch.ones_like(ignored) if foreign else allowed_by_kind(names)[kinds[index[:, 1]]]
    near = torch.from_numpy(nearness(scene))[index[:, 0], index[:, 1]]
    spoken = {(f.subject, f.object) for f in (*sample.facts, *sample.denied)}
    far = (near >= FAR) & torch.tensor([p not in spoken for p in pairs])
    sentences = torch.tensor(scene.sentences) - scene.sentences[0]
    states, tags = torch.from_numpy(scene.states), torch.from_numpy(scene.tags())
    return Item(sample, states, tags, sentences, index, near, target, ignored, allowed, far, foreign)


def _targets(sample: Sample, pairs: Sequence[tuple[int, int]], names: Sequence[str]) -> tuple[Tensor, Tensor]:
    number = {name: i for i, name in enumerate(names)}
    row = {pair: k for k, pair in enumerate(pairs)}

    def columns(fact: Label) -> list[int]:
        return [number[p] for p in fact.properties if p in number]

    target = torch.zeros(len(pairs), len(names), dtype=torch.uint8)
    ignored = torch.zeros(len(pairs), len(names), dtype=torch.bool)
    groups: dict[int, int] = {}
    for fact in sample.facts:
        k = row.get((fact.subject, fact.object))
        if k is not None and columns(fact) and not target[k, columns(fact)].any():
            groups[k] = groups.get(k, 0) + 1
            target[k, columns(fact)] = groups[k]
    for fact in sample.open:
        k = row.get((fact.subject, fact.object))
        if k is not None:
            ignored[k, columns(fact)] = True
    return target, ignored & (target == 0)


def allowed_by_kind(names: Sequence[str]) -> Tensor:
    """Tell for each kind of object [kinds, C] which properties it can have; the threshold always."""
    kinds = [RANGE_KINDS.get(name, "entity") for name in names]
    return torch.tensor([[j == 0 or kinds[j] == kind for j in range(len(names))] for kind in KINDS])


def gather(sample: Sample, keep: Callable[[Place], bool]) -> Places:
    """Bring the mentions of all things that `keep` admits into tensors; each thing keeps its names."""
    things = sample.scene.things
    kept = [(i, p) for i, thing in enumerate(things) for p in thing.places if p.is_name or keep(p)]
    owner = torch.full((len(things), len(kept)), NEVER)
    weights = [np.log(max(p.weight, _LEAST_WEIGHT)) for _, p in kept]
    owner[[i for i, _ in kept], torch.arange(len(kept))] = torch.tensor(weights, dtype=torch.float32)
    return Places(torch.tensor([p.start for _, p in kept]), torch.tensor([p.end - 1 for _, p in kept]), owner)


def reference_gap(sample: Sample, word: int, thing: int) -> int:
    """Code the distance in sentences to the nearest name of a thing before a word."""
    sentences, places = sample.scene.sentences, sample.scene.things[thing].places
    before = [sentences[word] - sentences[p.start] for p in places if p.is_name and p.start < word]
    return min(REFERENCE_GAPS - 1, *before) if before else REFERENCE_GAPS
