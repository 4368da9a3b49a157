"""Cut documents into windows for training, and stack windows into batches of tensors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kg.reading.features import (
    GAP_INSIDE,
    GAP_LINE,
    SHAPE_SPECIAL,
    PieceTable,
    case_shape,
)
from kg.reading.labels import NAME_TYPES, TAG_COUNT, begin_tag, inside_tag
from training.documents import NO_HEAD, ROOT, Document, read_documents
from training.noise import noisy_gaps, noisy_words
from training.schemes import NO_NAME, SCHEMES
from training.swap import swapped

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

# Pieces of a full window, without the two special ones; as at run time.
WINDOW_PIECES = 254
# A sentence longer than a window is cut here.
MAX_PIECES = 400
# Target size of a window: full, drawn evenly, or a single sentence.
FULL_SHARE, DRAWN_SHARE = 0.5, 0.3
MIN_DRAWN_PIECES = 40
# Windows that end within a sentence, as they do at run time in a long paragraph.
OPEN_END_SHARE = 0.15
# A small title sentence that loses its full stop before a blank line.
BARE_END_SHARE = 0.16
IGNORED = -100
# Lengths are padded to multiples of this: processors prepare code of their own for every shape of a product.
LENGTH_STEP = 32
# Windows from which batches of like length are drawn.
POOL_WINDOWS = 600

# How often each source is gone through in one epoch.
PASSES = {
    "ewt": 1.0,
    "gum": 1.15,
    "docred": 1.0,
    "crossner": 0.5,
    "wikigold": 1.0,
    "multiner": 0.25,
    "uner": 1.5,
    "corpus": 1.5,
}


@dataclass(slots=True)
class Window:
    """One input with what is known about it; all word lists have the same length."""

    source: str
    ids: list[int]
    piece_shapes: list[int]
    piece_gaps: list[int]
    first: list[int]
    last: list[int]
    shapes: list[int]
    gaps: list[int]
    starts: list[int]
    sentences: list[int]
    tags: dict[str, list[int]] | None
    heads: list[int]
    names: list[tuple[int, int, list[int]]] | None


class Cutter:
    """Cut documents into windows with labels turned into class numbers."""

    def __init__(self, pieces: PieceTable, vocabulary: dict[str, list[str]], rng: random.Random) -> None:
        """Take the vocabulary of pieces and of labels, and the source of all randomness."""
        self._pieces = pieces
        self._classes = {key: {x: i for i, x in enumerate(labels)} for key, labels in vocabulary.items()}
        self._rng = rng

    def cut(self, document: Document) -> Iterator[Window]:
        """Cut a document into consecutive windows of random lengths that cover it once."""
        rng = self._rng
        sizes = [len(self._pieces(word).ids) for word in document.words]
        bounds = [*document.units, len(document.words)]
        at = 0
        while at < len(bounds) - 1:
            draw = rng.random()
            if draw < FULL_SHARE:
                target = WINDOW_PIECES
            else:
                target = rng.randint(MIN_DRAWN_PIECES, WINDOW_PIECES) if draw < FULL_SHARE + DRAWN_SHARE else 0
            nxt, size = at + 1, sum(sizes[bounds[at] : bounds[at + 1]])
            while nxt < len(bounds) - 1:
                more = sum(sizes[bounds[nxt] : bounds[nxt + 1]])
                if size + more > target:
                    break
                size, nxt = size + more, nxt + 1
            start, end = bounds[at], bounds[nxt]
            while size > MAX_PIECES:
                end -= 1
                size -= sizes[end]
            solid = end
            if nxt < len(bounds) - 1 and rng.random() < OPEN_END_SHARE:
                end = self._open_end(document, end, bounds[nxt + 1])
            yield self._window(document, start, end, solid)
            at = nxt

    def _open_end(self, document: Document, end: int, limit: int) -> int:
        end = self._rng.randint(end, min(limit, end + 20))
        for a, b, _ in document.names or []:
            if a < end < b:
                return a
        return end

    def _window(self, document: Document, start: int, end: int, solid: int) -> Window:
        """Build the window of words `start` to `end`; from `solid` on, trees are cut off and not learnt."""
        rng = self._rng
        keep = list(range(start, end))
        gaps = noisy_gaps(document.gaps[start:end], document.starts[start:end], rng)
        keep, gaps = self._drop_full_stops(document, keep, gaps)
        words = noisy_words([document.words[i] for i in keep], rng)
        window = Window(
            document.source,
            [self._pieces.start_id],
            [SHAPE_SPECIAL],
            [GAP_INSIDE],
            [],
            [],
            [],
            gaps,
            [],
            [],
            None,
            [],
            None,
        )
        for word, gap in zip(words, gaps, strict=True):
            cut = self._pieces(word)
            window.first.append(len(window.ids))
            window.ids += cut.ids
            window.last.append(len(window.ids) - 1)
            window.piece_shapes += cut.shapes
            window.piece_gaps += [gap] + [GAP_INSIDE] * (len(cut.ids) - 1)
            window.shapes.append(case_shape(word))
        window.ids.append(self._pieces.end_id)
        window.piece_shapes.append(SHAPE_SPECIAL)
        window.piece_gaps.append(GAP_INSIDE)
        window.starts = [document.starts[i] for i in keep]
        if window.starts[0] == 0:
            window.starts[0] = IGNORED
        self._label(document, keep, solid, window)
        return window

    def _drop_full_stops(self, document: Document, keep: list[int], gaps: list[int]) -> tuple[list[int], list[int]]:
        """Take the full stop off some sentences that end before a line break: titles have none."""
        parse = document.parse
        if parse is None:
            return keep, gaps
        heads = {parse.heads[i] for i in keep}
        dropped = {
            k
            for k in range(1, len(keep) - 1)
            if gaps[k + 1] >= GAP_LINE
            and document.words[keep[k]] == "."
            and document.starts[keep[k + 1]] == 1
            and keep[k] not in heads
            and self._rng.random() < BARE_END_SHARE
        }
        if not dropped:
            return keep, gaps
        return [i for k, i in enumerate(keep) if k not in dropped], [g for k, g in enumerate(gaps) if k not in dropped]

    def _label(self, document: Document, keep: list[int], solid: int, window: Window) -> None:
        place = {i: k for k, i in enumerate(keep)}
        number, parse = -1, document.parse
        for k, i in enumerate(keep):
            number += document.starts[i] == 1 or k == 0
            window.sentences.append(number)
        if parse is None:
            window.heads = [IGNORED] * len(keep)
        else:
            window.tags = {
                key: [self._classes[key].get(getattr(parse, key)[i], IGNORED) for i in keep]
                for key in ("upos", "xpos", "feats", "deps")
            }
            for k, i in enumerate(keep):
                head = parse.heads[i]
                if i >= solid or head == NO_HEAD or (head != ROOT and head not in place):
                    window.heads.append(IGNORED)
                else:
                    window.heads.append(0 if head == ROOT else place[head] + 1)
                    if head != ROOT and window.sentences[place[head]] != window.sentences[k]:
                        window.heads[-1] = IGNORED
        if document.names is not None:
            window.names = [
                (place[a], place[b - 1] + 1, types) for a, b, types in document.names if a in place and b - 1 in place
            ]


class TrainingSet:
    """All prepared documents; gives the batches of one epoch after another."""

    def __init__(self, work: Path) -> None:
        """Read everything that `training.prepare` wrote."""
        self._versions: dict[str, list[list[Document]]] = {}
        for path in sorted((work / "train").glob("*.jsonl.gz")):
            self._versions.setdefault(path.name.split(".")[0], []).append(read_documents(path))

    def epoch(self, cutter: Cutter, rng: random.Random, batch_pieces: int) -> Iterator[list[Window]]:
        """Give batches of windows of like length, at most `batch_pieces` pieces each counting padding."""
        chosen: list[Document] = []
        for source, versions in sorted(self._versions.items()):
            passes = PASSES.get(source, 1.0)
            for _ in range(int(passes)):
                chosen += [rng.choice(versions)[i] for i in range(len(versions[0]))]
            for i in range(len(versions[0])):
                if rng.random() < passes - int(passes):
                    chosen.append(rng.choice(versions)[i])
        rng.shuffle(chosen)
        windows: list[Window] = []
        for document in chosen:
            if document.words:
                windows += cutter.cut(swapped(document, rng))
            if len(windows) >= POOL_WINDOWS:
                yield from _batches(windows, rng, batch_pieces)
                windows = []
        yield from _batches(windows, rng, batch_pieces)


def _rounded(length: int) -> int:
    return math.ceil(length / LENGTH_STEP) * LENGTH_STEP


def _batches(windows: list[Window], rng: random.Random, batch_pieces: int) -> list[list[Window]]:
    ordered = sorted(windows, key=lambda w: len(w.ids))
    batches: list[list[Window]] = [[]]
    for window in ordered:
        if batches[-1] and _rounded(len(window.ids)) * (len(batches[-1]) + 1) > batch_pieces:
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    return batches


@dataclass(slots=True)
class Batch:
    """Windows as tensors, padded to the longest and a round length; B windows, T pieces, N words, S name spans."""

    ids: Tensor
    mask: Tensor
    piece_shapes: Tensor
    piece_gaps: Tensor
    first: Tensor
    last: Tensor
    shapes: Tensor
    gaps: Tensor
    word_mask: Tensor
    starts: Tensor
    sentences: Tensor
    parsed: Tensor
    tags: dict[str, Tensor]
    heads: Tensor
    named: Tensor
    open_tags: Tensor
    in_span: Tensor
    span_words: Tensor
    span_of_word: Tensor
    span_begins: Tensor
    span_allowed: Tensor


def _open_tag_masks() -> dict[str, list[bool]]:
    masks = {}
    for source, scheme in SCHEMES.items():
        mask = [False] * TAG_COUNT
        mask[0] = True
        for t in scheme.open_types():
            mask[begin_tag(t)] = mask[inside_tag(t)] = True
        masks[source] = mask
    return masks


_OPEN_TAGS = _open_tag_masks()


def stack(windows: list[Window]) -> Batch:
    """Stack windows into one batch."""
    pieces = _rounded(max(len(w.ids) for w in windows))
    words = _rounded(max(len(w.first) for w in windows))

    def pad(rows: list[list[int]], length: int, fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (length - len(row)) for row in rows])

    span_words: list[int] = []
    span_of_word: list[int] = []
    span_begins: list[bool] = []
    span_allowed: list[list[bool]] = []
    in_span = torch.zeros(len(windows), words, dtype=torch.bool)
    for b, window in enumerate(windows):
        for start, end, types in window.names or []:
            allowed = [False] * (len(NAME_TYPES) + 1)
            for t in types:
                allowed[len(NAME_TYPES) if t == NO_NAME else t] = True
            for k in range(start, end):
                span_words.append(b * words + k)
                span_of_word.append(len(span_allowed))
                span_begins.append(k == start)
            span_allowed.append(allowed)
            in_span[b, start:end] = True
    none = [IGNORED] * words
    return Batch(
        ids=pad([w.ids for w in windows], pieces, 0),
        mask=pad([[1] * len(w.ids) for w in windows], pieces, 0).bool(),
        piece_shapes=pad([w.piece_shapes for w in windows], pieces, SHAPE_SPECIAL),
        piece_gaps=pad([w.piece_gaps for w in windows], pieces, GAP_INSIDE),
        first=pad([w.first for w in windows], words, 0),
        last=pad([w.last for w in windows], words, 0),
        shapes=pad([w.shapes for w in windows], words, SHAPE_SPECIAL),
        gaps=pad([w.gaps for w in windows], words, 0),
        word_mask=pad([[1] * len(w.first) for w in windows], words, 0).bool(),
        starts=pad([w.starts for w in windows], words, IGNORED),
        sentences=pad([w.sentences for w in windows], words, -1),
        parsed=torch.tensor([w.tags is not None for w in windows]),
        tags={
            key: pad([w.tags[key] if w.tags else none for w in windows], words, IGNORED)
            for key in ("upos", "xpos", "feats", "deps")
        },
        heads=pad([w.heads for w in windows], words, IGNORED),
        named=torch.tensor([w.names is not None for w in windows]),
        open_tags=torch.tensor([_OPEN_TAGS.get(w.source, _OPEN_TAGS["uner"]) for w in windows]),
        in_span=in_span,
        span_words=torch.tensor(span_words, dtype=torch.long),
        span_of_word=torch.tensor(span_of_word, dtype=torch.long),
        span_begins=torch.tensor(span_begins, dtype=torch.bool),
        span_allowed=torch.tensor(span_allowed, dtype=torch.bool).reshape(-1, len(NAME_TYPES) + 1),
    )
