"""Codes of how far the things of a scene are from each other, and the words from them: what the network knows of order.

Sentences come before words: a mention in the same sentence is nearer than any in another. Words within a sentence are
counted in powers of two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from kg.extract.relations.scene import Scene, Thing

Integers = npt.NDArray[np.int64]

# More words than an article has between two names.
_FAR = 1 << 32
# How far two things are apart: the last code for words within a sentence (0 for none between), then for sentences; each
# in two orders.
_NEAR_WORDS, _NEAR_SENTENCES = 6, 4
_NEAR_STEPS = 1 + _NEAR_WORDS + _NEAR_SENTENCES
NEAR_CODES = 2 * _NEAR_STEPS
# Where a word stands as a thing sees it: within its name, before or after it in the same sentence, in sentences before
# or after; each with and without the thing depending on the word.
_AROUND_WORDS, _AROUND_SENTENCES = 6, 3
_AROUND_PLACES = 1 + 2 * (_AROUND_WORDS + _AROUND_SENTENCES)
AROUND_CODES = 2 * _AROUND_PLACES
# Distances between a reference and the nearest name before it, in sentences; one code for things named only after it.
REFERENCE_GAPS = 8


def _order(sentences: Integers, words: Integers) -> Integers:
    """Make distances comparable, whichever way they go: first by sentences, then by words."""
    return np.abs(sentences) * _FAR + np.abs(words)


def _steps(sentences: Integers, powers: npt.NDArray[np.float64], most_words: int, most_sentences: int) -> Integers:
    """Code distances: powers of two of words within a sentence, then sentences; the farthest alike."""
    within = np.minimum(most_words, powers.astype(np.int64))
    steps: Integers = np.where(sentences > 0, most_words + np.minimum(most_sentences, sentences), within)
    return steps


def nearness(scene: Scene) -> Integers:
    """Give the code of how far apart the nearest mentions of any two things are [E, E]."""
    places = [(p.start, scene.sentences[p.start]) for t in scene.things for p in t.places]
    word, sentence = np.array(places, dtype=np.int64).reshape(-1, 2).T
    firsts = np.cumsum([0, *(len(t.places) for t in scene.things)])[:-1]
    away = word[None] - word[:, None]
    order = 2 * _order(sentence[None] - sentence[:, None], away) + (away < 0)
    nearest = np.minimum.reduceat(np.minimum.reduceat(order, firsts, axis=0), firsts, axis=1)
    sentences, words = np.divmod(nearest >> 1, _FAR)
    steps = _steps(sentences, np.ceil(np.log2(words + 1)), _NEAR_WORDS, _NEAR_SENTENCES)
    codes: Integers = 2 * steps + (nearest & 1)
    return codes


def is_apart(codes: Integers) -> npt.NDArray[np.bool_]:
    """Tell for codes of nearness whether no sentence mentions both things."""
    apart: npt.NDArray[np.bool_] = codes > 2 * _NEAR_WORDS + 1
    return apart


def surroundings(scene: Scene) -> Integers:
    """Give the code of where each word stands as seen from the nearest mention of each thing [E, N]."""
    words, sentences = np.arange(len(scene.tokens)), np.array(scene.sentences, dtype=np.int64)
    out = np.empty((len(scene.things), len(words)), dtype=np.int64)
    for row, thing in zip(out, scene.things, strict=True):
        start = np.array([p.start for p in thing.places])[:, None]
        last = np.array([p.end - 1 for p in thing.places])[:, None]
        away = np.maximum(start - words, 0) + np.minimum(last - words, 0)
        gap = sentences[start] - sentences
        nearest = _order(gap, away).argmin(0), words
        row[:] = _place_codes(away[nearest], gap[nearest]) + _AROUND_PLACES * _above(scene, thing)
    return out


def _place_codes(away: Integers, gap: Integers) -> Integers:
    """Code signed distances in words and in sentences; above 0 the thing comes later."""
    powers = 1 + np.ceil(np.log2(np.maximum(1, np.abs(away))))
    steps = _steps(np.abs(gap), powers, _AROUND_WORDS, _AROUND_SENTENCES)
    before = np.where(gap != 0, gap, away) > 0
    codes: Integers = np.where((away == 0) & (gap == 0), 0, 2 * steps - before)
    return codes


def _above(scene: Scene, thing: Thing) -> Integers:
    """Mark the words [N] that a thing's mentions depend on, up to the roots, the mentions' own heads among them."""
    marks = np.zeros(len(scene.tokens), dtype=np.int64)
    for place in thing.places:
        inside = range(place.start, place.end)
        word = next((i for i in inside if scene.heads[i] not in inside or scene.heads[i] == i), place.start)
        while not marks[word]:
            marks[word] = 1
            word = scene.heads[word]
    return marks


def reference_gap(scene: Scene, word: int, thing: Thing) -> int:
    """Code the distance in sentences to the nearest name of a thing before a word."""
    at = scene.sentences[word]
    before = [at - scene.sentences[p.start] for p in thing.places if p.is_name and p.start < word]
    return min(REFERENCE_GAPS - 1, *before) if before else REFERENCE_GAPS
