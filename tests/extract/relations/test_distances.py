"""Codes of distances: between things, from things to words, and back to the nearest name."""

from __future__ import annotations

import numpy as np

from kg.extract.relations.distances import (
    AROUND_CODES,
    NEAR_CODES,
    REFERENCE_GAPS,
    is_apart,
    nearness,
    reference_gap,
    surroundings,
)
from kg.extract.relations.scene import Place, Thing
from tests.extract.relations.scenes import entity, scene


def test_nearness_tells_the_order_apart() -> None:
    """A before B is another code than B before A, and each sees the other's."""
    near = nearness(scene(30, [entity("a", 1), entity("b", 4)]))
    assert near[0, 1] != near[1, 0]
    assert near[0, 1] // 2 == near[1, 0] // 2


def test_nearness_takes_the_nearest_mentions() -> None:
    """A second mention in the sentence of the other thing counts, not the first one far away."""
    apart = nearness(scene(60, [entity("a", 1), entity("b", 52)]))[0, 1]
    again = nearness(scene(60, [entity("a", 1, 55), entity("b", 52)]))[0, 1]
    beside = nearness(scene(60, [entity("a", 55), entity("b", 52)]))[0, 1]
    assert apart != again
    assert again == beside


def test_words_before_and_after_a_thing_have_codes_of_their_own() -> None:
    """The words of a name are alike; before it, after it, and in the sentences on both sides they differ."""
    around = surroundings(scene(30, [entity("a", 13)]))[0] % (AROUND_CODES // 2)
    assert around[13] == around[14] == 0
    assert len({int(around[i]) for i in (12, 11, 15, 16, 5, 25)}) == 6


def test_the_nearest_mention_sees_the_words() -> None:
    """A second mention sees the words of its own sentence as near."""
    once = surroundings(scene(60, [entity("a", 1)]))[0]
    twice = surroundings(scene(60, [entity("a", 1, 52)]))[0]
    assert twice[54] % (AROUND_CODES // 2) == once[3] % (AROUND_CODES // 2)
    assert once[54] != twice[54]


def test_words_that_a_thing_depends_on_are_told_apart() -> None:
    """From the head of a name up to the root of its sentence."""
    above = surroundings(scene(10, [entity("a", 1)], heads={1: 2, 2: 5, 5: 7, 4: 5}))[0] >= AROUND_CODES // 2
    assert np.flatnonzero(above).tolist() == [2, 5, 7]


def test_surroundings_have_codes_for_the_farthest() -> None:
    """Words at the other end of a long article have a code within the table."""
    around = surroundings(scene(2000, [entity("a", 1), entity("b", 1990)], heads={1990: 3}))
    assert around.max() < AROUND_CODES
    assert around.min() >= 0


def test_nearness_has_codes_for_the_farthest() -> None:
    """Things at the two ends of a long article have a code within the table."""
    near = nearness(scene(2000, [entity("a", 1), entity("b", 1990)]))
    assert near.max() < NEAR_CODES
    assert near.min() >= 0


def test_things_of_one_sentence_are_not_apart() -> None:
    """Nine words between two things of a sentence are nearer than the last and the first word of two sentences."""
    near = nearness(scene(30, [entity("a", 0), entity("b", 8), entity("c", 10)]))
    assert not is_apart(near)[0, 1]
    assert is_apart(near)[1, 2]
    assert near[0, 1] < near[1, 2]


def test_a_reference_looks_back_to_the_nearest_name() -> None:
    """In sentences; names behind it, and what is only referred to, have the code of things not named before."""
    words = scene(120, [])
    assert reference_gap(words, 35, entity("a", 4, 22)) == 1
    assert reference_gap(words, 119, entity("a", 4)) == REFERENCE_GAPS - 1
    assert reference_gap(words, 35, entity("a", 40)) == REFERENCE_GAPS
    assert reference_gap(words, 35, Thing("a", "entity", (Place(4, 5, is_name=False),))) == REFERENCE_GAPS
