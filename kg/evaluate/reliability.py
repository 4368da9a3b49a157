"""Whether confidence means what it says: of facts with confidence .8, eight in ten are to be right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The bands of confidence, each from one edge to below the next; the last holds certainty too."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The confidence of a fact, and whether gold has it."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Facts whose confidence lies from `low` to below `high`; `confidence` is their mean."""

    low: float
    high: float
    facts: int
    right: int
    confidence: float

    @property
    def precision(self) -> float:
        """Share of them that is right."""
        return self.right / self.facts


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bands that have facts, and the precision of the thirds of highest and of lowest confidence."""

    bands: tuple[Band, ...]
    best_third: float
    last_third: float

    @property
    def calibration_error(self) -> float:
        """Expected calibration error (Guo et al. 2017): confidence against precision by bands."""
        total = sum(band.facts for band in self.bands)
        return sum(band.facts * abs(band.precision - band.confidence) for band in self.bands) / total

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded to three places."""
        return {
            "calibration_error": round(self.calibration_error, 3),
            "best_third": round(self.best_third, 3),
            "last_third": round(self.last_third, 3),
            "bands": [
                {
                    "from": b.low, "to": b.high, "facts": b.facts, "confidence": round(b.confidence, 3),
                    "precision": round(b.precision, 3),
                }
                for b in self.bands
            ],
        }  # fmt: skip


def reliability(facts: Sequence[Judged]) -> Reliability | None:
    """Compare confidence with what is right; None for fewer facts than thirds."""
    third = len(facts) // 3
    if not third:
        return None
    ranked = sorted(facts, key=lambda fact: -fact.confidence)
    bands = (_band(facts, low, high) for low, high in pairwise(EDGES))
    return Reliability(tuple(b for b in bands if b), _precision(ranked[:third]), _precision(ranked[-third:]))


def _band(facts: Sequence[Judged], low: float, high: float) -> Band | None:
    inside = [f for f in facts if low <= f.confidence < high or f.confidence == high == EDGES[-1]]
    if not inside:
        return None
    mean = sum(f.confidence for f in inside) / len(inside)
    return Band(low, high, len(inside), sum(f.right for f in inside), mean)


def _precision(facts: Sequence[Judged]) -> float:
    return sum(f.right for f in facts) / len(facts)
