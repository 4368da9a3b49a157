"""Evidence that two groups are one thing: bits from names, kinds and neighbours, each with its reason.

After Fellegi and Sunter, "A theory for record linkage" (JASA 64, 1969): agreement on a field adds the logarithm of its
likelihood ratio. The weights of names stand in `kg.naming.comparison`; added here is the company that names keep.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.naming import Kind, is_acronym
from kg.naming.comparison import UNRELATED_BITS, compare_names, explain
from kg.naming.forms import CACHE_SIZE
from kg.naming.kinds import kind_bits
from kg.naming.short_forms import is_weak_name, short_form
from kg.resolve.posts import post_evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from kg.resolve.groups import Group
    from kg.resolve.records import Record

MERGE_BITS: Final = 5.0
"""Evidence from which two groups are merged: odds of 32 to 1, for pairs that blocking brought together."""
MARGIN_BITS: Final = 2.0
"""By how much the best of several readings must beat the second: four times likelier, else none is chosen."""
ATTESTED_BITS: Final = 8.0
"""An article uses the short form for the long name: the next article that uses it alone means the same thing."""
ATTESTED_WEAK_BITS: Final = 3.0
"""The same of a short form of common words alone ("Industry Alliance"): every article calls its own so."""
SHARED_ACRONYM_BITS: Final = 4.0
"""Two articles give two full names, and one acronym for both: acronyms are shared, but seldom by two so alike."""
NEIGHBOUR_FACTOR: Final = 0.6
"""Bits per bit of a shared neighbour's rarity: neighbours come in company, so they are no independent witnesses."""
NEIGHBOUR_MAX_BITS: Final = 5.0
NEIGHBOURS_MAX_BITS: Final = 7.0
"""One event in two reports brings all its names along; beyond this they say nothing of the pair in question."""
ONE_ARTICLE_BITS: Final = -0.5
"""An article that knows both as two things says little against clear names; but its neighbours say nothing for them."""
TOLD_APART_BITS: Final = -8.0
"""An article that has a name and its short form as two things: it names them in one sentence, or the short one first.
Of such pairs in annotated news three in four are two things, against one in thirty where the short form follows."""
DOUBTED_BITS: Final = -0.7
"""Evidence from the kinds, alike in three cases of five, at or below which an article may have kept a name and its
short form apart for doubt of the kind alone: it then tells nothing."""
ONE_ARTICLE: Final = "one article names both"
RELATED_BITS: Final = -8.0
"""An article states a relation between the two, so it takes them for two things; it may have been misread."""
RELATED_MIN_BITS: Final = -16.0
SHARED_DATE_BITS: Final[Mapping[int, float]] = {len("2019"): 1.5, len("2019-09"): 3.0, len("2019-09-03"): 5.0}
"""The same date of one kind (a launch, a foundation), by the length of how it is written: a day is one in a thousand,
less what the press would say of any two things of the season."""
OTHER_DATE_BITS: Final = -4.0
"""Another year of the same kind: years are mistaken, and launches repeated, but seldom."""
SAME_DAYS: Final = 3
"""Days within which the press reports one event."""
SAME_DAYS_BITS: Final = 1.0
"""Two articles of the same days that have neighbours in common report one event more often than not."""
AMBIGUITY_FACTOR: Final = 1.0
"""Weight of the prior: a short name stands for a reading in proportion to how often that one is written about."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one thing, in bits, with named reasons."""

    bits: float
    reasons: tuple[str, ...]

    def plus(self, bits: float, reason: str) -> Evidence:
        """Return this evidence with one more piece; nothing is added for no bits."""
        if not bits:
            return self
        return Evidence(round(self.bits + bits, 3), (*self.reasons, explain(reason, bits)))


class Neighbourhood:
    """How rare each neighbour is among the articles: shared rare neighbours are evidence, shared common ones none."""

    def __init__(self, records: Iterable[Record]) -> None:
        sets = {id(record.neighbours): record.neighbours for record in records}
        self._count = Counter(name for names in sets.values() for name in names)
        self._articles = max(len(sets), 1)

    def bits(self, left: Group, right: Group) -> tuple[float, str]:
        """Return the bits that shared neighbours give, and the rarest of them in words."""
        small, large = sorted((left.neighbours, right.neighbours), key=len)
        shared = sorted(n for n in small if n in large and n not in left.forms and n not in right.forms)
        weighed = [(self._rarity_bits(name), name) for name in shared]
        if not weighed:
            return 0.0, ""
        total = min(sum(bits for bits, _ in weighed), NEIGHBOURS_MAX_BITS)
        best = sorted(weighed, key=lambda item: (-item[0], item[1]))[:3]
        return round(total, 3), "shared neighbours: " + ", ".join(name for _, name in best)

    def _rarity_bits(self, name: str) -> float:
        # A name that two articles share has been seen twice at least: one of the two is what we set out from.
        others = max(self._count[name] - 1, 1)
        return min(NEIGHBOUR_FACTOR * math.log2(max(self._articles / others, 1.0)), NEIGHBOUR_MAX_BITS)


def weigh(left: Group, right: Group, neighbourhood: Neighbourhood, places: frozenset[str]) -> Evidence:
    """Return the evidence for two groups: closest names, kinds, what articles state, neighbours; symmetric."""
    kind = Kind.PERSON if Kind.PERSON in (left.kind, right.kind) else min(left.kind, right.kind)
    bits, reason = closest_names(left, right, kind, places)
    evidence = Evidence(bits, (explain(reason, bits),))
    evidence = evidence.plus(round(kind_bits(left.kinds, right.kinds), 1), f"{left.kind} / {right.kind}")
    if bits <= UNRELATED_BITS:
        return evidence
    for more in _stated(left, right, kind):
        evidence = evidence.plus(*more)
    if not left.articles.isdisjoint(right.articles):
        told_apart = _is_shortened(left, right, kind, places) and _are_sure(left, right)
        return evidence.plus(TOLD_APART_BITS if told_apart else ONE_ARTICLE_BITS, ONE_ARTICLE)
    company, reason = neighbourhood.bits(left, right)
    if company > 0 and _are_close(left.published, right.published):
        evidence = evidence.plus(SAME_DAYS_BITS, "reported within days")
    return evidence.plus(company, reason)


def _stated(left: Group, right: Group, kind: Kind) -> Iterator[tuple[float, str]]:
    """Yield what articles state that makes the two one thing, or two."""
    if kind is Kind.PERSON and left.posts and right.posts:
        yield post_evidence(left.posts, right.posts)
    if left.related and right.related:
        found = max(
            sum(record.id in left.related for record in right.records),
            sum(record.id in right.related for record in left.records),
        )
        yield max(RELATED_BITS * found, RELATED_MIN_BITS), "an article relates the two"
    if left.dates and right.dates:
        yield _date_evidence(left.dates, right.dates)


def _is_shortened(left: Group, right: Group, kind: Kind, places: frozenset[str]) -> bool:
    """Say whether a name of one group is a name of the other less some words."""
    if kind in (Kind.PERSON, Kind.PLACE):
        return False
    pairs = [(a, b) for a in left.own.values() for b in right.own.values()]
    return any(short_form(*pair, kind, places) for a, b in pairs for pair in ((a, b), (b, a)))


def _are_sure(left: Group, right: Group) -> bool:
    """Say whether an article that names both is in no doubt of their kinds."""
    shared = left.articles & right.articles
    here: dict[str, list[Record]] = defaultdict(list)
    for record in left.records:
        if record.article in shared:
            here[record.article].append(record)
    pairs = ((other, record) for record in right.records for other in here.get(record.article, ()))
    return any(kind_bits(other.kinds, record.kinds) > DOUBTED_BITS for other, record in pairs)


def _date_evidence(left: Collection[tuple[str, str]], right: Collection[tuple[str, str]]) -> tuple[float, str]:
    """Return the bits of the finest date of one kind that both have, else of two that exclude each other."""
    pairs = sorted((name, *sorted((a, b), key=len)) for name, a in left for other, b in right if name == other)
    shared = [(SHARED_DATE_BITS[len(a)], f"{name} {a} of both") for name, a, b in pairs if b.startswith(a)]
    if shared:
        return max(shared)
    years = len("2019")
    other = [f"{name} {a} / {b}" for name, a, b in pairs if a[:years] != b[:years]]
    return (OTHER_DATE_BITS, other[0]) if other else (0.0, "")


def _are_close(left: Collection[date], right: Collection[date]) -> bool:
    """Say whether two sets of days come within `SAME_DAYS` of each other."""
    near = [timedelta(days) for days in range(-SAME_DAYS, SAME_DAYS + 1)]
    return any(day + offset in right for day in left for offset in near)


def closest_names(left: Group, right: Group, kind: Kind, places: frozenset[str]) -> tuple[float, str]:
    """Return the bits and the reason of the closest pair of names; a short form that is attested counts as such."""
    best = (UNRELATED_BITS, "different names")
    for short, long in ((left, right), (right, left)):
        alone = short.own or short.forms
        attested = sorted(alone.keys() & long.short.keys())
        if attested:
            name = next((alone[form] for form in attested if not is_weak_name(alone[form])), alone[attested[0]])
            bits = ATTESTED_WEAK_BITS if is_weak_name(name) else ATTESTED_BITS
            best = max(best, (bits, f"{name} is short for {next(iter(long.own.values()))}"))
    shared = sorted(form for form in left.short.keys() & right.short if is_acronym(left.short[form]))
    if shared:
        best = max(best, (SHARED_ACRONYM_BITS, f"both are called {left.short[shared[0]]}"))
    for a in (left.own or left.forms).values():
        for b in (right.own or right.forms).values():
            best = max(best, _compare(*sorted((a, b)), kind, places))
    return best


@lru_cache(maxsize=CACHE_SIZE)
def _compare(a: str, b: str, kind: Kind, places: frozenset[str]) -> tuple[float, str]:
    return compare_names(a, b, kind, places=places)
