"""Scenes made of numbers, for tests."""

from __future__ import annotations

import numpy as np

from kg.extract.relations.scene import Place, Scene, Thing


def scene(size: int, things: list[Thing], *, sentence_words: int = 10, heads: dict[int, int] | None = None) -> Scene:
    """A scene of so many words in sentences of equal length; the first number of a word's vector is its index.

    Words without a head are roots.
    """
    states = np.zeros((size, 2), dtype=np.float16)
    states[:, 0] = np.arange(size)
    sentences = tuple(i // sentence_words for i in range(size))
    depend = tuple((heads or {}).get(i, i) for i in range(size))
    return Scene(tuple(range(size)), states, sentences, depend, tuple(things))


def entity(key: str, *starts: int) -> Thing:
    """A thing named by two words at each of these places."""
    return Thing(key, "entity", tuple(Place(s, s + 2) for s in starts))
