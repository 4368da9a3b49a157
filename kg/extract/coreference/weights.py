"""Weights of the ranking, in nats: how much each feature speaks for a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PRONOUN_WEIGHTS: Mapping[str, float] = {
    "same sentence": 0.8,
    "sentence before": 0.5,
    "distance": -1.5,
    "latest": 0.3,
    "rank": -0.6,
    "subject": 1.2,
    "object": 0.4,
    "parallel": 0.4,
    "frequency": 0.5,
    "taken up": 0.4,
    "class Technology": -1.5,
    "class Sector": -2.5,
    "class Country": -1.0,
    "class City": -1.0,
    "none": -1.0,
}
PERSON_WEIGHTS: Mapping[str, float] = {
    "same sentence": 0.8,
    "distance": -1.5,
    "rank": -1.0,
    "subject": 1.0,
    "frequency": 0.3,
    "none": -3.0,
}
NOUN_WEIGHTS: Mapping[str, float] = {
    "distance": -0.8,
    "rank": -0.5,
    "subject": 0.6,
    "frequency": 0.5,
    "opening": 0.3,
    "last word": 3.0,
    "ending": 2.0,
    "name word": 0.5,
    "described": 2.5,
    "related": 1.5,
    "class": 1.5,
    "vague class": 0.5,
    "modifiers": 1.0,
    "strange modifiers": -0.3,
    "none": 1.0,
    "none restricted": 1.5,
}
