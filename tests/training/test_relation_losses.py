"""The losses of the learned extractor prefer what is right."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the training extra is not installed")


NONE = -1


def loss(scores: list[float], target: list[int], *, ignored: int = NONE, forbidden: int = NONE) -> float:
    """The loss of one pair by its columns, of which 0 is the threshold."""
    from training.relations.losses import relation_loss

    columns = torch.arange(len(scores))[None]
    found = relation_loss(torch.tensor([scores]), torch.tensor([target]), columns == ignored, columns != forbidden)
    return float(found)


def test_a_fact_belongs_above_the_threshold() -> None:
    """The more its property exceeds the threshold the less it costs."""
    assert loss([0, 3, -3], [0, 1, 0]) < loss([0, 0, -3], [0, 1, 0]) < loss([0, -3, -3], [0, 1, 0])


def test_what_is_not_stated_belongs_below_the_threshold() -> None:
    """Another property above it costs, with a fact of the pair and without."""
    assert loss([0, 3, -3], [0, 1, 0]) < loss([0, 3, 3], [0, 1, 0])
    assert loss([0, -3, -3], [0, 0, 0]) < loss([0, 3, -3], [0, 0, 0])


def test_one_of_two_alternatives_is_enough() -> None:
    """Properties of one group share their probability; of two groups each must be above."""
    assert loss([0, 6, -6], [0, 1, 1]) < 0.1
    assert loss([0, 6, -6], [0, 1, 2]) > 5


def test_the_unsure_and_the_impossible_cost_nothing() -> None:
    """What may or may not be stated, and what the object's kind excludes."""
    assert loss([0, -9, 9], [0, 0, 0], ignored=2) < 0.1
    assert loss([0, -9, 9], [0, 0, 0], forbidden=2) < 0.1
    assert loss([0, -9, 9], [0, 0, 0]) > 5


def test_a_mention_begins_as_the_mean_of_its_ends() -> None:
    """Before training the vector of "a b c" is that of a and c."""
    from training.model import EncoderConfig
    from training.relations.model import Places, RelationModel

    model = RelationModel(3, 4, EncoderConfig(width=8, heads=2, inner=8, layers=4))
    places = Places(torch.tensor([0]), torch.tensor([2]), torch.zeros(1, 1))
    found = model.mentions(torch.eye(8)[:3], places)[0]
    assert found.tolist() == [0.5, 0, 0.5, 0, 0, 0, 0, 0]


def test_foreign_texts_fade_out() -> None:
    """They lead at the beginning of a training from nothing, and are gone at its end."""
    from training.relations.batches import foreign_share

    assert foreign_share(0.05, 0.2, fresh=True) > 0.5
    assert foreign_share(0.05, 0.2, fresh=False) < 0.2
    assert foreign_share(1.0, 0.2, fresh=True) == 0


def test_pairs_that_promise_something_are_looked_at() -> None:
    """They, and those of which something is said; the next best fill up to a round number."""
    from training.relations.losses import PAIR_STEP, promising

    promise = torch.full((3 * PAIR_STEP,), -9.0)
    promise[5], promise[6] = 3.0, -5.0
    spoken = torch.zeros(len(promise), dtype=torch.bool)
    spoken[7] = True
    chosen = set(promising(promise, spoken).tolist())
    assert len(chosen) == PAIR_STEP
    assert {5, 6, 7} <= chosen


def test_what_is_said_should_promise_more() -> None:
    """Pairs with facts against pairs without; the unsure cost nothing."""
    from training.relations.losses import promise_loss

    spoken, known = torch.tensor([True, False, False]), torch.tensor([True, True, False])
    good = promise_loss(torch.tensor([4.0, -4.0, 9.0]), spoken, known)
    bad = promise_loss(torch.tensor([-4.0, 4.0, 9.0]), spoken, known)
    assert good < 0.1
    assert bad > 3
