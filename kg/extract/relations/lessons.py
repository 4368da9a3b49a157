"""What the network makes of the ontology's examples: the like of each learned fact, and properties new to it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract.kept import kept
from kg.extract.relations.scene import KIND_OF_VALUE, Place, Scene, Thing, scene_of
from kg.extract.sentences import read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.relations.network import Floats, RelationNetwork
    from kg.extract.relations.scene import ThingKind
    from kg.ontology.schema import Example, Ontology, Property

# Strength of the prior on the weights of a property that is known by examples alone, in examples; the constant, which
# only balances them, is all but free.
_RIDGE, _RIDGE_OF_CONSTANT = 1.0, 1e-3
# Log odds beyond which an example has no more to teach; their exponential is finite.
_CERTAIN = 30
# Keeps the likeness to a vector of zeros finite.
_TINY = 1e-9
_NEWTON_STEPS = 12
# Few pairs of an article are related, but of the examples' pairs many are: so much log odds are taken off.
_PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Lessons:
    """The examples of all properties as the network sees them: sentences, and vectors [K, R] of their marked pairs."""

    properties: tuple[str, ...]
    sentences: tuple[str, ...]
    vectors: Floats
    new: Mapping[str, Floats] = field(default_factory=dict)
    """Weights of the properties that the network has no column for, by name."""

    def nearest(self, name: str, vector: Floats) -> str | None:
        """The example of a property that is most like a pair; None where it has none that could be read."""
        own = [i for i, p in enumerate(self.properties) if p == name]
        if not own:
            return None
        vectors = self.vectors[own]
        likeness = vectors @ vector / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector) + _TINY)
        return self.sentences[own[int(likeness.argmax())]]

    def weights(self, name: str) -> Floats | None:
        """Weights [R + 1] for scoring a property by its examples, the constant last; None where there are none.

        Ridge logistic regression of its examples against those of all others, by Newton's method.
        """
        y = np.array([p == name for p in self.properties], dtype=np.float64)
        if not y.any():
            return None
        x = np.hstack([self.vectors.astype(np.float64), np.ones((len(y), 1))])
        balance = np.where(y > 0, len(y) / (2 * y.sum()), len(y) / (2 * max(1.0, (1 - y).sum())))
        w = np.zeros(x.shape[1])
        ridge = np.eye(x.shape[1]) * _RIDGE
        ridge[-1, -1] = _RIDGE_OF_CONSTANT
        for _ in range(_NEWTON_STEPS):
            p = 1 / (1 + np.exp(-np.clip(x @ w, -_CERTAIN, _CERTAIN)))
            gradient = x.T @ (balance * (p - y)) + ridge @ w
            hessian = (x * (balance * p * (1 - p))[:, None]).T @ x + ridge
            w -= np.linalg.solve(hessian, gradient)
        w[-1] -= _PRIOR
        out: Floats = w.astype(np.float32)
        return out


NO_LESSONS = Lessons((), (), np.zeros((0, 0), dtype=np.float32))


def learned(ontology: Ontology, nlp: Language, network: RelationNetwork) -> Lessons:
    """Read the examples of all properties, from the cache where they were read before."""
    also = (str(sorted(network.hashes.items())),)
    lessons = kept("lessons", ontology, nlp, lambda: read_examples(ontology, nlp, network), _encode, _decode, also=also)
    unknown = sorted(set(ontology.properties) - set(network.properties))
    new = {name: weights for name in unknown if (weights := lessons.weights(name)) is not None}
    return replace(lessons, new=new)


def read_examples(ontology: Ontology, nlp: Language, network: RelationNetwork) -> Lessons:
    """Bring the marked pair of every example before the network; one wording of each sentence is enough."""
    properties, sentences, vectors = list[str](), list[str](), list[Any]()
    pairs = list(_first_wordings(ontology))
    docs = read_sentences(nlp, [example.text for _, example in pairs])
    for (prop, example), doc in zip(pairs, docs, strict=True):
        for vector in _vector(doc, example, KIND_OF_VALUE[prop.kind], network):
            properties.append(prop.name)
            sentences.append(example.text)
            vectors.append(vector)
    return Lessons(tuple(properties), tuple(sentences), np.array(vectors, dtype=np.float16).astype(np.float32))


def _first_wordings(ontology: Ontology) -> Iterator[tuple[Property, Example]]:
    """Each property with the first sentence of each of its lines."""
    for _, prop in sorted(ontology.properties.items()):
        first: dict[str, Example] = {}
        for example in prop.examples:
            first.setdefault(example.source, example)
        yield from ((prop, example) for example in first.values())


def _vector(doc: Doc, example: Example, kind: ThingKind, network: RelationNetwork) -> Iterator[Floats]:
    scene = marked_scene(doc, example, kind)
    if scene is not None:
        yield network.judge(scene, np.array([(0, 1)], dtype=np.int64)).vectors[0]


def marked_scene(doc: Doc, example: Example, kind: ThingKind) -> Scene | None:
    """Give an example's words with its marked subject and object, a thing of this kind; None where one has no word."""
    marks = [example.marks.get(role) for role in ("subject", "object", "value")]
    spans = [doc.char_span(*mark, alignment_mode="expand") for mark in marks if mark is not None]
    if len(spans) < 2 or any(span is None or not len(span) for span in spans):  # noqa: PLR2004 - both ends
        return None
    places = [Place(span.start, span.end) for span in spans[:2] if span is not None]
    things = (Thing("subject", "entity", (places[0],)), Thing("object", kind, (places[1],)))
    every_token = {i: i for i in range(len(doc))}
    return scene_of(doc, every_token, [i for i, sent in enumerate(doc.sents) for _ in sent], things)


def _encode(lessons: Lessons) -> dict[str, Any]:
    vectors = base64.b64encode(lessons.vectors.astype(np.float16).tobytes()).decode()
    return {"properties": lessons.properties, "sentences": lessons.sentences, "vectors": vectors}


def _decode(document: dict[str, Any]) -> Lessons:
    flat = np.frombuffer(base64.b64decode(document["vectors"]), dtype=np.float16).astype(np.float32)
    names, sentences = tuple(document["properties"]), tuple(document["sentences"])
    if len(names) != len(sentences):
        raise ValueError("lessons without sentences")
    return Lessons(names, sentences, flat.reshape(len(names), -1))
