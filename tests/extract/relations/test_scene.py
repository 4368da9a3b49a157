"""Scenes: words, the codes of things in them, how far things are apart, and windows over long articles."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from kg.extract.relations.scene import KINDS, NEAR_CODES, TAG_CODES, Place, Scene, Thing, nearness
from kg.extract.relations.windows import WINDOW_WORDS, bounds, windows


def scene(size: int, things: list[Thing], *, sentence_words: int = 10) -> Scene:
    """A scene of so many words in sentences of equal length; the first number of a word's vector is its index."""
    states = np.zeros((size, 2), dtype=np.float16)
    states[:, 0] = np.arange(size)
    return Scene(tuple(range(size)), states, tuple(i // sentence_words for i in range(size)), tuple(things))


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


def test_no_words_no_windows() -> None:
    """An empty article has none."""
    assert bounds(()) == []
