"""How good the learned extractor is while it is trained: relations, classes and modality on the texts held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from kg.extract.relations.network import LEAST_PROMISE, NEVER
from kg.extract.relations.properties import HAS_POST
from training.relations.losses import things_by_name
from training.relations.samples import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

    from training.relations.items import Item
    from training.relations.model import Encoded, RelationModel
    from training.relations.samples import Sample


@dataclass(slots=True)
class Tally:
    """Counts of what is found, right and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    kinds: int = 0
    kinds_right: int = 0
    modalities: int = 0
    modalities_right: int = 0
    pairs: int = 0
    looked: int = 0
    spoken: int = 0
    spoken_looked: int = 0

    def figures(self) -> dict[str, float]:
        """Micro precision, recall and F1 of the relations, accuracy of classes and of modality.

        `looked` is the share of the pairs that the network looks at, `reached` that of those that something is said of.
        """
        p, r, f = scores(self.right, self.right, self.found, self.wanted)
        kinds, modalities = max(1, self.kinds), max(1, self.modalities)
        return {
            "P": p, "R": r, "F": f, "class": self.kinds_right / kinds, "modality": self.modalities_right / modalities,
            "looked": self.looked / max(1, self.pairs), "reached": self.spoken_looked / max(1, self.spoken),
        }  # fmt: skip


def scores(right: int, covered: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1; `right` of those found, which say `covered` of those wanted; 0 where nothing is."""
    p, r = right / max(1, found), covered / max(1, wanted)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def stated(sample: Sample, names: Sequence[str]) -> int:
    """How many facts of properties with these names a sample states, posts left out."""
    return sum(f.properties[0] != HAS_POST and not set(names).isdisjoint(f.properties) for f in sample.facts)


@torch.no_grad()
def measure(model: RelationModel, items: Iterable[tuple[Item, int]]) -> dict[str, float]:
    """Give figures on items, each with the number of facts that its text states; all references are given."""
    was_training = model.training
    model.eval()
    tally = Tally()
    for item, wanted in items:
        encoded = model.encode(item.states.float(), item.tags, item.sentences)
        looked, z = _pairs(model, encoded, item)
        tally.wanted += wanted
        _count_pairs(tally, item, looked)
        _count_relations(tally, model.properties(z), looked)
        _count_classes(tally, model.kind(things_by_name(model, encoded, item)), item)
        _count_modalities(tally, model.modality(z), looked)
    model.train(was_training)
    return tally.figures()


def _pairs(model: RelationModel, encoded: Encoded, item: Item) -> tuple[Item, Tensor]:
    """Give the item with those of its pairs that promise something, and their vectors."""
    places = item.places(torch.ones_like(item.mentions.is_name))
    things = model.things(model.mentions(encoded.words, places), places.owner)
    item = item.with_pairs(model.promise(things, item.pairs, item.near) > LEAST_PROMISE)
    return item, model.pairs(encoded, places, things, item.pairs, item.near, item.around)


def _count_pairs(tally: Tally, item: Item, looked: Item) -> None:
    tally.pairs += len(item.pairs)
    tally.looked += len(looked.pairs)
    tally.spoken += int(item.spoken.sum())
    tally.spoken_looked += int(looked.spoken.sum())


def _count_relations(tally: Tally, found: Tensor, item: Item) -> None:
    found = found.masked_fill(~item.allowed, NEVER)
    said = found[:, 1:] > found[:, :1]
    said[:, -1] = False  # the posts
    tally.right += int((said & (item.target[:, 1:] > 0)).sum())
    tally.found += int((said & ~item.ignored[:, 1:]).sum())


def _count_classes(tally: Tally, scores: Tensor, item: Item) -> None:
    known = item.classes > 0
    judged = scores[:, 1:].argmax(1) + 1
    tally.kinds += int(known.sum())
    tally.kinds_right += int((judged == item.classes)[known].sum())


def _count_modalities(tally: Tally, scores: Tensor, item: Item) -> None:
    known = item.modality != UNKNOWN
    tally.modalities += int(known.sum())
    tally.modalities_right += int((scores.argmax(1) == item.modality)[known].sum())
