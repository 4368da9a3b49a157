"""Model folders as exports write them: with their hashes, and never half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ModelError
from kg.networks import read_manifest

pytest.importorskip("torch", reason="the training extra is not installed")
pytest.importorskip("onnx", reason="the training extra is not installed")

if TYPE_CHECKING:
    from pathlib import Path


def write_model(out: Path, text: str) -> None:
    """Write a model of one file."""
    from training.networks import model_folder

    with model_folder(out, 3, ("labels.json",)) as folder:
        (folder / "labels.json").write_text(text, encoding="utf-8")


def test_a_model_comes_with_its_hashes(tmp_path: Path) -> None:
    """The run time takes what was written, in this format and no other, and nothing is left beside it."""
    write_model(tmp_path / "model", "[]")
    assert list(read_manifest(tmp_path / "model", "toy", 3, ("labels.json",))) == ["labels.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    with pytest.raises(ModelError, match="has format 3"):
        read_manifest(tmp_path / "model", "toy", 4, ("labels.json",))


def fail_halfway(out: Path) -> None:
    """Begin to write a model, and run out of memory."""
    from training.networks import model_folder

    with model_folder(out, 3, ("labels.json",)) as folder:
        (folder / "labels.json").write_text("half", encoding="utf-8")
        raise MemoryError


def test_an_export_that_fails_leaves_the_model_before(tmp_path: Path) -> None:
    """What stands in the folder is replaced by a complete model alone; the next export starts afresh."""
    write_model(tmp_path / "model", "old")
    with pytest.raises(MemoryError):
        fail_halfway(tmp_path / "model")
    assert (tmp_path / "model" / "labels.json").read_text(encoding="utf-8") == "old"
    write_model(tmp_path / "model", "new")
    assert (tmp_path / "model" / "labels.json").read_text(encoding="utf-8") == "new"
