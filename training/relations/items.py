"""Samples as tensors. Letters in shapes: N words, E things, K mentions, R references, P pairs, C columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

from kg.extract.relations.distances import NEAR_CODES, nearness, reference_gap, surroundings
from kg.extract.relations.network import BEGIN, INSIDE, NEVER, OUTSIDE
from kg.extract.relations.properties import HAS_POST
from kg.extract.relations.scene import KINDS
from training.corpus.markup import CLASSES, COUNT_PROPERTIES, DATE_PROPERTIES, MONEY_PROPERTIES, PROPERTIES
from training.relations.model import Places
from training.relations.samples import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from kg.extract.relations.scene import ThingKind
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


@dataclass(slots=True)
class Mentions:
    """Words `first` to `last` [K] that stand for things [K], below 0 for none; `weight` is a logarithm."""

    first: Tensor
    last: Tensor
    thing: Tensor
    weight: Tensor
    is_name: Tensor


@dataclass(slots=True)
class References:
    """Annotated references: words [R], the things meant [R], and codes of how near each thing was named [R, E]."""

    first: Tensor
    last: Tensor
    thing: Tensor
    gaps: Tensor


@dataclass(slots=True)
class Item:
    """One sample as tensors, or several joined (`training.relations.joining`).

    `states` [N, D], `tags`, `sentences` and `marks` [N] are the words, `text` [N] the text that each is of, `of_text`
    [E] that of each thing. `classes` [E] counts in `CLASS_NAMES`, `UNKNOWN` for values and posts. `pairs` [P, 2] are
    the pairs of things, `near` [P] how near they are, `around` [E, N] where words stand as seen from things (below 0:
    in another text). `target` [P, C] numbers the facts of a pair from 1, its alternatives alike, 0 for none;
    `modality` [P] is that of its facts; `ignored` [P, C] may or may not be stated; `allowed` [P, C] is what the
    object's kind admits; `spoken` [P] marks pairs of which something is said or denied, `far` [P] distant ones of which
    nothing is. `foreign` ones have columns of their own, and nothing but relations is known of them. `referring` says
    of each text whether its references are annotated.
    """

    ident: str
    states: Tensor
    tags: Tensor
    sentences: Tensor
    marks: Tensor
    text: Tensor
    of_text: Tensor
    classes: Tensor
    mentions: Mentions
    references: References
    pairs: Tensor
    near: Tensor
    around: Tensor
    target: Tensor
    modality: Tensor
    ignored: Tensor
    allowed: Tensor
    far: Tensor
    spoken: Tensor
    referring: tuple[bool, ...]
    foreign: bool = False

    def with_pairs(self, kept: Tensor) -> Item:
        """Give the item with those of its pairs [P] that are `kept`."""
        columns = ("pairs", "near", "target", "modality", "ignored", "allowed", "far", "spoken")
        return replace(self, **{name: getattr(self, name)[kept] for name in columns})

    def places(self, kept: Tensor) -> Places:
        """Give the mentions that are `kept` [K] their things; the names of things always are."""
        owner = torch.full((len(self.of_text), len(kept)), NEVER)
        chosen = ((kept | self.mentions.is_name) & (self.mentions.thing >= 0)).nonzero()[:, 0]
        owner[self.mentions.thing[chosen], chosen] = self.mentions.weight[chosen]
        return Places(self.mentions.first, self.mentions.last, owner)

    def names(self) -> Places:
        """Give the mentions that name their things."""
        return self.places(torch.zeros_like(self.mentions.is_name))


def make_item(sample: Sample, names: Sequence[str], *, foreign: bool = False) -> Item | None:
    """Bring a sample into tensors, with a column for each name of a property; None for one without pairs."""
    scene = sample.scene
    things = scene.things
    index = torch.from_numpy(scene.pairs())
    if not len(index):
        return None
    pairs = [(i, j) for i, j in index.tolist()]
    target, ignored = _targets(sample, pairs, names)
    kinds = torch.tensor([KINDS.index(t.kind) for t in things])
    near = torch.from_numpy(nearness(scene))[index[:, 0], index[:, 1]]
    spoken = {(f.subject, f.object) for f in (*sample.facts, *sample.denied)}
    return Item(
        ident=sample.ident,
        states=torch.from_numpy(scene.states),
        tags=torch.from_numpy(scene.tags()),
        sentences=torch.tensor(scene.sentences) - scene.sentences[0],
        marks=_marks(sample),
        text=torch.zeros(len(scene.tokens), dtype=torch.int64),
        of_text=torch.zeros(len(things), dtype=torch.int64),
        classes=_classes(sample),
        mentions=_mentions(sample),
        references=_references(sample),
        pairs=index,
        near=near,
        around=torch.from_numpy(surroundings(scene)).to(torch.int8),
        target=target,
        modality=_modality(sample, pairs),
        ignored=ignored,
        allowed=torch.ones_like(ignored) if foreign else allowed_by_kind(names)[kinds[index[:, 1]]],
        far=(near >= FAR) & torch.tensor([p not in spoken for p in pairs]),
        spoken=torch.tensor([p in spoken for p in pairs]),
        referring=(sample.references is not None,),
        foreign=foreign,
    )


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


def _modality(sample: Sample, pairs: Sequence[tuple[int, int]]) -> Tensor:
    held = {(f.subject, f.object): f.modality for f in (*sample.facts, *sample.denied)}
    return torch.tensor([held.get(pair, UNKNOWN) for pair in pairs])


def _classes(sample: Sample) -> Tensor:
    kinds = [t.kind for t in sample.scene.things]
    known = [c if kind == "entity" else None for c, kind in zip(sample.classes, kinds, strict=True)]
    return torch.tensor([UNKNOWN if c is None else CLASS_NAMES.index(c) for c in known])


def _mentions(sample: Sample) -> Mentions:
    places = [(i, p) for i, thing in enumerate(sample.scene.things) for p in thing.places]
    return Mentions(
        torch.tensor([p.start for _, p in places]),
        torch.tensor([p.end - 1 for _, p in places]),
        torch.tensor([i for i, _ in places]),
        torch.tensor([p.log_weight for _, p in places], dtype=torch.float32),
        torch.tensor([p.is_name for _, p in places]),
    )


def _references(sample: Sample) -> References:
    known, things = sample.references or [], sample.scene.things
    first, last, thing = torch.tensor([(a, b - 1, e) for a, b, e in known], dtype=torch.int64).reshape(-1, 3).T
    gaps = [[reference_gap(sample.scene, a, t) for t in things] for a, *_ in known]
    return References(first, last, thing, torch.tensor(gaps, dtype=torch.int64).reshape(-1, len(things)))


def _marks(sample: Sample) -> Tensor:
    marks = torch.full((len(sample.scene.tokens),), UNKNOWN if sample.references is None else OUTSIDE)
    for start, end, _ in sample.references or ():
        marks[start:end] = INSIDE
        marks[start] = BEGIN
    return marks
