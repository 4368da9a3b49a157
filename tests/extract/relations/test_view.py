"""What is decoded from the network's scores."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.errors import ModelError
from kg.extract.relations.network import MODEL_FOLDER, RelationNetwork, gather
from kg.extract.relations.properties import PropertyScorer
from kg.extract.relations.scene import KINDS, Place
from kg.extract.relations.view import _spans
from kg.networks import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

    from kg.extract.relations.network import Floats

NO_VECTORS = np.zeros((2, 4), dtype=np.float32)
OUTSIDE, BEGIN, INSIDE = (0.9, 0.05, 0.05), (0.1, 0.8, 0.1), (0.1, 0.1, 0.8)


def marks(*rows: tuple[float, float, float]) -> Floats:
    """Log probabilities of words."""
    return np.log(np.array(rows, dtype=np.float32))


def test_references_begin_where_marked_and_go_on_inside() -> None:
    """Two references side by side are two."""
    assert _spans(marks(OUTSIDE, BEGIN, INSIDE, BEGIN, OUTSIDE)) == [(1, 3), (3, 4)]


def test_an_inside_without_a_beginning_is_no_reference() -> None:
    """A word that only goes on with nothing is nothing."""
    assert _spans(marks(OUTSIDE, INSIDE, INSIDE, OUTSIDE)) == []


def test_scores_count_from_the_pair_s_own_threshold() -> None:
    """Column 0 is the threshold; what lies far below it is not worth a candidate."""
    scorer = PropertyScorer(["", "uses", "offers"], {"uses": "entity", "offers": "entity"}, least=-2.0)
    scores = np.array([[1.0, 3.0, -5.0], [4.0, 3.0, -5.0]], dtype=np.float32)
    kinds = np.array([KINDS.index("entity")] * 2)
    assert list(scorer.facts(NO_VECTORS, scores, kinds)) == [(0, "uses", 2.0), (1, "uses", -1.0)]


def test_a_property_has_objects_of_its_kind_only() -> None:
    """No date is used, and no company is a date of founding; what the ontology lacks is not looked for."""
    scorer = PropertyScorer(["", "uses", "foundedOn", "gone"], {"uses": "entity", "foundedOn": "date"})
    scores = np.array([[0.0, 3.0, 3.0, 3.0]] * 2, dtype=np.float32)
    kinds = np.array([KINDS.index("entity"), KINDS.index("date")])
    assert [(row, name) for row, name, _ in scorer.facts(NO_VECTORS, scores, kinds)] == [(0, "uses"), (1, "foundedOn")]


def test_mentions_weigh_for_their_thing_only() -> None:
    """Each column belongs to one thing; a sure mention weighs 1."""
    mentions = gather([[Place(0, 2)], [Place(3, 4), Place(6, 7, 0.5)]])
    assert mentions.first.tolist() == [0, 3, 6]
    assert mentions.last.tolist() == [1, 3, 6]
    assert np.exp(mentions.owner).round(3).tolist() == [[1.0, 0.0, 0.0], [0.0, 1.0, 0.5]]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """The message names the folder and the cure."""
    with pytest.raises(ModelError, match=r"no relation model in .*reinstall"):
        RelationNetwork(tmp_path)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    """A file that is not the manifest's is never loaded."""
    for file in MODEL_FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "pairs.int8.onnx").write_bytes(b"not a network")
    with pytest.raises(ModelError, match=r"pairs\.int8\.onnx is damaged"):
        RelationNetwork(tmp_path)


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    """A newer model does not run under older code."""
    (tmp_path / MANIFEST).write_text(json.dumps({"format": 999, "sha256": {}}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 999"):
        RelationNetwork(tmp_path)
