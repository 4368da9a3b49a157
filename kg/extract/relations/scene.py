"""What the learned extractor sees of an article: words as vectors, and the things that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extract.analysis import Analysis
    from kg.extract.tree import Node

ThingKind = Literal["entity", "date", "money", "count", "post"]
KINDS: tuple[ThingKind, ...] = ("entity", "date", "money", "count", "post")
KIND_OF_VALUE: dict[str, ThingKind] = {
    "entity": "entity", "date": "date", "money": "money", "integer": "count", "quantity": "count",
}  # fmt: skip
"""The kind of thing that holds the objects of a property of each kind."""
# Codes of words: 0 outside, then for each kind one for the first word and one for the others.
TAG_CODES = 2 * len(KINDS) + 1
_VALUES = frozenset(("date", "money", "count"))
# Codes of how far two things are apart: in words within a sentence (powers of two), then in sentences; each in two
# orders.
_WORD_STEPS, _SENTENCE_STEPS = 7, 4
# More words than an article has between two names.
_FAR = 1 << 32
NEAR_CODES = 2 * (_WORD_STEPS + _SENTENCE_STEPS)
# Codes of where a word stands as a thing sees it: within its name, before or after it in the same sentence by steps
# (powers of two), in sentences before or after; each with and without the thing depending on the word.
_AROUND_STEPS, _AROUND_SENTENCES = 6, 3
_AROUND_PLACES = 1 + 2 * (_AROUND_STEPS + _AROUND_SENTENCES)
AROUND_CODES = 2 * _AROUND_PLACES


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: words of the scene, half-open, and how sure it is that the thing is meant."""

    start: int
    end: int
    weight: float = 1.0
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity (`key` is its draft), a value or a noun for a post (`key` is the index of its node)."""

    key: str
    kind: ThingKind
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The words of an article without white space: `tokens` their indices in the Doc, `states` [N, D] their vectors.

    `heads` are the words that they depend on, a root's is itself.
    """

    tokens: tuple[int, ...]
    states: npt.NDArray[np.float16]
    sentences: tuple[int, ...]
    heads: tuple[int, ...]
    things: tuple[Thing, ...]

    def tags(self) -> npt.NDArray[np.int64]:
        """Give the code of each word [N]."""
        codes = np.zeros(len(self.tokens), dtype=np.int64)
        for thing in self.things:
            code = 2 * KINDS.index(thing.kind) + 1
            for place in thing.places:
                if place.is_name:
                    codes[place.start : place.end] = code + 1
                    codes[place.start] = code
        return codes

    def pairs(self) -> npt.NDArray[np.int64]:
        """Give the pairs of things [P, 2] that a fact may link: an entity, and any other thing."""
        numbers = range(len(self.things))
        found = [(i, j) for i in numbers if self.things[i].kind == "entity" for j in numbers if i != j]
        return np.array(found, dtype=np.int64).reshape(-1, 2)


def make_scene(analysis: Analysis, post_nouns: frozenset[str]) -> Scene:
    """Gather the words and things of an analysed article."""
    doc = analysis.doc
    tokens = words_of(doc)
    number = {token: i for i, token in enumerate(tokens)}
    starts = np.zeros(len(doc), dtype=np.int64)
    for sent in doc.sents:
        starts[sent.start] = 1
    sentence = np.cumsum(starts)
    things = (*_entities(analysis, number), *_others(analysis, number, post_nouns))
    states = np.asarray(doc.tensor[list(tokens)], dtype=np.float16)
    return Scene(tokens, states, tuple(int(sentence[t]) for t in tokens), heads_of(doc, tokens), things)


def words_of(doc: Doc) -> tuple[int, ...]:
    """Give the tokens that are no white space."""
    return tuple(t.i for t in doc if not t.is_space)


def heads_of(doc: Doc, tokens: Sequence[int]) -> tuple[int, ...]:
    """Give for each of these tokens the one that it depends on, counted among them."""
    number = {token: i for i, token in enumerate(tokens)}
    return tuple(number.get(doc[t].head.i, i) for i, t in enumerate(tokens))


def _entities(analysis: Analysis, number: dict[int, int]) -> Iterator[Thing]:
    places: dict[str, list[Place]] = {key: [] for key in analysis.discourse.drafts}
    nodes = analysis.tree.nodes
    for draft in analysis.discourse.drafts.values():
        for mention in sorted({m.span for m in draft.mentions}):
            span = analysis.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                places[draft.id] += _place(range(span.start, span.end), number)
    for index, reference in sorted(analysis.references.items()):
        for key in reference.entities:
            if key in places:
                inside = range(nodes[index].start, nodes[index].end)
                places[key] += _place(inside, number, weight=reference.score, is_name=False)
    for key, found in places.items():
        if any(p.is_name for p in found):
            yield Thing(key, "entity", tuple(_longest(found)))


def _longest(places: Sequence[Place]) -> Iterator[Place]:
    """Of mentions within each other keep the longest."""
    end = -1
    for place in sorted(places, key=lambda p: (p.start, -p.end)):
        if place.end > end:
            yield place
            end = place.end


def _others(analysis: Analysis, number: dict[int, int], post_nouns: frozenset[str]) -> Iterator[Thing]:
    for node in analysis.tree.nodes:
        kind = _kind(node, post_nouns)
        if kind is not None:
            places = tuple(_place(range(node.start, node.end), number))
            if places:
                yield Thing(str(node.index), kind, places)


def _kind(node: Node, post_nouns: frozenset[str]) -> ThingKind | None:
    if node.unit is not None and node.kind in _VALUES:
        return node.kind  # type: ignore[return-value] # one of the three
    if node.kind == "word" and node.pos in ("NOUN", "PROPN") and node.lemma.lower() in post_nouns:
        return "post"
    return None


def _place(
    tokens: Iterable[int], number: dict[int, int], *, weight: float = 1.0, is_name: bool = True
) -> Iterator[Place]:
    inside = [number[t] for t in tokens if t in number]
    if inside:
        yield Place(inside[0], inside[-1] + 1, weight, is_name)


def is_apart(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell for codes of nearness whether no sentence mentions both things."""
    apart: npt.NDArray[np.bool_] = codes >= 2 * _WORD_STEPS
    return apart


def nearness(scene: Scene) -> npt.NDArray[np.int64]:
    """Give the code of how far apart the nearest mentions of any two things are [E, E]."""
    places = [(p.start, scene.sentences[p.start]) for t in scene.things for p in t.places]
    word, sentence = np.array(places, dtype=np.int64).reshape(-1, 2).T
    firsts = np.cumsum([0, *(len(t.places) for t in scene.things)])[:-1]
    away = word[None] - word[:, None]
    gap = np.abs(sentence[None] - sentence[:, None])
    order = 2 * (gap * _FAR + np.abs(away)) + (away < 0)
    nearest = np.minimum.reduceat(np.minimum.reduceat(order, firsts, axis=0), firsts, axis=1)
    gaps, words = np.divmod(nearest >> 1, _FAR)
    steps = np.minimum(_WORD_STEPS - 1, np.ceil(np.log2(words + 1)).astype(np.int64))
    steps = np.where(gaps > 0, np.minimum(_SENTENCE_STEPS, gaps) + _WORD_STEPS - 1, steps)
    codes: npt.NDArray[np.int64] = 2 * steps + (nearest & 1)
    return codes


def surroundings(scene: Scene) -> npt.NDArray[np.int64]:
    """Give the code of where each word stands as seen from the nearest mention of each thing [E, N]."""
    words, sentences = np.arange(len(scene.tokens)), np.array(scene.sentences, dtype=np.int64)
    out = np.empty((len(scene.things), len(words)), dtype=np.int64)
    for row, thing in zip(out, scene.things, strict=True):
        start = np.array([p.start for p in thing.places])[:, None]
        last = np.array([p.end - 1 for p in thing.places])[:, None]
        away = np.maximum(start - words, 0) + np.minimum(last - words, 0)
        gap = sentences[start] - sentences
        order = np.abs(gap) * _FAR + np.abs(away)
        nearest = order.argmin(0), words
        row[:] = _place_codes(away[nearest], gap[nearest]) + _AROUND_PLACES * _above(scene, thing)
    return out


def _place_codes(away: npt.NDArray[np.int64], gap: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Code signed distances in words and in sentences; above 0 the thing comes later."""
    steps = np.minimum(_AROUND_STEPS, 1 + np.ceil(np.log2(np.maximum(1, np.abs(away)))).astype(np.int64))
    steps = np.where(gap != 0, _AROUND_STEPS + np.minimum(_AROUND_SENTENCES, np.abs(gap)), steps)
    before = np.where(gap != 0, gap, away) > 0
    codes: npt.NDArray[np.int64] = np.where((away == 0) & (gap == 0), 0, 2 * steps - before)
    return codes


def _above(scene: Scene, thing: Thing) -> npt.NDArray[np.int64]:
    """Mark the words [N] that a thing's mentions depend on, up to the roots, the mentions' own heads among them."""
    marks = np.zeros(len(scene.tokens), dtype=np.int64)
    for place in thing.places:
        inside = range(place.start, place.end)
        word = next((i for i in inside if scene.heads[i] not in inside or scene.heads[i] == i), place.start)
        while not marks[word]:
            marks[word] = 1
            word = scene.heads[word]
    return marks
