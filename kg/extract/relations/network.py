"""The networks of the learned extractor at run time: words, things and pairs through ONNX."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kg.extract.relations.distances import nearness, surroundings
from kg.extract.weighing import Weights
from kg.networks import Sessions, read_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.relations.scene import Place, Scene

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Feed = dict[str, npt.NDArray[Any]]

MODEL_FOLDER = Path(__file__).parent / "model"
# Another folder to load the model from, for trying one out.
MODEL_VARIABLE = "KG_RELATIONS_MODEL"
MODEL_FORMAT = 2
ENCODER, THINGS, PAIRS = "encoder.int8.onnx", "things.int8.onnx", "pairs.int8.onnx"
LABELS, CALIBRATION = "labels.json", "calibration.json"
FILES = (ENCODER, THINGS, PAIRS, LABELS, CALIBRATION)
# Log odds below which a pair of things is not looked at: a chance in two hundred and fifty.
LEAST_PROMISE = -5.5
EVERY_PAIR = -np.inf
# Columns of the marks of references: a word outside, the first one, one of the others.
OUTSIDE, BEGIN, INSIDE = range(3)
# Log weight of a mention that is not the thing's.
NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of things [P, 2] with their vectors [P, R], scores of properties, and log probabilities of modalities.

    `mentions` are those of all things, `near` [P] says how near the things of a pair are.
    """

    mentions: Mentions
    near: Integers
    pairs: Integers
    vectors: Floats
    properties: Floats
    modalities: Floats


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions of E things: first and last words [K], and log weights [E, K]."""

    first: Integers
    last: Integers
    owner: Floats


def gather(places: Sequence[Sequence[Place]]) -> Mentions:
    """Bring the places of things into arrays."""
    flat = [(i, p) for i, of_thing in enumerate(places) for p in of_thing]
    owner = np.full((len(places), len(flat)), NEVER, dtype=np.float32)
    for k, (i, place) in enumerate(flat):
        owner[i, k] = place.log_weight
    first = np.array([p.start for _, p in flat], dtype=np.int64)
    return Mentions(first, np.array([p.end - 1 for _, p in flat], dtype=np.int64), owner)


class RelationNetwork:
    """The model of one folder, loaded once in each process that uses it."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Load the model below `folder`, by default the one inside the package.

        Raises ModelError if a file is missing or damaged.
        """
        self.folder = folder or Path(os.environ.get(MODEL_VARIABLE) or MODEL_FOLDER)
        self.threads = threads
        self.hashes = read_manifest(self.folder, "relation", MODEL_FORMAT, FILES)
        labels = json.loads((self.folder / LABELS).read_text(encoding="utf-8"))
        self.classes: list[str] = labels["classes"]
        self.properties: list[str] = labels["properties"]
        self.modalities: list[str] = labels["modalities"]
        calibration = json.loads((self.folder / CALIBRATION).read_text(encoding="utf-8"))
        self.weights = Weights(
            tuple(calibration["weights"]), calibration["least"], calibration["least_by_grammar"],
            calibration.get("properties", {}),
        )  # fmt: skip
        self._sessions = Sessions(self.folder, threads)

    def encode(self, states: npt.NDArray[np.float16], tags: Integers, sentences: Integers) -> tuple[Floats, ...]:
        """Give the words' vectors [N, D], attention [N, N], and log probabilities [N, 3] of references."""
        feed: Feed = {"states": states.astype(np.float32), "tags": tags, "sentences": sentences}
        return tuple(self._sessions.run(ENCODER, feed))

    def things(
        self, words: Floats, names: Mentions, at: Integers, to: Integers, gaps: Integers
    ) -> tuple[Floats, Floats]:
        """Give log probabilities of the things' classes [E, C], and of what the references mean [R, E].

        References are words from `at` to `to`; `gaps` [R, E] codes how far before them a thing is named.
        """
        feed: Feed = {
            "words": words, "first": names.first, "last": names.last, "owner": names.owner,
            "at": at, "to": to, "gaps": gaps,
        }  # fmt: skip
        kinds, antecedents = self._sessions.run(THINGS, feed)
        return kinds, antecedents

    def pairs(
        self, words: Floats, attention: Floats, scene: Scene, pairs: Integers, least: float = LEAST_PROMISE
    ) -> Judged:
        """Judge those of some pairs [P, 2] of a scene's things that promise something, the best one at least.

        `words` and `attention` are what `encode` gave for the scene.
        """
        mentions, near = gather([t.places for t in scene.things]), nearness(scene)[pairs[:, 0], pairs[:, 1]]
        feed: Feed = {
            "words": words, "attention": attention, "first": mentions.first, "last": mentions.last,
            "owner": mentions.owner, "pairs": pairs, "near": near,
            "around": surroundings(scene), "least": np.array(least, dtype=np.float32),
        }  # fmt: skip
        kept, vectors, properties, modalities = self._sessions.run(PAIRS, feed)
        return Judged(mentions, near[kept], pairs[kept], vectors, properties, modalities)

    def judge(self, scene: Scene, pairs: Integers) -> Judged:
        """Read a scene of one window, and judge all of these pairs [P, 2] of its things."""
        words, attention, _ = self.encode(scene.states, scene.tags(), np.array(scene.sentences, dtype=np.int64))
        return self.pairs(words, attention, scene, pairs, EVERY_PAIR)
