"""The network at run time: windows of an article through ONNX, scores for every word out."""

from __future__ import annotations

import itertools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from kg.networks import Sessions, read_manifest
from kg.reading.decoding import Floats, tree_heads
from kg.reading.features import GAP_INSIDE, GAP_PARAGRAPH, SHAPE_SPECIAL, Pieces, PieceTable, case_shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODEL_FOLDER = Path(__file__).parent / "model"
# Another folder to load the model from, for trying one out.
MODEL_VARIABLE = "KG_READER_MODEL"
MODEL_FORMAT = 2
NETWORK, LABELLER, LABELS = "reader.int8.onnx", "labeller.onnx", "vocab.json"
EXCEPTIONS, PIECES = "lemmas.tsv", "tokenizer.json"
FILES = (NETWORK, LABELLER, LABELS, EXCEPTIONS, PIECES)

# Pieces of a window, without the two special ones: what most of the training saw. Wider ones cost more attention.
WINDOW_PIECES = 254
# For a sentence that fills a whole window; the network has 512 positions.
WIDE_WINDOW_PIECES = 508
# A word starts a sentence from this score on (log odds). Best of -1, -0.5, 0 and 1 for LAS from raw text and sentence F
# together, on the development parts of EWT and GUM.
START_SCORE = -0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the network says about one sentence; heads are 1-based within it, 0 the root.

    `names` [n, TAG_COUNT] are log probabilities of the name tags, `states` [n, D] the words as vectors from the middle
    of the encoder.
    """

    start: int
    end: int
    upos: npt.NDArray[np.int64]
    xpos: npt.NDArray[np.int64]
    feats: npt.NDArray[np.int64]
    heads: list[int]
    deps: npt.NDArray[np.int64]
    names: Floats
    states: Floats


class Network:
    """The model of one folder, loaded once in each process that uses it."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        """Load the model below `folder`, by default the one inside the package.

        Raises ModelError if a file is missing or damaged.
        """
        self.folder = folder or Path(os.environ.get(MODEL_VARIABLE) or MODEL_FOLDER)
        self.threads = threads
        self.hashes = read_manifest(self.folder, "reading", MODEL_FORMAT, FILES)
        self.labels: dict[str, list[str]] = json.loads((self.folder / LABELS).read_text(encoding="utf-8"))
        self.pieces = PieceTable(Tokenizer.from_file(str(self.folder / PIECES)))
        self._root_label = self.labels["deps"].index("root")
        self._sessions = Sessions(self.folder, threads)

    def _run(self, file: str, feed: Mapping[str, npt.NDArray[Any]]) -> list[Any]:
        return self._sessions.run(file, feed)

    def read(self, words: Sequence[str], gaps: Sequence[int], *, starts: Sequence[int] | None = None) -> list[Sentence]:
        """Read an article given as words and the white space codes before them; give its sentences in order.

        Each window depends on the article alone, so an article reads the same in whatever company. Given `starts`
        (1 at each first word), sentences are not looked for but taken from there.
        """
        pieces = [self.pieces(word) for word in words]
        sizes = [len(p.ids) for p in pieces]
        sentences: list[Sentence] = []
        at = 0
        while at < len(words):
            end, whole = _window_end(sizes, gaps, at, WINDOW_PIECES)
            scores = self._scores(words, gaps, pieces, at, end)
            found = self._starts(scores, gaps, at, end, starts)
            if not whole and _cut_at(found, at, end) is None:
                end, whole = _window_end(sizes, gaps, at, WIDE_WINDOW_PIECES)
                scores = self._scores(words, gaps, pieces, at, end)
                found = self._starts(scores, gaps, at, end, starts)
            cut = end if whole else _cut_at(found, at, end) or end
            bounds = [start for start in found if start < cut] + [cut]
            sentences += self._sentences(scores, at, bounds)
            at = cut
        return sentences

    def _scores(
        self, words: Sequence[str], gaps: Sequence[int], pieces: Sequence[Pieces], start: int, end: int
    ) -> list[Any]:
        ids, shapes, piece_gaps = [self.pieces.start_id], [SHAPE_SPECIAL], [GAP_INSIDE]
        first, last = [], []
        for i in range(start, end):
            first.append(len(ids))
            ids.extend(pieces[i].ids)
            shapes.extend(pieces[i].shapes)
            piece_gaps.append(gaps[i])
            piece_gaps.extend([GAP_INSIDE] * (len(pieces[i].ids) - 1))
            last.append(len(ids) - 1)
        ids.append(self.pieces.end_id)
        shapes.append(SHAPE_SPECIAL)
        piece_gaps.append(GAP_INSIDE)
        inputs = {
            "ids": ids,
            "piece_shapes": shapes,
            "piece_gaps": piece_gaps,
            "first": first,
            "last": last,
            "shapes": [case_shape(words[i]) for i in range(start, end)],
            "gaps": list(gaps[start:end]),
        }
        outputs = self._run(NETWORK, {name: np.array(values, dtype=np.int64)[None] for name, values in inputs.items()})
        return [output[0] for output in outputs]

    @staticmethod
    def _starts(scores: list[Any], gaps: Sequence[int], start: int, end: int, given: Sequence[int] | None) -> list[int]:
        if given is not None:
            return [i for i in range(start, end) if i == start or given[i] == 1]
        score = scores[0].tolist()
        return [
            i for i in range(start, end) if i == start or gaps[i] == GAP_PARAGRAPH or score[i - start] > START_SCORE
        ]

    def _sentences(self, scores: list[Any], base: int, bounds: list[int]) -> list[Sentence]:
        """Decode the sentences between the bounds from the scores of the window that begins at `base`."""
        _, names, upos, xpos, feats, arcs, label_dependents, label_heads, states = scores
        trees = []
        for start, end in itertools.pairwise(bounds):
            first, last = start - base, end - base
            columns = np.arange(first, last + 1)
            columns[0] = 0
            trees.append(tree_heads(arcs[first:last, columns]))
        # Head 0 is the root, head k the word k - 1 of the window.
        chosen = np.concatenate(
            [
                np.where(heads := np.array(tree), heads + start - base, 0)
                for tree, start in zip(trees, bounds, strict=False)
            ]
        )
        deps = self._labels(label_dependents[: len(chosen)], label_heads[chosen], chosen == 0)
        sentences = []
        for tree, start, end in zip(trees, bounds, bounds[1:], strict=False):
            rows = slice(start - base, end - base)
            sentences.append(
                Sentence(start, end, upos[rows], xpos[rows], feats[rows], tree, deps[rows], names[rows], states[rows])
            )
        return sentences

    def _labels(self, dependents: Floats, heads: Floats, is_root: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        (scores,) = self._run(LABELLER, {"dependents": dependents, "heads": heads})
        scores[:, self._root_label] = -np.inf
        best: npt.NDArray[np.int64] = scores.argmax(1)
        best[is_root] = self._root_label
        return best


def _window_end(sizes: Sequence[int], gaps: Sequence[int], start: int, most: int) -> tuple[int, bool]:
    """Give where a window from `start` ends, and whether it ends with a paragraph (or the article).

    As many whole paragraphs as fit; of a first paragraph that does not fit, as many words as fit.
    """
    size, last_paragraph = 0, start
    for i in range(start, len(sizes)):
        if i > start and gaps[i] == GAP_PARAGRAPH:
            last_paragraph = i
        size += sizes[i]
        if size > most:
            return (last_paragraph, True) if last_paragraph > start else (max(i, start + 1), False)
    return len(sizes), True


def _cut_at(starts: Sequence[int], start: int, end: int) -> int | None:
    """Give the last sentence start behind the first word: the next window goes on there. None if there is none."""
    later = [s for s in starts if start < s < end]
    return later[-1] if later else None
