"""Scenes: words, the codes of things in them, and windows over long articles."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from spacy.tokens import Doc

from kg.extract.relations.scene import KINDS, TAG_CODES, Place, Thing, numbered_words, scene_of
from kg.extract.relations.windows import WINDOW_WORDS, bounds, windows
from tests.extract.hand_built import VOCAB
from tests.extract.relations.scenes import entity, scene


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


def test_white_space_is_no_word() -> None:
    """Words, their heads, sentences and vectors are counted without it; a word that hangs on it is a root."""
    words, heads = ["Amber", "grew", "\n\n", "Fast", "."], [1, 1, 1, 2, 3]
    doc = Doc(VOCAB, words, heads=heads, deps=["nsubj", "ROOT", "dep", "advmod", "punct"])
    doc.tensor = np.arange(10.0).reshape(5, 2)
    found = scene_of(doc, numbered_words(doc), [0, 0, 0, 1, 1], ())
    assert found.numbers() == {0: 0, 1: 1, 3: 2, 4: 3}
    assert found.sentences == (0, 0, 1, 1)
    assert found.heads == (1, 1, 2, 2)
    assert found.states[:, 0].tolist() == [0, 2, 6, 8]


def test_the_logarithm_of_a_weight_is_finite() -> None:
    """A mention that nothing speaks for weighs little, but not nothing at all."""
    assert Place(0, 1).log_weight == 0
    assert np.isfinite(Place(0, 1, 0.0).log_weight)
