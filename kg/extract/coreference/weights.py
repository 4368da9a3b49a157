"""Weights of the ranking, in nats: how much each feature speaks for a candidate.

Fitted by multinomial logistic regression with an L2 penalty of 1 on annotated news snippets of this project and, at a
third of their weight, on UD English GUM (pronouns only); features below 0.1 in size were left out, so that the rest
is readable. They hold for the features of `ranking.py` as they are: whoever changes one fits all anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PRONOUN_WEIGHTS: Mapping[str, float] = {
    "class Document": 0.65,
    "class Event": 0.13,
    "class Facility": -0.25,
    "class Organization": 0.12,
    "class Place": -1.27,
    "class Product": 1.22,
    "class Project": 0.48,
    "class Sector": -1.18,
    "class Technology": -0.45,
    "distance": -1.25,
    "frequency": 0.65,
    "higher subject": 0.64,
    "in a list": -2.33,
    "its: same sentence": 0.53,
    "its: subject": 0.74,
    "none": 0.59,
    "none again": 1.28,
    "none other subject": 0.55,
    "none they": 1.26,
    "object": 0.44,
    "oblique": -0.16,
    "opening": 0.88,
    "own subject": 1.01,
    "possessor": 0.14,
    "same pronoun": 0.44,
    "sentence before": 0.34,
    "subject again": 0.86,
    "subject before": 0.35,
    "taken up": 0.41,
}
""""It", "its", "they": things and organisations."""

PERSON_WEIGHTS: Mapping[str, float] = {
    "distance": -0.57,
    "frequency": 0.29,
    "higher subject": 0.33,
    "in a list": -0.90,
    "its: same sentence": -0.20,
    "its: subject": 0.28,
    "none": -1.05,
    "none again": 1.47,
    "none other subject": 0.54,
    "none possessive": 1.10,
    "oblique": 0.25,
    "opening": 1.06,
    "own subject": 1.43,
    "rank": -0.91,
    "same pronoun": 1.01,
    "same sentence": 1.08,
    "sentence before": 0.87,
    "subject": 0.24,
    "subject again": 0.12,
    "subject before": 0.11,
    "taken up": 0.28,
}
""""He", "she" and their forms."""

NOUN_WEIGHTS: Mapping[str, float] = {
    "class": 1.01,
    "class Event": -1.01,
    "class Facility": 0.58,
    "class Organization": 0.70,
    "class Place": 0.91,
    "class Product": 0.41,
    "class Project": 0.52,
    "class Sector": -0.40,
    "class Technology": 0.70,
    "described": 1.34,
    "frequency": 0.76,
    "in a list": -0.88,
    "last word": 1.49,
    "name word": 1.67,
    "none": 0.99,
    "none modified": 0.58,
    "none other subject": -0.33,
    "none restricted": 0.96,
    "object": 0.36,
    "oblique": -0.29,
    "possessor": 0.81,
    "rank": 0.15,
    "same sentence": -1.14,
    "sentence before": -0.25,
    "strange modifiers": -0.78,
    "subject": -0.23,
    "subject again": 0.82,
    "taken up": -0.27,
    "vague class": -0.53,
}
""""The alliance", "this city"."""
