"""Trees and names from scores."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.reading.decoding import NAME_MARGIN, name_spans, tree_heads, type_scores
from kg.reading.labels import NAME_TYPES, TAG_COUNT, begin_tag, inside_tag

Scores = npt.NDArray[np.float64]


def is_tree(heads: list[int]) -> bool:
    """Tell whether heads are a tree with one word under the root."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def value(scores: Scores, heads: list[int]) -> float:
    """Add up the scores of a tree's arcs."""
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


def best_by_force(scores: Scores) -> float:
    """Try every row of heads."""
    n = len(scores)
    rows = itertools.product(range(n + 1), repeat=n)
    return max(value(scores, list(heads)) for heads in rows if is_tree(list(heads)))


def matrices(smallest: int, largest: int) -> st.SearchStrategy[Scores]:
    """Score matrices of sentences of so many words; small integers, so that cycles and ties are frequent."""
    return st.integers(smallest, largest).flatmap(
        lambda n: arrays(np.float64, (n, n + 1), elements=st.integers(-6, 6).map(float))
    )


@given(matrices(1, 5))
@settings(max_examples=150, deadline=None)
def test_tree_is_the_best_of_all_trees(scores: Scores) -> None:
    """No tree with one word under the root scores higher."""
    heads = tree_heads(scores)
    assert is_tree(heads)
    assert value(scores, heads) == best_by_force(scores)


@given(matrices(6, 40))
@settings(max_examples=40, deadline=None)
def test_longer_sentences_give_trees(scores: Scores) -> None:
    """Whatever the scores, the heads are a tree."""
    assert is_tree(tree_heads(scores))


def test_nested_cycles_are_undone() -> None:
    """Two cycles that prefer each other to the root still end up below it."""
    scores = np.full((4, 5), -50.0)
    scores[0, 2] = scores[1, 1] = scores[2, 4] = scores[3, 3] = 10.0
    scores[0, 3] = scores[2, 1] = 9.0
    scores[1, 0] = 0.0
    heads = tree_heads(scores)
    assert is_tree(heads)
    assert value(scores, heads) == best_by_force(scores)


def test_the_same_scores_give_the_same_tree() -> None:
    """Ties are broken the same way each time."""
    scores = np.zeros((7, 8))
    assert tree_heads(scores) == tree_heads(scores.copy())


def tags(*rows: dict[int, float]) -> npt.NDArray[np.float32]:
    """Build log probabilities from the few tags that matter for each word."""
    out = np.full((len(rows), TAG_COUNT), -9.0, dtype=np.float32)
    for i, row in enumerate(rows):
        for tag, score in row.items():
            out[i, tag] = score
    return out


PERSON, COMPANY = NAME_TYPES.index("Person"), NAME_TYPES.index("Company")


def test_names_are_taken_from_their_tags() -> None:
    """A beginning and what follows inside is one name; two beginnings are two."""
    scores = tags(
        {begin_tag(PERSON): -0.1},
        {inside_tag(PERSON): -0.1},
        {begin_tag(COMPANY): -0.1},
        {0: -0.1},
    )
    assert name_spans(scores) == [(0, 2, PERSON), (2, 3, COMPANY)]


def test_a_name_has_one_type() -> None:
    """Where the words of a name disagree, the more certain type takes all."""
    scores = tags(
        {begin_tag(PERSON): -1.2, begin_tag(COMPANY): -0.4},
        {inside_tag(PERSON): -0.1, inside_tag(COMPANY): -3.0},
    )
    assert name_spans(scores) == [(0, 2, PERSON)]


def test_nothing_begins_inside() -> None:
    """An inside tag without a beginning is read as the best consistent row, here a beginning."""
    scores = tags({0: -2.0, inside_tag(PERSON): -0.1, begin_tag(PERSON): -1.0})
    assert name_spans(scores) == [(0, 1, PERSON)]


def test_a_name_must_be_likelier_than_none() -> None:
    """Of two words that are rather names than none, the one that hardly is so is none."""
    hardly = tags({0: -0.9, begin_tag(PERSON): -0.9 + NAME_MARGIN - 0.1})
    clearly = tags({0: -0.9, begin_tag(PERSON): -0.9 + NAME_MARGIN + 0.1})
    assert (name_spans(hardly), name_spans(clearly)) == ([], [(0, 1, PERSON)])


def test_no_names_at_all() -> None:
    """Words that are surely no names give no spans."""
    assert name_spans(tags({0: -0.1}, {0: -0.1})) == []


def test_type_scores_are_probabilities() -> None:
    """The scores of a span add up to one and follow its tags."""
    scores = type_scores(tags({begin_tag(COMPANY): -0.2}, {inside_tag(COMPANY): -0.2, inside_tag(PERSON): -4.0}))
    assert abs(float(scores.sum()) - 1) < 1e-6
    assert int(scores.argmax()) == COMPANY
