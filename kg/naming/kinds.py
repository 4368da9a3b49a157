"""Kinds of things, as far as they decide whether two names can name one thing."""

from __future__ import annotations

import enum
import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kind(enum.StrEnum):
    """A coarse class: things of different kinds are rarely, or never, the same thing."""

    PERSON = "person"
    PLACE = "place"
    FACILITY = "facility"
    ORGANIZATION = "organization"
    PRODUCT = "product"
    PROJECT = "project"
    CONCEPT = "concept"
    DOCUMENT = "document"
    EVENT = "event"
    THING = "thing"

    # That of `enum` is no built-in one, and kinds are the keys of many tables.
    __hash__ = str.__hash__


KINDS: Final[Mapping[str, Kind]] = {
    "Place": Kind.PLACE, "City": Kind.PLACE, "Region": Kind.PLACE, "Country": Kind.PLACE, "Facility": Kind.FACILITY,
    "Organization": Kind.ORGANIZATION, "Company": Kind.ORGANIZATION, "Alliance": Kind.ORGANIZATION,
    "Association": Kind.ORGANIZATION, "GovernmentBody": Kind.ORGANIZATION, "University": Kind.ORGANIZATION,
    "Person": Kind.PERSON, "Technology": Kind.CONCEPT, "Sector": Kind.CONCEPT, "Product": Kind.PRODUCT,
    "Platform": Kind.PRODUCT, "Project": Kind.PROJECT, "Document": Kind.DOCUMENT, "Event": Kind.EVENT,
}  # fmt: skip
"""The kind of each class of the base ontology; `kinds_of` extends it to the classes of another."""

DISJOINT_FACTOR: Final = 2.0**-12
"""Odds factor of two certain classes of disjoint kinds: a person is no place, a place no organisation."""
_NEAR: Final = {
    # Readers differ, and the press writes of both in one breath: an exchange is a company and a place to trade at.
    frozenset({Kind.ORGANIZATION, Kind.FACILITY}): 2.0**-3,
    frozenset({Kind.ORGANIZATION, Kind.PROJECT}): 2.0**-3,
    frozenset({Kind.ORGANIZATION, Kind.PRODUCT}): 2.0**-4,
    frozenset({Kind.PLACE, Kind.FACILITY}): 2.0**-2,
    frozenset({Kind.PRODUCT, Kind.PROJECT}): 2.0**-2,
    frozenset({Kind.PRODUCT, Kind.CONCEPT}): 2.0**-2,
    frozenset({Kind.PRODUCT, Kind.FACILITY}): 2.0**-4,
    frozenset({Kind.PROJECT, Kind.FACILITY}): 2.0**-2,
    frozenset({Kind.PROJECT, Kind.EVENT}): 2.0**-2,
    frozenset({Kind.PROJECT, Kind.DOCUMENT}): 2.0**-3,
    frozenset({Kind.PROJECT, Kind.CONCEPT}): 2.0**-4,
    frozenset({Kind.PRODUCT, Kind.DOCUMENT}): 2.0**-5,
}
"""Odds factors of kinds that a reader confuses for one and the same thing; calibrated by hand on held-in articles."""

CANNOT_BITS: Final = -6.0
"""Evidence from the kinds at or below which two names never name one thing."""


CLOSE_BITS: Final = -1.5
"""Bits of the kinds below which a short form needs more than its words: "BSN" is no "BSN development alliance"."""

DOUBT_BITS: Final = -4.0
"""The same where the reader is in doubt of one of the two: its doubt is no evidence that they differ in kind."""

SURE_SHARE: Final = 0.9
"""Probability of a kind from which a name may serve as knowledge about others (a place that makes branches)."""


def are_close(left: Mapping[Kind, float], right: Mapping[Kind, float]) -> bool:
    """Say whether the kinds let a short form stand for a long one."""
    doubtful = min(max(left.values()), max(right.values())) < SURE_SHARE
    return kind_bits(left, right) >= (DOUBT_BITS if doubtful else CLOSE_BITS)


def kinds_of(ancestors: Mapping[str, Sequence[str]]) -> dict[str, Kind]:
    """Return the kind of every class, given its superclasses (nearest first): that of the nearest known one."""
    return {
        name: next((KINDS[c] for c in (name, *parents) if c in KINDS), Kind.THING)
        for name, parents in sorted(ancestors.items())
    }


def kind_distribution(class_: str, class_scores: Mapping[str, float], kinds: Mapping[str, Kind]) -> dict[Kind, float]:
    """Return probabilities by kind; without scores, all on the kind of `class_`."""
    scores = {name: score for name, score in sorted(class_scores.items()) if score > 0} or {class_: 1.0}
    total = sum(scores.values())
    result: dict[Kind, float] = {}
    for name, score in scores.items():
        kind = kinds.get(name, Kind.THING)
        result[kind] = result.get(kind, 0.0) + score / total
    return result


def kind_bits(left: Mapping[Kind, float], right: Mapping[Kind, float]) -> float:
    """Return the evidence, in bits, that the kinds give for one thing: 0 for equal certain kinds, else negative."""
    factor = 0.0
    for a, p in left.items():
        factors = _FACTORS[a]
        for b, q in right.items():
            factor += p * q * factors[b]
    return round(math.log2(max(factor, DISJOINT_FACTOR)), 3)


def _factor(left: Kind, right: Kind) -> float:
    if left is right or Kind.THING in (left, right):
        return 1.0
    return _NEAR.get(frozenset({left, right}), DISJOINT_FACTOR)


_FACTORS: Final = {left: {right: _factor(left, right) for right in Kind} for left in Kind}
