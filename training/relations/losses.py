"""What the learned extractor is trained for: relations, their modality, classes, references and what they stand for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F

from kg.extract.relations.network import LEAST_PROMISE, NEVER
from training.relations.model import Places
from training.relations.samples import UNKNOWN

if TYPE_CHECKING:
    import random

    from torch import Tensor, nn

    from training.relations.items import Item
    from training.relations.model import Encoded, RelationModel

WEIGHTS = {"relations": 1.0, "promise": 0.5, "modality": 0.35, "kinds": 0.3, "marks": 0.2, "antecedents": 0.2}
"""What each loss counts, so that relations lead; the others are means that fall much slower."""
# Half of all pairs are far apart and without a fact: each time only this share of them is shown.
FAR_KEPT = 0.35
# The share of the things whose names are hidden.
NAMES_HIDDEN = 0.1
# How often references are given where they are known, and the share of them then: later they are found, not given.
REFERENCES_GIVEN, REFERENCES_KEPT = 0.75, 0.8
# Numbers of pairs are brought to multiples of this.
PAIR_STEP = 128


def item_losses(
    model: RelationModel, item: Item, rng: random.Random, head: nn.Linear | None = None
) -> dict[str, Tensor]:
    """Give the losses of one item, unweighted; a foreign one has relations only, scored by a `head` of its own."""
    encoded = model.encode(_some_states(item, rng), item.tags, item.sentences, item.text)
    places = _some_places(item, rng)
    things = model.things(model.mentions(encoded.words, places), places.owner)
    shown = _some_pairs(item, rng)
    losses = {}
    if not item.foreign:
        promise = model.promise(things, item.pairs[shown], item.near[shown]).float()
        spoken = item.spoken[shown]
        losses["promise"] = promise_loss(promise, spoken, spoken | ~item.ignored[shown].any(1))
        shown = shown[promising(promise.detach(), spoken)]
    z = model.pairs(encoded, places, things, item.pairs[shown], item.near[shown], item.around)
    scores = (model.properties if head is None else head)(model.dropout(z))
    relations = relation_loss(scores, item.target[shown], item.ignored[shown], item.allowed[shown])
    losses["relations"] = relations
    if item.foreign:
        return losses
    modality = cross_entropy(model.modality(z), item.modality[shown])
    return {**losses, "modality": modality, **_name_losses(model, encoded, item)}


def _some_states(item: Item, rng: random.Random) -> Tensor:
    """Give the vectors of the words [N, D], those of some names hidden, so that what is said of them counts."""
    hidden = torch.tensor([rng.random() < NAMES_HIDDEN for _ in item.of_text])
    named = (item.mentions.is_name & hidden[item.mentions.thing]).nonzero()[:, 0]
    states = item.states.float()
    for first, last in zip(item.mentions.first[named].tolist(), item.mentions.last[named].tolist(), strict=True):
        states[first : last + 1] = 0
    return states


def _some_places(item: Item, rng: random.Random) -> Places:
    """Choose, where references are annotated, some of them or none, and all that were found; names always stay."""
    kept = item.mentions.thing >= 0
    of_text = item.of_text[item.mentions.thing]
    for text, known in enumerate(item.referring):
        if known:
            share = REFERENCES_KEPT if rng.random() < REFERENCES_GIVEN else 0.0
            kept &= (of_text != text) | torch.tensor([rng.random() < share for _ in kept])
    return item.places(kept)


def _some_pairs(item: Item, rng: random.Random) -> Tensor:
    """Choose the pairs that are near or related, and of the others so many that the sum is a round one."""
    near, far = (~item.far).nonzero()[:, 0], item.far.nonzero()[:, 0].tolist()
    wanted = len(near) + FAR_KEPT * len(far)
    count = PAIR_STEP * math.ceil(wanted / PAIR_STEP) - len(near)
    chosen = rng.sample(far, min(len(far), count))
    return torch.cat([near, torch.tensor(chosen, dtype=torch.int64)])


def _name_losses(model: RelationModel, encoded: Encoded, item: Item) -> dict[str, Tensor]:
    """Give the losses of what the things' names alone decide: classes, and what references stand for."""
    names = things_by_name(model, encoded, item)
    return {
        "kinds": cross_entropy(model.kind(names), item.classes),
        "marks": cross_entropy(model.refers(encoded.words), item.marks),
        "antecedents": cross_entropy(antecedent_scores(model, encoded, item, names), item.references.thing),
    }


def promising(promise: Tensor, spoken: Tensor) -> Tensor:
    """Choose the pairs that the network looks at: those that promise something, and those of which something is said.

    Their number is made a round one by the next best.
    """
    count = int(((promise > LEAST_PROMISE) | spoken).sum())
    rounded = min(len(promise), PAIR_STEP * math.ceil(count / PAIR_STEP))
    return torch.topk(promise.masked_fill(spoken, math.inf), rounded).indices


def promise_loss(promise: Tensor, spoken: Tensor, known: Tensor) -> Tensor:
    """Cross entropy of what pairs [P] promise and whether anything is said of them, a mean over those `known`."""
    return F.binary_cross_entropy_with_logits(promise[known], spoken[known].float())


def things_by_name(model: RelationModel, encoded: Encoded, item: Item) -> Tensor:
    """Pool each thing from its names alone [E, D]."""
    named = item.names()
    return model.things(model.mentions(encoded.words, named), named.owner)


def antecedent_scores(model: RelationModel, encoded: Encoded, item: Item, names: Tensor) -> Tensor:
    """Score the things of its own text, by the vectors of their names [E, D], for each annotated reference [R, E]."""
    found = item.references
    references = model.mentions(encoded.words, Places(found.first, found.last, torch.empty(0)))
    scores = model.antecedents(references, names, found.gaps)
    elsewhere = item.text[found.first][:, None] != item.of_text
    return scores.float().masked_fill(elsewhere | (item.classes == UNKNOWN), NEVER)


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
    """Mean cross entropy of the rows that are known; 0 for none."""
    known = int((gold != UNKNOWN).sum())
    return F.cross_entropy(scores.float(), gold, ignore_index=UNKNOWN, reduction="sum") / max(1, known)
