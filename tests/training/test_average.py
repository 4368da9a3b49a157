"""The mean of trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

torch = pytest.importorskip("torch", reason="the training extra is not installed")

if TYPE_CHECKING:
    from pathlib import Path


def checkpoint(path: Path, *weights: float, names: str = "first") -> Path:
    """A checkpoint with one weight of these numbers, and something that is no weight."""
    from training.checkpoints import save_checkpoint

    counts = torch.tensor([len(weights)])
    save_checkpoint(path, {"average": {"layer": torch.tensor(weights), "counts": counts}, "names": names})
    return path


def test_weights_are_averaged_and_the_rest_is_the_first_ones(tmp_path: Path) -> None:
    """Numbers that are no weights stay, and so do the names of labels."""
    from training.average import average

    paths = [checkpoint(tmp_path / "a.pt", 1.0, 2.0), checkpoint(tmp_path / "b.pt", 3.0, 6.0, names="second")]
    average(paths, tmp_path / "mean.pt")
    found = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert found["average"]["layer"].tolist() == [2.0, 4.0]
    assert found["average"]["counts"].tolist() == [2]
    assert found["names"] == "first"


def test_other_networks_are_refused(tmp_path: Path) -> None:
    """Weights of another size have no mean."""
    from training.average import average

    paths = [checkpoint(tmp_path / "a.pt", 1.0, 2.0), checkpoint(tmp_path / "b.pt", 3.0)]
    with pytest.raises(ValueError, match=r"b\.pt: is of another network"):
        average(paths, tmp_path / "mean.pt")
