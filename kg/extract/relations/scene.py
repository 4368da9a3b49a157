"""What the learned extractor sees of an article: words as vectors, and the things that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
# Least weight of a mention, so that its logarithm is finite.
_LEAST_WEIGHT = 1e-3


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: words of the scene, half-open, and how sure it is that the thing is meant."""

    start: int
    end: int
    weight: float = 1.0
    is_name: bool = True

    @property
    def log_weight(self) -> float:
        """The logarithm of the weight, as the network takes it."""
        return float(np.log(max(self.weight, _LEAST_WEIGHT)))


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

    def numbers(self) -> dict[int, int]:
        """Give the number of each token that is a word."""
        return {token: i for i, token in enumerate(self.tokens)}

    def pairs(self) -> npt.NDArray[np.int64]:
        """Give the pairs of things [P, 2] that a fact may link: an entity, and any other thing."""
        numbers = range(len(self.things))
        found = [(i, j) for i in numbers if self.things[i].kind == "entity" for j in numbers if i != j]
        return np.array(found, dtype=np.int64).reshape(-1, 2)


def make_scene(analysis: Analysis, post_nouns: frozenset[str]) -> Scene:
    """Gather the words and things of an analysed article."""
    doc = analysis.doc
    number = numbered_words(doc)
    starts = np.zeros(len(doc), dtype=np.int64)
    for sent in doc.sents:
        starts[sent.start] = 1
    sentence = np.cumsum(starts)
    things = (*_entities(analysis, number), *_others(analysis, number, post_nouns))
    return scene_of(doc, number, [int(k) for k in sentence], things)


def numbered_words(doc: Doc) -> dict[int, int]:
    """Give the tokens that are no white space, in order, with their numbers among these."""
    words = (token.i for token in doc if not token.is_space)
    return {token: i for i, token in enumerate(words)}


def scene_of(doc: Doc, number: Mapping[int, int], sentences: Sequence[int], things: tuple[Thing, ...]) -> Scene:
    """Gather what is known of the numbered words of a document; `sentences` are those of all its tokens.

    A word whose head is no word of the scene is a root.
    """
    tokens = tuple(number)
    states = np.asarray(doc.tensor[list(tokens)], dtype=np.float16)
    heads = tuple(number.get(doc[token].head.i, i) for token, i in number.items())
    return Scene(tokens, states, tuple(sentences[token] for token in tokens), heads, things)


def _entities(analysis: Analysis, number: Mapping[int, int]) -> Iterator[Thing]:
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


def _others(analysis: Analysis, number: Mapping[int, int], post_nouns: frozenset[str]) -> Iterator[Thing]:
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
    tokens: Iterable[int], number: Mapping[int, int], *, weight: float = 1.0, is_name: bool = True
) -> Iterator[Place]:
    inside = [number[t] for t in tokens if t in number]
    if inside:
        yield Place(inside[0], inside[-1] + 1, weight, is_name)
