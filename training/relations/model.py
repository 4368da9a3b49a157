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
import torch.nn.functional as F
from torch import Tensor, nn

from kg.extract.relations.distances import AROUND_CODES, NEAR_CODES, REFERENCE_GAPS
from kg.extract.relations.scene import TAG_CODES
from training.model import PADDING_SCORE, SHARED_LAYERS, EncoderConfig, Layer, PooledDropout
from training.relations.samples import MODALITIES

if TYPE_CHECKING:
    from training.model import Reader

# Sentences of an article that are told apart; later ones count as the last.
SENTENCE_CODES = 48
# The sides of a pair, the blocks that their product is taken in, the pair's vector, the hidden layers of heads.
PAIR_SIZE, BLOCKS, RELATION_SIZE, HIDDEN = 192, 12, 192, 192
# Rounds in which a pair reads the words once more, the heads of its attention, and the width between its two layers.
ROUNDS, PAIR_HEADS, PAIR_INNER = 2, 6, 288
# Width of the product that tells which pairs are worth a look.
PROMISE_SIZE = 64
# Marks of words: outside of references, the first word of one, a later one.
MARKS = 3
DROPOUT = 0.15
# Products of two numbers below one are small: the weights of the bilinear layer begin so many times larger.
BILINEAR_SCALE = 4.0
# Spread of the tables of codes at the start: little beside vectors of length one a number.
TABLE_SPREAD, NEAR_SPREAD = 0.02, 0.05
# Spread of the weights of what is to add hardly anything at the start.
LITTLE = 1e-3
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


class Round(nn.Module):
    """One more reading for a pair: of the words, as they stand to its two things, and of its neighbours.

    Neighbours of a pair are those that share a thing with it: what is said of one member of a list is said of the next.
    """

    def __init__(self, width: int) -> None:
        """Create a round that adds hardly anything yet, over words of this width."""
        super().__init__()
        size = RELATION_SIZE
        self.norm_words, self.norm_read = nn.LayerNorm(width), nn.LayerNorm(size)
        self.norm_shared, self.norm_inner = nn.LayerNorm(size), nn.LayerNorm(size)
        self.query, self.key_value = nn.Linear(size, size), nn.Linear(width, 2 * size)
        self.of_subject, self.of_object = nn.Embedding(AROUND_CODES, PAIR_HEADS), nn.Embedding(AROUND_CODES, PAIR_HEADS)
        self.read = nn.Linear(size, size)
        self.weight, self.value = nn.Linear(size, 2 * PAIR_HEADS), nn.Linear(size, size)
        self.shared = nn.Linear(4 * size, size)
        self.inner, self.outer = nn.Linear(size, PAIR_INNER), nn.Linear(PAIR_INNER, size)
        self.dropout = PooledDropout(DROPOUT)
        for table in (self.of_subject, self.of_object):
            nn.init.normal_(table.weight, std=TABLE_SPREAD)
        for last in (self.read, self.shared, self.outer):
            # not zero: the exporter takes equal weights for one, and the quantiser turns that twice
            nn.init.normal_(last.weight, std=LITTLE)
            nn.init.zeros_(last.bias)

    def forward(self, z: Tensor, words: Tensor, pairs: Tensor, around: Tensor) -> Tensor:
        """Map the vectors of pairs [P, R] to new ones."""
        z = z + self.dropout(self.read(self._words(self.norm_read(z), self.norm_words(words), pairs, around)))
        z = z + self.dropout(self.shared(self._neighbours(self.norm_shared(z), pairs, around.shape[0])))
        out: Tensor = z + self.dropout(self.outer(F.gelu(self.inner(self.norm_inner(z)))))
        return out

    def _words(self, z: Tensor, words: Tensor, pairs: Tensor, around: Tensor) -> Tensor:
        """Attend to the words: what each pair takes from them [P, R]."""
        size = RELATION_SIZE // PAIR_HEADS
        query = self.query(z).view(-1, PAIR_HEADS, size).transpose(0, 1) / size**0.5
        key, value = self.key_value(words).view(-1, 2, PAIR_HEADS, size).permute(1, 2, 0, 3)
        known, foreign = around.clamp(min=0).long(), (around < 0) * PADDING_SCORE
        subject = self.of_subject(known).permute(2, 0, 1) + foreign
        # a pair picks the rows of its two things in the same product
        picks = [(pairs[:, side, None] == torch.arange(around.shape[0])).to(query.dtype) for side in (0, 1)]
        asked = torch.cat([query, *(pick.expand(PAIR_HEADS, -1, -1) for pick in picks)], -1)
        offered = torch.cat([key.transpose(1, 2), subject, self.of_object(known).permute(2, 0, 1)], 1)
        mixed: Tensor = torch.softmax(asked @ offered, -1).to(value.dtype) @ value
        return mixed.transpose(0, 1).reshape(-1, RELATION_SIZE)

    def _neighbours(self, z: Tensor, pairs: Tensor, things: int) -> Tensor:
        """Gather the pairs of the same subject, and of the same object, and those with the places exchanged [P, 4R]."""
        size = RELATION_SIZE // PAIR_HEADS
        value = self.value(z).view(-1, PAIR_HEADS, size).transpose(0, 1)
        weights = self.weight(z).float().view(-1, 2, PAIR_HEADS).permute(1, 2, 0)
        numbers = torch.arange(things)
        sides = []
        for side in (0, 1):
            members = numbers[:, None] == pairs[:, side]
            scores = weights[side][:, None].masked_fill(~members, PADDING_SCORE)
            # nothing of a thing that is no subject, a date for instance
            shares = torch.softmax(scores, -1) * members.any(-1, keepdim=True)
            pooled = shares.to(value.dtype) @ value
            sides.append(pooled.transpose(0, 1).reshape(-1, RELATION_SIZE))
        left, right = pairs[:, 0], pairs[:, 1]
        of_subject, of_object = sides
        return torch.cat([of_subject[left], of_object[right], of_subject[right], of_object[left]], -1)


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
        self.giving, self.taking = nn.Linear(width, PROMISE_SIZE), nn.Linear(width, PROMISE_SIZE)
        self.near_promise = nn.Embedding(NEAR_CODES, 1)
        self.near = nn.Embedding(NEAR_CODES, RELATION_SIZE)
        self.rounds = nn.ModuleList(Round(width) for _ in range(ROUNDS))
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
        nn.init.zeros_(self.near_promise.weight)
        self.mention.weight.copy_(torch.cat([torch.eye(width), torch.eye(width)], 1) / 2)
        self.mention.bias.zero_()
        self.bilinear.weight.mul_(BILINEAR_SCALE)

    def take_layers(self, reader: Reader) -> None:
        """Start from the reader's upper layers."""
        for own, other in zip(self.layers, reader.encoder.layers[SHARED_LAYERS:], strict=True):
            own.load_state_dict(other.state_dict())

    def words(self, states: Tensor, tags: Tensor, sentences: Tensor) -> Tensor:
        """Give the vectors [N, D] of words with what they are part of, and their sentences, as the layers read them."""
        out: Tensor = states + self.tag(tags) + self.sentence(sentences.clamp(max=SENTENCE_CODES - 1))
        return out

    def encode(self, states: Tensor, tags: Tensor, sentences: Tensor, text: Tensor | None = None) -> Encoded:
        """Read the vectors [N, D] of words with the codes of words and their sentences [N].

        Words of one `text` [N] see each other; None where all are of one.
        """
        x = self.dropout(self.words(states, tags, sentences))[None]
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

    def promise(self, things: Tensor, pairs: Tensor, near: Tensor) -> Tensor:
        """Tell from things [E, D] and nearness alone how likely a text says anything of pairs [P, 2]: log odds [P]."""
        scores = self.giving(things) @ self.taking(things).T / PROMISE_SIZE**0.5
        out: Tensor = scores[pairs[:, 0], pairs[:, 1]] + self.near_promise(near)[:, 0]
        return out

    def pairs(
        self, encoded: Encoded, places: Places, things: Tensor, pairs: Tensor, near: Tensor, around: Tensor
    ) -> Tensor:
        """Give a vector for each pair [P, 2] of things, subject first [P, R].

        `near` [P] are codes of nearness, `around` [E, N] codes of where words stand as seen from things, below 0 for
        words of other texts.
        """
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
        for again in self.rounds:
            z = again(z, encoded.words, pairs, around)
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
