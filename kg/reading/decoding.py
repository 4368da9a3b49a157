"""From scores to structure: one tree a sentence, names that do not overlap."""

from __future__ import annotations

import itertools
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kg.reading.labels import TAG_COUNT

Floats: TypeAlias = npt.NDArray[np.floating]
Ints: TypeAlias = npt.NDArray[np.int64]

FORBIDDEN = -1e9
# By how much (natural logarithm) a tag of a name must be likelier than none. The training texts mark more things than
# any text names, and the network says too many: from .25 to .75 names are best on the dev set of UNER English EWT,
# though it has learned from that.
NAME_MARGIN = 0.5


def tree_heads(scores: Floats) -> list[int]:
    """Give the heads of the best tree with exactly one word under the root.

    `scores` is [n, n + 1]: row i the word i + 1, column j the head j, column 0 the root; what stands where a word
    would be its own head is ignored. Heads are 1-based, 0 is the root. The result is a maximum over all such trees
    (Chu and Liu 1965, Edmonds 1967); of equal trees always the same one.
    """
    n = len(scores)
    square = np.full((n + 1, n + 1), FORBIDDEN)
    square[1:] = scores
    square.flat[:: n + 2] = FORBIDDEN
    # Each word under the best word, but for the one that gains most from the root: the best of all rows of heads with
    # one word under the root, so the best tree if it is one.
    words = square[1:, 1:]
    gains = square[1:, 0] - words.max(1)
    heads: list[int] = [0, *(words.argmax(1) + 1).tolist()]
    heads[1 + int(gains.argmax())] = 0
    if _find_cycle(heads) is None:
        return heads[1:]
    # Whatever the root costs, a best tree that has one word under it is the best of those that have one. At a cost
    # between the two highest gains few trees have more, and few cycles are left to contract; none has more where a
    # word under the root costs more than all the rest can bring.
    finite = square[1:][square[1:] > FORBIDDEN / 2]
    for cost in (np.partition(gains, n - 2)[n - 2 :].mean(), 1.0 + n * (finite.max() - finite.min())):
        square[1:, 0] -= cost
        heads = _maximum_arborescence(square).tolist()
        if heads[1:].count(0) == 1:
            break
    return heads[1:]


def _find_cycle(heads: list[int]) -> list[int] | None:
    """Find one cycle among heads, node 0 being the root; None if there is none."""
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen[node]:
            seen[node] = start
            node = heads[node]
        if node and seen[node] == start:
            cycle, nxt = [node], heads[node]
            while nxt != node:
                cycle.append(nxt)
                nxt = heads[nxt]
            return cycle
    return None


def _maximum_arborescence(square: Floats) -> Ints:
    """Give the heads of the maximum spanning arborescence of [n, n] scores (row: dependent, column: head), root 0.

    Cycles are contracted into their first node in place and undone in reverse order, without recursion. After each
    contraction only those heads are looked for anew that it may have changed.
    """
    scores = square.astype(np.float64)
    contractions: list[tuple[list[int], Ints, Ints, Ints]] = []
    alive = np.arange(len(scores)) > 0
    heads = np.where(alive, scores.argmax(1), 0)
    while (cycle := _find_cycle(heads.tolist())) is not None:
        keep, members = cycle[0], np.array(cycle)
        cycle_heads = heads[members].copy()
        inner = scores[members, cycle_heads]
        # Into the cycle: the member that loses its head pays what that arc was worth. Out of it: the best member.
        entering = scores[members] - inner[:, None]
        enter_at, leave_at = entering.argmax(0), scores[:, members].argmax(1)
        contractions.append((cycle, cycle_heads, enter_at, leave_at))
        into, out_of = entering.max(0) + inner.sum(), scores[:, members].max(1)
        scores[keep], scores[:, keep] = into, out_of
        scores[keep, keep] = FORBIDDEN
        gone = members[1:]
        scores[:, gone], alive[gone], heads[gone] = -np.inf, False, 0
        better = scores[:, keep] >= scores[np.arange(len(heads)), heads]
        changed = np.flatnonzero(alive & (better | np.isin(heads, members)))
        heads[changed] = scores[changed].argmax(1)
    for cycle, cycle_heads, enter_at, leave_at in reversed(contractions):
        keep, members = cycle[0], np.array(cycle)
        head_of_cycle = int(heads[keep])
        inside = set(cycle)
        for node in np.flatnonzero(heads == keep).tolist():
            if node not in inside:
                heads[node] = members[leave_at[node]]
        heads[members] = cycle_heads
        heads[members[enter_at[head_of_cycle]]] = head_of_cycle
    return heads


def name_spans(log_probabilities: Floats) -> list[tuple[int, int, int]]:
    """Give the names of a sentence as (start, end, type index), by the best consistent row of tags.

    `log_probabilities` is [n, TAG_COUNT]. A tag of a name must be likelier than none by `NAME_MARGIN`.
    """
    scores = log_probabilities.copy()
    scores[:, 0] += NAME_MARGIN
    tags: list[int] = scores.argmax(1).tolist()
    if not any(tags):
        return []
    if not _is_consistent(tags):
        tags = _best_tags(scores)
    spans: list[tuple[int, int, int]] = []
    start = -1
    for i, tag in enumerate([*tags, 0]):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            spans.append((start, i, (tags[start] - 1) // 2))
            start = -1
        if tag % 2 == 1:
            start = i
    return spans


def _is_consistent(tags: list[int]) -> bool:
    """Tell whether each tag inside of a name follows one of the same type; the best tags of all words then are best."""
    return all(tag == 0 or tag % 2 == 1 or before in {tag, tag - 1} for before, tag in itertools.pairwise([0, *tags]))


def _best_tags(log_probabilities: Floats) -> list[int]:
    value = log_probabilities[0].copy()
    value[2::2] = FORBIDDEN
    back = np.zeros((len(log_probabilities), TAG_COUNT), dtype=np.int64)
    for i in range(1, len(log_probabilities)):
        # A name may only be entered by its first tag, so the best predecessor of any other tag is the best of all.
        overall = int(value.argmax())
        back[i] = overall
        step = np.full(TAG_COUNT, value[overall])
        begins, insides = value[1::2], value[2::2]
        step[2::2] = np.maximum(begins, insides)
        back[i, 2::2] = np.where(begins >= insides, np.arange(1, TAG_COUNT, 2), np.arange(2, TAG_COUNT, 2))
        value = step + log_probabilities[i]
    tags = [int(value.argmax())]
    for i in range(len(log_probabilities) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def type_scores(log_probabilities: Floats) -> Floats:
    """Give the probability of each name type for one span [n, TAG_COUNT], given that it is a name at all."""
    mean = (log_probabilities[0, 1::2] + log_probabilities[1:, 2::2].sum(0)) / len(log_probabilities)
    weights = np.exp(mean - mean.max())
    out: Floats = weights / weights.sum()
    return out
