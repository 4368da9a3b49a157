"""What trainings share: running averages of weights, and checkpoints that are never half."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

FILE = "checkpoint.pt"
"""The name of a training's checkpoint in its folder."""


def save_checkpoint(path: Path, state: Mapping[str, Any]) -> None:
    """Write a checkpoint, aside first, so that a reader never sees half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    torch.save(dict(state), aside)
    aside.replace(path)


def copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Give weights that do not change with those of the network."""
    return {key: value.detach().clone() for key, value in weights.items()}


def move_average(average: Mapping[str, Tensor], weights: Mapping[str, Tensor], decay: float) -> None:
    """Move a running average of weights towards those of now; `decay` is the share of it that stays."""
    for key, value in weights.items():
        if value.dtype.is_floating_point:
            average[key].lerp_(value, 1 - decay)
