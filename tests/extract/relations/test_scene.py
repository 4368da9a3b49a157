"""Scenes: words, the codes of things in them, how far things are apart, and windows over long articles."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kg.extract.relations.scene import (
    AROUND_CODES,
    KINDS,
    NEAR_CODES,
    TAG_CODES,
    Place,
    Scene,
    Thing,
    nearness,
    surroundings,
)
from kg.extract.relations.windows import WINDOW_WORDS, bounds, windows


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


def test_first_word_of_a_name_has_a_code_of_its_own() -> None:
    """Two names side by side stay two."""
    codes = scene(8, [entity("a", 1), entity("b", 3), Thing("7", "date", (Place(6, 7),))]).tags()
    begin = 2 * KINDS.index("entity") + 1
    assert codes.tolist() == [0, begin, begin + 1, begin, begin + 1, 0, 2 * KINDS.index("date") + 1, 0]
    assert codes.max() < TAG_CODES


def test_references_leave_no_code() -> None:
    """What a pronoun means is not known before the network has read the text."""
    thing = Thing("a", "entity", (Place(1, 2), Place(5, 6, 0.7, is_name=False)))
    assert np.flatnonzero(scene(8, [thing]).tags()).tolist() == [1]


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


def test_a_short_article_is_one_window() -> None:
    """Nothing is cut that need not be."""
    assert bounds(tuple(i // 20 for i in range(WINDOW_WORDS))) == [(0, WINDOW_WORDS)]


def test_windows_cover_all_words_and_overlap_at_sentences() -> None:
    """Each window begins and ends with a sentence, and shares some with the one before."""
    found = bounds(tuple(i // 20 for i in range(2000)))
    assert found[0][0] == 0
    assert found[-1][1] == 2000
    for (_, end), (start, _) in pairwise(found):
        assert start < end
        assert start % 20 == end % 20 == 0


def test_a_sentence_longer_than_a_window_is_cut() -> None:
    """A text without any sentence end still comes to its end."""
    found = bounds((0,) * (3 * WINDOW_WORDS))
    assert found[-1][1] == 3 * WINDOW_WORDS
    assert all(end - start <= WINDOW_WORDS for start, end in found)


def test_a_window_keeps_what_stands_in_it() -> None:
    """Places move with the window; a thing named elsewhere only is not in it."""
    whole = scene(1000, [entity("early", 5), entity("late", 990), entity("both", 7, 985)])
    start, last = list(windows(whole))[-1]
    assert [t.key for t in last.things] == ["late", "both"]
    assert last.tokens == whole.tokens[start:]
    place = last.things[0].places[0]
    assert last.states[place.start, 0] == 990
    assert len(last.things[1].places) == 1
    assert last.sentences[0] == 0


def test_heads_are_those_of_the_window() -> None:
    """Counted from its first word; a word whose head lies outside is a root."""
    whole = scene(
        3 * WINDOW_WORDS,
        [],
        sentence_words=3 * WINDOW_WORDS,
        heads={1: 0, WINDOW_WORDS + 2: WINDOW_WORDS, WINDOW_WORDS + 1: 5},
    )
    start, second = list(windows(whole))[1]
    assert start == WINDOW_WORDS
    assert second.heads[:4] == (0, 1, 0, 3)


def test_no_words_no_windows() -> None:
    """An empty article has none."""
    assert bounds(()) == []
