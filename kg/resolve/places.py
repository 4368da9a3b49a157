"""Which place of GeoNames a name means: by its class, its size, and the countries and states named beside it."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.naming import Kind
from kg.resolve.gazetteer import Gazetteer, Place, PlaceType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.resolve.records import Record

NAMED_COUNTRY_BITS: Final = 6.0
"""The article names the place's country, or its state."""
COMPANION_BITS: Final = 3.0
"""The article names another place that can only be in that country."""
OTHER_NAME_BITS: Final = -5.0
"""The name is not the place's usual one: alternate names of GeoNames hold many that no newspaper uses."""
CLASS_BITS: Final = 6.0
"""The reader's class agrees with what GeoNames lists the place as, as far as the reader is sure."""
MIN_MARGIN_BITS: Final = 2.0
"""By how much the best place must beat the second; else the name stays without a link."""
LEAST_POPULATION: Final = 1_000
"""Inhabitants assumed where the table has none, and the size from which bits are counted."""
_CITY_STATES: Final = frozenset({"SG", "HK", "MO", "MC", "VA", "GI"})
"""Countries and territories that are one city: city, region and country are one place."""

_TYPE_CLASSES: Final[Mapping[PlaceType, tuple[str, ...]]] = {
    PlaceType.CITY: ("City",), PlaceType.STATE: ("Region",), PlaceType.COUNTRY: ("Country",),
}  # fmt: skip


def locate(records: Sequence[Record]) -> dict[str, Place]:
    """Return the place of GeoNames that each record of a place means, by record id, where the evidence is clear."""
    named = [record for record in records if record.kind is Kind.PLACE and record.names]
    if not named:
        return {}
    gazetteer = Gazetteer(name for record in named for name in record.names)
    options = {record.id: _options(record, gazetteer) for record in named}
    by_article: dict[str, list[Record]] = defaultdict(list)
    for record in named:
        by_article[record.article].append(record)
    located: dict[str, Place] = {}
    for _, beside in sorted(by_article.items()):
        for record in beside:
            place = _choose(record, options, beside)
            if place is not None:
                located[record.id] = place
    return located


def _options(record: Record, gazetteer: Gazetteer) -> list[Place]:
    """Return all places that a record's names can mean; a city-state stands for the city in it."""
    found = {place.id: place for name in record.names for place in gazetteer.lookup(name)}
    states = {p.code for p in found.values() if p.type is PlaceType.COUNTRY and p.code in _CITY_STATES}
    return [p for _, p in sorted(found.items()) if not (p.type is PlaceType.CITY and p.country in states)]


def _choose(record: Record, options: Mapping[str, Sequence[Place]], beside: Sequence[Record]) -> Place | None:
    others = [options[other.id] for other in beside if other.id != record.id]
    scored = sorted(
        ((_bits(place, record, others), place) for place in options[record.id]), key=lambda item: (-item[0], item[1].id)
    )
    if not scored:
        return None
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else math.inf
    return scored[0][1] if scored[0][0] > 0 and margin >= MIN_MARGIN_BITS else None


def _bits(place: Place, record: Record, others: Sequence[Sequence[Place]]) -> float:
    bits = math.log2(max(place.population, LEAST_POPULATION) / LEAST_POPULATION)
    bits += 0.0 if place.main else OTHER_NAME_BITS
    bits += _class_bits(place, record)
    country = place.code if place.type is PlaceType.COUNTRY else place.country
    if any(_names(other, country, place) for other in others):
        bits += NAMED_COUNTRY_BITS
    companions = {option.country for other in others if len(other) == 1 for option in other}
    return bits + (COMPANION_BITS if country in companions else 0.0)


def _names(other: Sequence[Place], country: str | None, place: Place) -> bool:
    """Say whether another name of the article is that of the country, or of the state, that the place lies in."""
    return any(
        (option.type is PlaceType.COUNTRY and option.code == country)
        or (option.type is PlaceType.STATE and country == "US" and place.code == option.code)
        for option in other
        if option.id != place.id
    )


def _class_bits(place: Place, record: Record) -> float:
    if place.code in _CITY_STATES and place.type is PlaceType.COUNTRY:
        return CLASS_BITS
    total = sum(record.class_scores.values()) or 1.0
    share = sum(record.class_scores.get(name, 0.0) for name in _TYPE_CLASSES[place.type]) / total
    return CLASS_BITS * (2 * share - 1)
