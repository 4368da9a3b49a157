"""What the learned extractor is trained for: relations, their modality, classes, references and what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from kg.extract.relations.network import NEVER
from training.relations.items import CLASS_NAMES, gather, reference_gap
from training.relations.model import Places

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from torch import Tensor, nn

    from training.relations.items import Item
    from training.relations.model import Encoded, RelationModel
    from training.relations.samples import Sample

WEIGHTS = {"relations": 1.0, "modality": 0.35, "kinds": 0.3, "marks": 0.2, "antecedents": 0.2}
"""What each loss counts, so that relations lead; the others are means that fall much slower."""
# Half of all pairs are far apart and without a fact: each time only this share of them is shown.
FAR_KEPT = 0.2
# How often references are given where they are known, and the share of them then: later they are found, not given.
REFERENCES_GIVEN, REFERENCES_KEPT = 0.75, 0.8
# Marks of words, as the network at run time reads them.
_BEGIN, _INSIDE = 1, 2


def item_losses(
    model: RelationModel, item: Item, rng: random.Random, head: nn.Linear | None = None
) -> dict[str, Tensor]:
    """Give the losses of one sample, unweighted; a foreign one has relations only, scored by a `head` of its own."""
    encoded = model.encode(item.states.float(), item.tags, item.sentences)
    chosen = _some_places(item.sample, rng)
    things = model.things(model.mentions(encoded.words, chosen), chosen.owner)
    kept = torch.tensor([i for i, far in enumerate(item.far.tolist()) if not far or rng.random() < FAR_KEPT])
    z = model.pairs(encoded, chosen, things, item.pairs[kept], item.near[kept])
    scores = (model.properties if head is None else head)(model.dropout(z))
    relations = relation_loss(scores, item.target[kept], item.ignored[kept], item.allowed[kept])
    if item.foreign:
        return {"relations": relations}
    modality = _modality_loss(model, z, item.sample, item.pairs[kept])
    return {"relations": relations, **modality, **_name_losses(model, encoded, item)}


def _some_places(sample: Sample, rng: random.Random) -> Places:
    """Gather the names, and, where references are annotated, some of them or none; found ones all."""
    known = sample.references is not None
    give = not known or rng.random() < REFERENCES_GIVEN
    return gather(sample, lambda _: give and (not known or rng.random() < REFERENCES_KEPT))


def _modality_loss(model: RelationModel, z: Tensor, sample: Sample, pairs: Tensor) -> dict[str, Tensor]:
    held = {(f.subject, f.object): f.modality for f in (*sample.facts, *sample.denied)}
    row = {(a, b): k for k, (a, b) in enumerate(pairs.tolist())}
    known = [(row[pair], modality) for pair, modality in held.items() if pair in row]
    if not known:
        return {}
    rows, modalities = zip(*known, strict=True)
    return {"modality": cross_entropy(model.modality(z[list(rows)]), torch.tensor(modalities))}


def _name_losses(model: RelationModel, encoded: Encoded, item: Item) -> dict[str, Tensor]:
    """Give the losses of what the things' names alone decide: classes, and what references stand for."""
    sample, entities = item.sample, item.entities
    names = things_by_name(model, encoded, sample)[entities]
    classes = torch.tensor([CLASS_NAMES.index(sample.classes[i]) for i in entities])
    out = {"kinds": cross_entropy(model.kind(names), classes)}
    if sample.references is not None:
        out["marks"] = cross_entropy(model.refers(encoded.words), _marks(sample.references, len(item.tags)))
    if sample.references:
        scores = antecedent_scores(model, encoded, sample, names, entities)
        out["antecedents"] = cross_entropy(scores, torch.tensor([entities.index(e) for *_, e in sample.references]))
    return out


def _marks(references: Sequence[tuple[int, int, int]], words: int) -> Tensor:
    marks = torch.zeros(words, dtype=torch.int64)
    for start, end, _ in references:
        marks[start:end] = _INSIDE
        marks[start] = _BEGIN
    return marks


def things_by_name(model: RelationModel, encoded: Encoded, sample: Sample) -> Tensor:
    """Pool each thing from its names alone [E, D]."""
    named = gather(sample, lambda _: False)
    return model.things(model.mentions(encoded.words, named), named.owner)


def antecedent_scores(
    model: RelationModel, encoded: Encoded, sample: Sample, names: Tensor, entities: Sequence[int]
) -> Tensor:
    """Score the entities, by the vectors of their names [E, D], for each annotated reference [K, E]."""
    assert sample.references
    first, last = torch.tensor([(a, b - 1) for a, b, _ in sample.references]).T
    gaps = torch.tensor([[reference_gap(sample, a, e) for e in entities] for a, _, _ in sample.references])
    references = model.mentions(encoded.words, Places(first, last, torch.empty(0)))
    return model.antecedents(references, names, gaps)


def relation_loss(scores: Tensor, target: Tensor, ignored: Tensor, allowed: Tensor) -> Tensor:
    """Adaptive thresholding (ATLOP): facts above the threshold, column 0, the rest below it; a mean over pairs.

    `target` [P, C] holds the number of a fact's group of alternatives (from 1), 0 for no fact.
    """
    scores = scores.float().masked_fill(~allowed, NEVER)
    positive = target > 0
    # facts of a pair against the threshold, alternatives together
    above = scores.masked_fill(~(positive | _first(scores)), NEVER)
    total = torch.logsumexp(above, 1)
    loss = scores.new_zeros(())
    for group in range(1, int(target.max()) + 1 if target.numel() else 1):
        rows = (target == group).any(1)
        if rows.any():
            of_group = torch.logsumexp(scores.masked_fill(target != group, NEVER)[rows], 1)
            loss = loss + (total[rows] - of_group).sum()
    below = scores.masked_fill(positive | ignored, NEVER)
    loss = loss + (torch.logsumexp(below, 1) - below[:, 0]).sum()
    return loss / max(1, len(scores))


def _first(scores: Tensor) -> Tensor:
    mask = torch.zeros_like(scores, dtype=torch.bool)
    mask[:, 0] = True
    return mask


def cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    """Mean cross entropy; 0 for no rows."""
    return F.cross_entropy(scores.float(), gold) if len(gold) else scores.new_zeros(())
