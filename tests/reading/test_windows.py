"""Windows: every word is read once, whatever the length of sentences and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.features import GAP_BLANK, GAP_PARAGRAPH, Pieces
from kg.reading.labels import TAG_COUNT
from kg.reading.runtime import NETWORK, WIDE_WINDOW_PIECES, WINDOW_PIECES, Network, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt


class OnePiece:
    """Pieces of a tokenizer that never splits: the word "." has the id 4, all others 5."""

    start_id, end_id = 1, 2

    def __call__(self, word: str) -> Pieces:
        """Give the one piece of a word."""
        return Pieces((4 if word == "." else 5,), (1,))


class Pretended(Network):
    """A network that starts a sentence behind each full stop and hangs all words from the first one."""

    def __init__(self) -> None:
        """Pretend to be loaded."""
        self.windows: list[int] = []
        self.pieces = OnePiece()  # type: ignore[assignment]
        self.labels = {"deps": ["root", "dep"]}
        self._root_label = 0

    def _run(self, file: str, feed: Mapping[str, npt.NDArray[Any]]) -> list[Any]:
        if file != NETWORK:
            return [np.zeros((len(feed["dependents"]), 2), dtype=np.float32)]
        ids = feed["ids"][0]
        words = len(feed["first"][0])
        self.windows.append(words)
        starts = np.where(np.r_[0, ids[1:words]] == 4, 5.0, -5.0)
        arcs = np.zeros((words, words + 1), dtype=np.float32)
        zeros = np.zeros(words, dtype=np.int64)
        names = np.zeros((words, TAG_COUNT), dtype=np.float32)
        vectors = (np.zeros((words, 3)), np.zeros((words + 1, 3)), np.arange(words, dtype=np.float32)[:, None])
        outputs = (starts, names, zeros, zeros, zeros, arcs, *vectors)
        return [output[None] for output in outputs]


def read(words: list[str], gaps: list[int]) -> tuple[list[Sentence], list[int]]:
    """Read with the pretended network; give the sentences and the sizes of the windows."""
    network = Pretended()
    return network.read(words, gaps), network.windows


def check(words: list[str], sentences: list[Sentence]) -> None:
    """Sentences follow each other without hole or overlap, and each has a head for each word."""
    assert [s.start for s in sentences] == [0, *(s.end for s in sentences[:-1])] if sentences else not words
    assert sum(s.end - s.start for s in sentences) == len(words)
    for sentence in sentences:
        assert len(sentence.heads) == len(sentence.deps) == len(sentence.names) == sentence.end - sentence.start


def test_no_words() -> None:
    """Nothing in, nothing out."""
    assert read([], []) == ([], [])


def test_paragraphs_are_packed_whole() -> None:
    """A window holds as many whole paragraphs as fit."""
    words = (["word"] * 99 + ["."]) * 5
    gaps = ([GAP_PARAGRAPH] + [GAP_BLANK] * 99) * 5
    sentences, windows = read(words, gaps)
    check(words, sentences)
    assert windows == [200, 200, 100]
    assert len(sentences) == 5


def test_a_blank_line_ends_a_sentence() -> None:
    """A title has no full stop, but what follows the blank line is another sentence."""
    sentences, _ = read(["Huifu", "grows", "It", "said", "so", "."], [GAP_PARAGRAPH, 1, GAP_PARAGRAPH, 1, 1, 0])
    assert [(s.start, s.end) for s in sentences] == [(0, 2), (2, 6)]


def test_a_long_paragraph_goes_on_at_a_sentence() -> None:
    """The next window begins with the last sentence that the one before saw beginning."""
    words = (["word"] * 99 + ["."]) * 4
    gaps = [GAP_PARAGRAPH] + [GAP_BLANK] * (len(words) - 1)
    sentences, windows = read(words, gaps)
    check(words, sentences)
    assert [s.end - s.start for s in sentences] == [100] * 4
    assert windows == [WINDOW_PIECES, 200]


def test_a_long_sentence_gets_a_wider_window() -> None:
    """A sentence longer than a window is read whole if the wider one holds it."""
    words = ["word"] * (WINDOW_PIECES + 50) + ["."] + ["word"] * 300
    sentences, _ = read(words, [GAP_PARAGRAPH] + [GAP_BLANK] * (len(words) - 1))
    check(words, sentences)
    assert sentences[0].end == WINDOW_PIECES + 51


@pytest.mark.parametrize("word", ["word", "(", "."])
def test_ten_thousand_words_without_an_end(word: str) -> None:
    """What nothing divides is cut where the widest window ends."""
    words = [word] * 10_000
    sentences, windows = read(words, [GAP_PARAGRAPH] + [GAP_BLANK] * 9_999)
    check(words, sentences)
    assert max(windows) <= WIDE_WINDOW_PIECES


@given(st.lists(st.tuples(st.sampled_from(["a", "."]), st.sampled_from([0, 1, 1, 1, 2, 3])), max_size=900))
@settings(max_examples=60, deadline=None)
def test_every_word_is_read_once(items: list[tuple[str, int]]) -> None:
    """Sentences cover the words in order, and each window gets on."""
    words, gaps = [w for w, _ in items], [g for _, g in items]
    sentences, _ = read(words, gaps)
    check(words, sentences)


def test_sentences_can_be_given() -> None:
    """Given starts are taken in place of the network's."""
    network = Pretended()
    sentences = network.read(["a", ".", "b", "c"], [3, 0, 1, 1], starts=[1, 0, 0, 1])
    assert [(s.start, s.end) for s in sentences] == [(0, 3), (3, 4)]


def test_states_belong_to_their_words() -> None:
    """Each sentence carries the vectors of its own words."""
    sentences, _ = read(["a", "b", ".", "c", "."], [GAP_PARAGRAPH] + [GAP_BLANK] * 4)
    assert [s.states[:, 0].tolist() for s in sentences] == [[0, 1, 2], [3, 4]]
