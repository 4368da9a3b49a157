"""What a score is worth."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.calibration import calibrated


def test_a_higher_score_is_worth_more() -> None:
    """Calibration keeps the order of the scores and gives probabilities."""
    worth = [calibrated(tenth / 10) for tenth in range(11)]
    assert all(low < high for low, high in pairwise(worth))
    assert 0 < worth[0] < worth[-1] < 1
