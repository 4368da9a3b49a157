"""Compiled frames kept between runs."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from kg.extract.compiling import compile_frames
from kg.extract.frames import ExampleFailure, Frame, FrameSet
from kg.extract.kept import kept

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.ontology.schema import Ontology

_Row = TypeVar("_Row", Frame, ExampleFailure)


def cached_frames(ontology: Ontology, nlp: Language) -> FrameSet:
    """Return what `compile_frames` does, from the cache where it holds these frames, else compiled and then kept."""
    return kept("frames", ontology, nlp, lambda: compile_frames(ontology, nlp), encode, decode)


def encode(frames: FrameSet) -> dict[str, Any]:
    """Return frames as JSON has them: each a row of its fields' values, sets as sorted lists."""
    return {
        "frames": {lemma: [row(frame) for frame in rows] for lemma, rows in frames.by_lemma.items()},
        "type_nouns": sorted(frames.type_nouns),
        "post_nouns": sorted(frames.post_nouns),
        "failures": [row(failure) for failure in frames.failures],
    }


def decode(document: dict[str, Any]) -> FrameSet:
    """Return the frames of `encode`; raises ValueError, KeyError or TypeError for what it did not write."""
    return FrameSet(
        {lemma: tuple(_made(Frame, row) for row in rows) for lemma, rows in document["frames"].items()},
        frozenset(document["type_nouns"]),
        frozenset(document["post_nouns"]),
        tuple(_made(ExampleFailure, row) for row in document["failures"]),
    )


def row(item: Frame | ExampleFailure) -> list[Any]:
    """The values of the fields, sets as sorted lists."""
    values = [getattr(item, each.name) for each in fields(item)]
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _made(kind: type[_Row], row: list[Any]) -> _Row:
    values: list[Any] = [
        frozenset(tuple(v) if isinstance(v, list) else v for v in value) if isinstance(value, list) else value
        for value in row
    ]
    if len(values) != len(fields(kind)):
        raise ValueError(f"{kind.__name__}: {len(values)} fields")
    return kind(*values)
