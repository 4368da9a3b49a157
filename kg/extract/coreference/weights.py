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
    "class Document": 0.52,
    "class Place": -1.26,
    "class Product": 1.04,
    "class Project": 0.64,
    "class Sector": -1.30,
    "class Technology": -0.66,
    "distance": -1.55,
    "frequency": 0.47,
    "higher subject": 0.74,
    "in a list": -1.96,
    "its: rank": -0.22,
    "its: same sentence": 0.61,
    "its: subject": 0.55,
    "none": 0.90,
    "none other subject": 0.36,
    "none possessive": -0.34,
    "none they": 1.52,
    "object": 0.96,
    "opening": 1.08,
    "own subject": 0.54,
    "possessor": 0.30,
    "same sentence": -0.38,
    "sentence before": 0.43,
    "subject": 0.44,
    "subject again": 0.86,
    "taken up": 0.72,
}
""""It", "its", "they": things and organisations."""

PERSON_WEIGHTS: Mapping[str, float] = {
    "distance": -0.76,
    "frequency": 0.39,
    "higher subject": 0.24,
    "in a list": -0.56,
    "its: rank": 0.34,
    "its: same sentence": 0.14,
    "its: subject": 0.20,
    "none": -0.87,
    "none other subject": 0.84,
    "none possessive": 0.94,
    "object": 0.11,
    "oblique": 0.23,
    "opening": 1.05,
    "own subject": 1.38,
    "possessor": 0.16,
    "rank": -0.82,
    "same sentence": 0.90,
    "sentence before": 1.03,
    "subject": 0.39,
    "subject again": 0.40,
    "taken up": 0.64,
}
""""He", "she" and their forms."""

NOUN_WEIGHTS: Mapping[str, float] = {
    "class": 1.23,
    "class Event": -1.08,
    "class Facility": 0.36,
    "class Organization": 0.57,
    "class Place": 1.07,
    "class Product": 0.59,
    "class Project": 1.08,
    "class Sector": -0.42,
    "class Technology": 0.56,
    "described": 1.03,
    "distance": -0.20,
    "frequency": 0.59,
    "higher subject": -0.17,
    "in a list": -1.45,
    "last word": 1.38,
    "modifiers": 0.59,
    "name word": 1.12,
    "none": 1.02,
    "none modified": 0.65,
    "none other subject": 0.14,
    "none restricted": 1.64,
    "object": 0.55,
    "oblique": 0.18,
    "opening": 0.38,
    "possessor": 0.70,
    "rank": 0.23,
    "related": -0.19,
    "same sentence": -1.10,
    "strange modifiers": -0.78,
    "subject": 0.33,
    "subject again": 0.35,
    "subject before": -0.24,
    "taken up": -0.18,
    "vague class": -0.92,
}
""""The alliance", "this city"."""
