"""The network: a small BERT encoder with heads for sentence starts, tags, trees and names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.reading.features import GAP_CODES, SHAPE_CODES
from kg.reading.labels import NAME_TYPES, TAG_COUNT, begin_tag, inside_tag
from training.windows import IGNORED, Batch

if TYPE_CHECKING:
    from pathlib import Path

ARC_SIZE, LABEL_SIZE, NAME_SIZE, START_SIZE = 256, 96, 256, 64
ENCODER_DROPOUT, HEAD_DROPOUT = 0.1, 0.2
# Added to the attention scores of padding.
PADDING_SCORE = -10000.0
# Drawing a fresh dropout mask each time costs a tenth of the training time; masks are cut from this many draws.
DROPOUT_POOL = 1 << 22
# Numbers of labelled words are brought to multiples of this.
LABEL_STEP = 256
# Weights of the losses, each a mean over the words it is known for times their share of the batch.
LOSS_WEIGHTS = {"start": 2.0, "upos": 0.5, "xpos": 0.6, "feats": 0.4, "arc": 1.3, "deps": 1.2, "names": 2.6}


# Layers whose vectors the learned extractor takes up; it has layers of its own above them.
SHARED_LAYERS = 3


class EncoderConfig(NamedTuple):
    """Sizes of the encoder; the defaults are those of MiniLM-L6."""

    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    positions: int = 512


class PooledDropout(nn.Module):
    """Dropout whose masks are stretches of one large random mask, each from a random place."""

    def __init__(self, share: float) -> None:
        """Drop this share of the values while training."""
        super().__init__()
        self.share = share
        self._pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Drop values of a tensor of any shape."""
        if not self.training:
            return x
        if self._pool is None:
            self._pool = (torch.rand(DROPOUT_POOL) >= self.share).to(torch.bfloat16) / (1 - self.share)
        start = int(torch.randint(DROPOUT_POOL - x.numel(), ()))
        kept: Tensor = self._pool[start : start + x.numel()].view(x.shape).to(x.dtype)
        return x * kept


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, config: EncoderConfig) -> None:
        """Create the layer with random weights."""
        super().__init__()
        width = config.width
        self.heads = config.heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm_attention = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, config.inner)
        self.outer = nn.Linear(config.inner, width)
        self.norm_output = nn.LayerNorm(width, eps=1e-12)
        self.dropout = PooledDropout(ENCODER_DROPOUT)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Map [B, T, D] to [B, T, D]; `mask` [B, 1, 1, T] is added to the scores, None when nothing is padded."""
        batch, pieces, width = x.shape
        split = self.query_key_value(x).view(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        # Written out: torch's fused attention is several times slower on processors with bfloat16 matrix units.
        scores = (query / math.sqrt(width // self.heads)) @ key.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        mixed = torch.softmax(scores, -1).to(value.dtype) @ value
        x = self.norm_attention(x + self.dropout(self.output(mixed.transpose(1, 2).reshape(batch, pieces, width))))
        out: Tensor = self.norm_output(x + self.dropout(self.outer(F.gelu(self.inner(x)))))
        return out


class Encoder(nn.Module):
    """Word pieces, their case shapes and white space to vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        """Create the encoder with random weights."""
        super().__init__()
        self.word = nn.Embedding(config.vocabulary, config.width)
        self.position = nn.Embedding(config.positions, config.width)
        self.segment = nn.Parameter(torch.zeros(config.width))
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.dropout = PooledDropout(ENCODER_DROPOUT)
        self.shape = nn.Embedding(SHAPE_CODES, config.width)
        self.gap = nn.Embedding(GAP_CODES, config.width)
        for table in (self.shape, self.gap):
            nn.init.normal_(table.weight, std=0.01)

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Map [B, T] codes to [B, T, D] vectors: those of the middle, `SHARED_LAYERS` up, and those of the top."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.segment + self.shape(shapes) + self.gap(gaps)
        middle: Tensor = self.dropout(self.norm(x))
        for layer in self.layers[:SHARED_LAYERS]:
            middle = layer(middle, mask)
        vectors = middle
        for layer in self.layers[SHARED_LAYERS:]:
            vectors = layer(vectors, mask)
        return middle, vectors

    def load_start_weights(self, path: Path) -> None:
        """Take over a BERT checkpoint in the naming of the transformers library."""
        weights = {k.removeprefix("bert."): v for k, v in load_file(path).items()}
        state = {
            "word.weight": weights["embeddings.word_embeddings.weight"],
            "position.weight": weights["embeddings.position_embeddings.weight"],
            "segment": weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
            "shape.weight": self.shape.weight.data,
            "gap.weight": self.gap.weight.data,
        }
        names = {
            "output": "attention.output.dense",
            "norm_attention": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm_output": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            prefix = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                state[f"layers.{i}.query_key_value.{kind}"] = torch.cat(
                    [weights[f"{prefix}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                )
                for ours, theirs in names.items():
                    state[f"layers.{i}.{ours}.{kind}"] = weights[f"{prefix}{theirs}.{kind}"]
        self.load_state_dict(state)


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, classes: dict[str, int], config: EncoderConfig | None = None) -> None:
        """Create the network for so many classes of "upos", "xpos", "feats" and "deps"."""
        super().__init__()
        config = config or EncoderConfig()
        width = config.width
        self.encoder = Encoder(config)
        self.join = nn.Linear(2 * width, width)
        with torch.no_grad():
            self.join.weight.copy_(torch.cat([0.8 * torch.eye(width), 0.2 * torch.eye(width)], 1))
            self.join.bias.zero_()
        self.shape = nn.Embedding(SHAPE_CODES, width)
        self.gap = nn.Embedding(GAP_CODES, width)
        for table in (self.shape, self.gap):
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = PooledDropout(HEAD_DROPOUT)
        self.start = nn.Sequential(nn.Linear(width, START_SIZE), nn.GELU(), nn.Linear(START_SIZE, 1))
        self.upos = nn.Linear(width, classes["upos"])
        self.xpos = nn.Linear(width, classes["xpos"])
        self.feats = nn.Linear(width, classes["feats"])
        self.names = nn.Sequential(
            nn.Linear(width, NAME_SIZE), nn.GELU(), PooledDropout(HEAD_DROPOUT), nn.Linear(NAME_SIZE, TAG_COUNT)
        )
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_dependent, self.arc_head = nn.Linear(width, ARC_SIZE), nn.Linear(width, ARC_SIZE)
        self.arc_matrix = nn.Parameter(torch.randn(ARC_SIZE, ARC_SIZE) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(ARC_SIZE))
        self.label_dependent, self.label_head = nn.Linear(width, LABEL_SIZE), nn.Linear(width, LABEL_SIZE)
        self.label_tensor = nn.Parameter(torch.randn(classes["deps"], LABEL_SIZE, LABEL_SIZE) * 0.01)
        self.label_from_dependent = nn.Linear(LABEL_SIZE, classes["deps"])
        self.label_from_head = nn.Linear(LABEL_SIZE, classes["deps"], bias=False)

    def words(  # noqa: PLR0913, PLR0917 - ONNX knows tensors only, one an input
        self,
        ids: Tensor,
        piece_shapes: Tensor,
        piece_gaps: Tensor,
        mask: Tensor | None,
        first: Tensor,
        last: Tensor,
        shapes: Tensor,
        gaps: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Give two vectors a word [B, N, D] from the first and last of its pieces: of the middle, and of the top."""
        middle, x = self.encoder(ids, piece_shapes, piece_gaps, mask)
        begin, end = _at(x, first), _at(x, last)
        out: Tensor = self.join(torch.cat([begin, end], -1)) + self.shape(shapes) + self.gap(gaps)
        return (_at(middle, first) + _at(middle, last)) / 2, out

    def arc_vectors(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Give dependents [B, N, A] and heads [B, N + 1, A], head 0 the root; a score is their product."""
        with_root = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        dependents, heads = F.gelu(self.arc_dependent(x)), F.gelu(self.arc_head(with_root))
        return dependents @ self.arc_matrix + self.arc_bias, heads

    def label_vectors(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Give dependents [B, N, L] and heads [B, N + 1, L] for the labels."""
        with_root = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        return F.gelu(self.label_dependent(x)), F.gelu(self.label_head(with_root))

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score the labels [M, R] of M pairs of label vectors [M, L]."""
        count, size, _ = self.label_tensor.shape
        left = (dependents @ self.label_tensor.permute(1, 0, 2).reshape(size, count * size)).view(-1, count, size)
        bilinear = (left * heads[:, None]).sum(-1)
        out: Tensor = bilinear + self.label_from_dependent(dependents) + self.label_from_head(heads)
        return out


def _at(vectors: Tensor, places: Tensor) -> Tensor:
    return vectors.gather(1, places[:, :, None].expand(-1, -1, vectors.shape[-1]))


def losses(reader: Reader, batch: Batch) -> dict[str, Tensor]:
    """Sum each head's loss over the words it is known for, divided by the words of the batch."""
    _, x = reader.words(
        batch.ids,
        batch.piece_shapes,
        batch.piece_gaps,
        (~batch.mask)[:, None, None] * PADDING_SCORE,
        batch.first,
        batch.last,
        batch.shapes,
        batch.gaps,
    )
    x = reader.dropout(x)
    words = batch.word_mask.sum()
    out = {"start": _start_loss(reader, x, batch) / words}
    if batch.parsed.any():
        rows = batch.parsed.nonzero()[:, 0]
        parsed = x[rows]
        for key, head in (("upos", reader.upos), ("xpos", reader.xpos), ("feats", reader.feats)):
            out[key] = _cross_entropy(head(parsed), batch.tags[key][rows]) / words
        out["arc"] = _arc_loss(reader, parsed, batch, rows) / words
        out["deps"] = _label_loss(reader, parsed, batch, rows) / words
    if batch.named.any():
        out["names"] = _name_loss(reader, x, batch) / words
    return out


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED, reduction="sum")


def _start_loss(reader: Reader, x: Tensor, batch: Batch) -> Tensor:
    known = batch.starts >= 0
    scores = reader.start(x)[..., 0].float()[known]
    return F.binary_cross_entropy_with_logits(scores, batch.starts[known].float(), reduction="sum")


def _arc_loss(reader: Reader, x: Tensor, batch: Batch, rows: Tensor) -> Tensor:
    dependents, heads = reader.arc_vectors(x)
    scores = (dependents @ heads.transpose(1, 2)).float()
    sentences = batch.sentences[rows]
    same = (sentences[:, :, None] == sentences[:, None, :]) & batch.word_mask[rows][:, None, :]
    same &= ~torch.eye(same.shape[-1], dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(same[..., :1]), same], -1)
    return _cross_entropy(scores.masked_fill(~allowed, -1e4), batch.heads[rows])


def _label_loss(reader: Reader, x: Tensor, batch: Batch, rows: Tensor) -> Tensor:
    dependents, heads = reader.label_vectors(x)
    gold = batch.heads[rows]
    chosen = heads.gather(1, gold.clamp(min=0)[:, :, None].expand(-1, -1, heads.shape[-1]))
    labels = batch.tags["deps"][rows].masked_fill(gold < 0, IGNORED).flatten()
    known = (labels != IGNORED).nonzero()[:, 0]
    # filled up with words that are not counted, so that few shapes occur
    places = F.pad(known, (0, -len(known) % LABEL_STEP))
    labels = F.pad(labels[known], (0, len(places) - len(known)), value=IGNORED)
    scores = reader.label_scores(dependents.flatten(0, 1)[places], chosen.flatten(0, 1)[places]).float()
    return F.cross_entropy(scores, labels, ignore_index=IGNORED, reduction="sum")


_BEGIN = torch.tensor([*(begin_tag(t) for t in range(len(NAME_TYPES))), 0])
_INSIDE = torch.tensor([*(inside_tag(t) for t in range(len(NAME_TYPES))), 0])


def _name_loss(reader: Reader, x: Tensor, batch: Batch) -> Tensor:
    """Sum the negative log probability of all tag sequences that the annotation allows.

    Outside spans each word may be "no name" or of a type that its source leaves open; a span is wholly of one of
    its allowed types.
    """
    log_p = F.log_softmax(reader.names(x).float(), -1)
    outside = batch.named[:, None] & batch.word_mask & ~batch.in_span
    open_tags = batch.open_tags[:, None, :].expand_as(log_p)
    loss = -torch.logsumexp(log_p.masked_fill(~open_tags, -1e4)[outside], -1).sum()
    if len(batch.span_words):
        of_words = log_p.flatten(0, 1)[batch.span_words]
        tags = torch.where(batch.span_begins[:, None], _BEGIN, _INSIDE)
        of_spans = torch.zeros(batch.span_allowed.shape).index_add(0, batch.span_of_word, of_words.gather(1, tags))
        loss = loss - torch.logsumexp(of_spans.masked_fill(~batch.span_allowed, -1e4), -1).sum()
    return loss
