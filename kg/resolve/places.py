"""Which place of GeoNames a name means: by its class, its size, and the countries and states named beside it."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.naming import Kind
from kg.resolve.gazetteer import CITY_STATES, CLASSES, Gazetteer, Place, PlaceType, kilometres

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.resolve.records import Record

NAMED_COUNTRY_BITS: Final = 6.0
"""The article names the place's country, or its state."""
COMPANION_BITS: Final = 3.0
"""The article names another place that can only be in that country."""
NEAR_BITS: Final = 3.0
"""Another place that the article names lies nearby, or in this one: places are named together that lie together."""
NEAR_MAX_BITS: Final = 6.0
"""Two neighbours say what more would say again."""
NEAR_KM: Final = 250.0
"""A day's drive there and back: as far as Portland is from Bangor, and Montgomery from Huntsville."""
STATE_POPULATION: Final = 4_000_000
"""Inhabitants assumed of a state, of which the table has none: half of those of the USA have more."""
OTHER_NAME_BITS: Final = -5.0
"""The name is not the place's usual one: alternate names of GeoNames hold many that no newspaper uses."""
CLASS_BITS: Final = 6.0
"""The reader's class agrees with what GeoNames lists the place as, as far as the reader is sure."""
MIN_MARGIN_BITS: Final = 2.0
"""By how much the best place must beat the second; else the name stays without a link."""
LEAST_POPULATION: Final = 1_000
"""Inhabitants assumed where the table has none, and the size from which bits are counted."""
MIN_BITS: Final = 3.0
"""Evidence below which a name stays without a link: a town of eight times that size, were nothing else known."""


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
        clear = {r.id: [place] for r in beside if (place := _choose(r, options, beside)) is not None}
        for record in beside:
            # What is clear by itself is evidence on the rest; of the others, all that they can be.
            place = _choose(record, {**options, **clear, record.id: options[record.id]}, beside, near=True)
            if place is not None:
                located[record.id] = place
    return located


def _options(record: Record, gazetteer: Gazetteer) -> list[Place]:
    """Return all places that a record's names can mean; a city-state stands for the city in it."""
    found = {place.id: place for name in record.names for place in gazetteer.lookup(name)}
    states = {p.code for p in found.values() if p.type is PlaceType.COUNTRY and p.code in CITY_STATES}
    return [p for _, p in sorted(found.items()) if not (p.type is PlaceType.CITY and p.country in states)]


def _choose(
    record: Record, options: Mapping[str, Sequence[Place]], beside: Sequence[Record], *, near: bool = False
) -> Place | None:
    others = [options[other.id] for other in beside if other.id != record.id]
    weighed = [
        (_bits(place, record, others) + (_near_bits(place, others) if near else 0.0), place)
        for place in options[record.id]
    ]
    scored = sorted(weighed, key=lambda item: (-item[0], item[1].id))
    if not scored:
        return None
    margin = scored[0][0] - scored[1][0] if len(scored) > 1 else math.inf
    return scored[0][1] if scored[0][0] >= MIN_BITS and margin >= MIN_MARGIN_BITS else None


def _bits(place: Place, record: Record, others: Sequence[Sequence[Place]]) -> float:
    population = STATE_POPULATION if place.type is PlaceType.STATE else max(place.population, LEAST_POPULATION)
    bits = math.log2(population / LEAST_POPULATION)
    bits += 0.0 if place.main else OTHER_NAME_BITS
    bits += _class_bits(place, record)
    country = place.code if place.type is PlaceType.COUNTRY else place.country
    if any(_names(other, country, place) for other in others):
        bits += NAMED_COUNTRY_BITS
    companions = {option.country for other in others if len(other) == 1 for option in other}
    return bits + (COMPANION_BITS if country in companions else 0.0)


def _near_bits(place: Place, others: Sequence[Sequence[Place]]) -> float:
    """Return the evidence of the other names that can be places near this one, or in it."""
    near = sum(any(_is_near(place, option) for option in other if option.id != place.id) for other in others)
    return min(NEAR_BITS * near, NEAR_MAX_BITS)


def _is_near(place: Place, other: Place) -> bool:
    if place.type is PlaceType.COUNTRY:
        return other.country == place.code
    if place.type is PlaceType.STATE:
        return other.type is PlaceType.CITY and (other.country, other.code) == (place.country, place.code)
    if place.country != other.country:
        return False  # where countries are small, much is near that has nothing to do with each other
    apart = kilometres(place, other)
    return apart is not None and apart <= NEAR_KM


def _names(other: Sequence[Place], country: str | None, place: Place) -> bool:
    """Say whether another name of the article is that of the country, or of the state, that the place lies in."""
    return any(
        (option.type is PlaceType.COUNTRY and option.code == country)
        or (option.type is PlaceType.STATE and country == "US" and place.code == option.code)
        for option in other
        if option.id != place.id
    )


def _class_bits(place: Place, record: Record) -> float:
    if place.code in CITY_STATES and place.type is PlaceType.COUNTRY:
        return CLASS_BITS
    total = sum(record.class_scores.values()) or 1.0
    share = record.class_scores.get(CLASSES[place.type], 0.0) / total
    return CLASS_BITS * (2 * share - 1)
