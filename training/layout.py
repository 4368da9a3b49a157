"""A layer of a trained network laid out for the run time, so that ONNX Runtime has little to copy.

The numbers are those of `training.model.Layer`. There is no axis for the batch, and query, key and value are products
of their own, whose transpositions ONNX Runtime takes into the products of attention. Without the axis it also leaves
addition and normalisation apart; its kernel for both at once is the slower one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

if TYPE_CHECKING:
    from training.model import Layer


class RuntimeLayer(nn.Module):
    """One post-norm transformer layer over one text, nothing dropped."""

    def __init__(self, layer: Layer) -> None:
        """Share the weights of a trained layer."""
        super().__init__()
        self.layer = layer
        self.query, self.key, self.value = _thirds(layer.query_key_value)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Map [T, D] to [T, D], and give what each attends to, by head [H, T, T]."""
        layer, heads = self.layer, self.layer.heads
        size = layer.output.in_features // heads
        query, key, value = (part(x).view(-1, heads, size) for part in (self.query, self.key, self.value))
        attention = torch.softmax(query.permute(1, 0, 2) @ key.permute(1, 2, 0) / math.sqrt(size), -1)
        mixed = attention @ value.permute(1, 0, 2)
        x = layer.norm_attention(x + layer.output(mixed.permute(1, 0, 2).reshape(-1, heads * size)))
        return layer.norm_output(x + layer.outer(F.gelu(layer.inner(x)))), attention


def _thirds(linear: nn.Linear) -> list[nn.Linear]:
    """Cut a product into three, each with a third of its outputs."""
    thirds = []
    for weight, bias in zip(linear.weight.chunk(3), linear.bias.chunk(3), strict=True):
        third = nn.Linear(weight.shape[1], weight.shape[0])
        third.weight, third.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
        thirds.append(third)
    return thirds
