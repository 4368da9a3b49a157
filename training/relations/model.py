"""The network of the learned extractor: layers above the reader's, things pooled from their mentions, pairs scored.

Pairs as in ATLOP (Zhou, Huang, Ma, Huang: Document-Level Relation Extraction with Adaptive Thresholding and Localized
Context Pooling, AAAI 2021): a thing is the log-sum-exp of its mentions, the context of a pair is what both attend to,
and a grouped bilinear product brings the two together. Letters in shapes: N words of width D, K mentions of E things,
P pairs, R numbers for a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

import torch
from torch import Tensor, nn

from kg.extract.relations.scene import NEAR_CODES, TAG_CODES
from kg.extract.relations.view import REFERENCE_GAPS
from training.model import PADDING_SCORE, SHARED_LAYERS, EncoderConfig, Layer, PooledDropout
from training.relations.samples import MODALITIES

if TYPE_CHECKING:
    from training.model import Reader

# Sentences of an article that are told apart; later ones count as the last.
SENTENCE_CODES = 48
# The sides of a pair, the blocks that their product is taken in, the pair's vector, the hidden layers of heads.
PAIR_SIZE, BLOCKS, RELATION_SIZE, HIDDEN = 192, 12, 192, 192
# Marks of words: outside of references, the first word of one, a later one.
MARKS = 3
DROPOUT = 0.15
# Products of two numbers below one are small: the weights of the bilinear layer begin so many times larger.
BILINEAR_SCALE = 4.0
# Spread of the tables of codes at the start: little beside vectors of length one a number.
TABLE_SPREAD, NEAR_SPREAD = 0.02, 0.05
# Keep logarithms of vanished sums, and divisions by them, finite.
TINY, TINY_SUM = 1e-30, 1e-9


class Places(NamedTuple):
    """Mentions of the things of a scene: first and last words [K], log weights [E, K], `NEVER` for foreign ones."""

    first: Tensor
    last: Tensor
    owner: Tensor


@dataclass(frozen=True, slots=True)
class Encoded:
    """Words [N, D], and how much each attends to each [N, N]."""

    words: Tensor
    attention: Tensor


class RelationModel(nn.Module):
    """Layers of its own above the middle of the reader, and heads over things and pairs of things."""

    def __init__(self, classes: int, properties: int, config: EncoderConfig | None = None) -> None:
        """Create the network for so many classes of things and properties; property 0 is the threshold."""
        super().__init__()
        self.config = config = config or EncoderConfig()
        width = config.width
        self.tag = nn.Embedding(TAG_CODES, width)
        self.sentence = nn.Embedding(SENTENCE_CODES, width)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers - SHARED_LAYERS))
        self.mention = nn.Linear(2 * width, width)
        self.subject, self.object = nn.Linear(2 * width, PAIR_SIZE), nn.Linear(2 * width, PAIR_SIZE)
        self.near = nn.Embedding(NEAR_CODES, RELATION_SIZE)
        self.bilinear = nn.Linear(PAIR_SIZE * PAIR_SIZE // BLOCKS, RELATION_SIZE)
        self.properties = nn.Linear(RELATION_SIZE, properties)
        self.modality = nn.Linear(RELATION_SIZE, len(MODALITIES))
        self.kind = nn.Sequential(nn.Linear(width, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, classes))
        self.refers = nn.Linear(width, MARKS)
        self.antecedent, self.anaphor = nn.Linear(width, HIDDEN), nn.Linear(width, HIDDEN)
        self.gap = nn.Embedding(REFERENCE_GAPS + 1, 1)
        self.dropout = PooledDropout(DROPOUT)
        self._start_weights(width)

    @torch.no_grad()
    def _start_weights(self, width: int) -> None:
        """Set the weights that do not start as torch has it: a mention begins as the mean of its two ends."""
        for table, spread in ((self.tag, TABLE_SPREAD), (self.sentence, TABLE_SPREAD), (self.near, NEAR_SPREAD)):
            nn.init.normal_(table.weight, std=spread)
        self.mention.weight.copy_(torch.cat([torch.eye(width), torch.eye(width)], 1) / 2)
        self.mention.bias.zero_()
        self.bilinear.weight.mul_(BILINEAR_SCALE)

    def take_layers(self, reader: Reader) -> None:
        """Start from the reader's upper layers."""
        for own, other in zip(self.layers, reader.encoder.layers[SHARED_LAYERS:], strict=True):
            own.load_state_dict(other.state_dict())

    def encode(self, states: Tensor, tags: Tensor, sentences: Tensor, text: Tensor | None = None) -> Encoded:
        """Read the vectors [N, D] of words with the codes of words and their sentences [N].

        Words of one `text` [N] see each other; None where all are of one.
        """
        x = states + self.tag(tags) + self.sentence(sentences.clamp(max=SENTENCE_CODES - 1))
        x = self.dropout(x)[None]
        mask = None if text is None else ((text[:, None] != text) * PADDING_SCORE).to(torch.bfloat16)
        for layer in self.layers[:-1]:
            x = layer(x, mask)
        last = cast("Layer", self.layers[-1])
        attention = _attention(last, x, mask)
        return Encoded(last(x, mask)[0].float(), attention)

    def mentions(self, words: Tensor, places: Places) -> Tensor:
        """Give the vectors of the mentions [K, D]."""
        vectors: Tensor = self.mention(torch.cat([words[places.first], words[places.last]], -1))
        return vectors

    def things(self, mentions: Tensor, owner: Tensor) -> Tensor:
        """Pool the mentions of each thing: the logarithm of the sum of exponentials [E, D]."""
        mentions = mentions.float()
        most = mentions.detach().amax(0, keepdim=True)
        return torch.log(owner.exp() @ torch.exp(mentions - most) + TINY) + most

    def pairs(self, encoded: Encoded, places: Places, things: Tensor, pairs: Tensor, near: Tensor) -> Tensor:
        """Give a vector for each pair [P, 2] of things, subject first [P, R]; `near` [P] are codes of nearness."""
        weights = torch.softmax(places.owner, 1)
        looked = weights @ encoded.attention[places.first]
        left, right = pairs[:, 0], pairs[:, 1]
        shared = looked[left] * looked[right]
        context = (shared / (shared.sum(1, keepdim=True) + TINY_SUM)) @ encoded.words
        s = torch.tanh(self.subject(torch.cat([things[left], context], -1)))
        o = torch.tanh(self.object(torch.cat([things[right], context], -1)))
        size = PAIR_SIZE // BLOCKS
        crossed = s.view(-1, BLOCKS, size, 1) * o.view(-1, BLOCKS, 1, size)
        z: Tensor = self.bilinear(crossed.flatten(1)) + self.near(near)
        return z

    def antecedents(self, references: Tensor, things: Tensor, gaps: Tensor) -> Tensor:
        """Score the things [K, E] that references [K, D] may stand for; `gaps` [K, E] codes the nearest name before."""
        scores = self.anaphor(references) @ self.antecedent(things).T / HIDDEN**0.5
        near: Tensor = self.gap(gaps)[..., 0]
        out: Tensor = scores + near
        return out


def _attention(layer: Layer, x: Tensor, mask: Tensor | None) -> Tensor:
    """Give what the words [1, N, D] attend to in a layer, the mean of its heads [N, N]."""
    _, length, width = x.shape
    size = width // layer.heads
    query, key, _ = layer.query_key_value(x).view(length, 3, layer.heads, size).permute(1, 2, 0, 3)
    scores = (query / size**0.5) @ key.transpose(-1, -2)
    if mask is not None:
        scores = scores + mask
    return torch.softmax(scores.float(), -1).mean(0)
