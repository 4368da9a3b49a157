"""The mean of several checkpoints' weights: `python -m training.average CHECKPOINT CHECKPOINT ... --out FILE`.

Of trainings that began at one place; it mostly reads a little better than each of them, at no cost (Wortsman et al.:
Model soups, ICML 2022). Takes checkpoints of `training.train` and of `training.relations.train`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from training.checkpoints import save_checkpoint

if TYPE_CHECKING:
    from collections.abc import Sequence


def average(checkpoints: Sequence[Path], out: Path) -> None:
    """Write a checkpoint to export or start from; what is not a weight is the first one's.

    Raises ValueError where the checkpoints are of different networks.
    """
    first, *others = (torch.load(path, weights_only=True, map_location="cpu") for path in checkpoints)
    weights: dict[str, Any] = first["average"]
    for path, other in zip(checkpoints[1:], others, strict=True):
        if {k: v.shape for k, v in other["average"].items()} != {k: v.shape for k, v in weights.items()}:
            raise ValueError(f"{path}: is of another network than {checkpoints[0]}")
    for name, weight in weights.items():
        if weight.is_floating_point():
            weights[name] = torch.stack([weight, *(other["average"][name] for other in others)]).mean(0)
    save_checkpoint(out, {**first, "average": weights})


def main() -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    average(options.checkpoints, options.out)


if __name__ == "__main__":
    main()
