"""Other spaCy pipelines in place of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from kg.errors import ModelError
from kg.reading import load_reader

if TYPE_CHECKING:
    from pathlib import Path


def pipeline(folder: Path, *labels: str) -> str:
    """Write a pipeline whose parser has these labels."""
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in labels:
        parser.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(folder)
    return str(folder)


def test_universal_dependencies_are_taken(tmp_path: Path) -> None:
    """A pipeline with the labels of Universal Dependencies is loaded as it is."""
    nlp = load_reader(pipeline=pipeline(tmp_path, "nsubj", "obj", "obl", "nmod", "case"))
    assert nlp.pipe_names == ["parser"]


def test_other_labels_are_refused(tmp_path: Path) -> None:
    """A parser with labels of another scheme is refused, with the reason."""
    with pytest.raises(ModelError, match=r"Universal Dependencies.*nmod, obj, obl"):
        load_reader(pipeline=pipeline(tmp_path, "nsubj", "dobj", "pobj", "prep"))


def test_missing_pipeline() -> None:
    """A pipeline that is not installed is named."""
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_reader(pipeline="no_such_pipeline")
