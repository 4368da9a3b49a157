"""Facts against the gazetteer: a place that is known for certain does not lie in another one elsewhere."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from kg.resolve.gazetteer import (
    CITY_STATES,
    CLASSES,
    Gazetteer,
    Place,
    PlaceType,
    country_name,
    kilometres,
    lies_within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Entity, Graph, Statement
    from kg.ontology.schema import Ontology

CERTAIN_POPULATION: Final = 100_000
"""Inhabitants from which a city is surely what its name means; a smaller one may have namesakes that no table lists."""
LARGEST_PART: Final = 0.5
"""Share of a city's inhabitants that no district or town within it has: Brooklyn, among the largest, has a third."""
FARTHEST_PART_KM: Final = 250.0
"""From the centre of a city to its rim: as far as in Chongqing, the widest of municipalities."""
_NOT_CODED: Final = frozenset({"", "00"})
"""Codes of cities that the table puts into no state or province."""


def contradictions(graph: Graph, ontology: Ontology) -> Iterator[tuple[Statement, str]]:
    """Yield the statements of spatial properties that the gazetteer knows to be wrong, each with the reason.

    Both ends must be places with a GeoNames link, of the class that GeoNames has them under, and no other place of
    their names may be where the statement says: districts, facilities and wider regions are no concern of the table.
    """
    spatial = {name for name, each in ontology.properties.items() if each.spatial}
    linked = {entity.key: entity for entity in graph.entities if entity.background and entity.background.same_as}
    stated = [
        (statement, linked[statement.subject], linked[statement.object])
        for statement in graph.statements
        if statement.property in spatial
        and isinstance(statement.object, str)
        and statement.subject in linked
        and statement.object in linked
    ]
    if not stated:
        return
    gazetteer = Gazetteer(name for _, *ends in stated for entity in ends for name in _names(entity))
    for statement, inner, outer in stated:
        reason = _contradiction(inner, outer, gazetteer)
        if reason is not None:
            yield statement, f"{statement.property}: {reason}"


def _contradiction(inner: Entity, outer: Entity, gazetteer: Gazetteer) -> str | None:
    part, whole = _certain(inner, gazetteer), _certain(outer, gazetteer)
    reason = _elsewhere(part, whole) if part is not None and whole is not None else None
    if reason is None:
        return None
    readings = product(_readings(inner, gazetteer), _readings(outer, gazetteer))
    return reason if all(_elsewhere(*pair) for pair in readings if pair[0].id != pair[1].id) else None


def _certain(entity: Entity, gazetteer: Gazetteer) -> Place | None:
    """Return the place that an entity is linked to, where nobody could take it for another one."""
    links = entity.background.same_as if entity.background else ()
    place = next((place for place in _readings(entity, gazetteer) if place.iri in links), None)
    if place is None or not place.main:
        return None
    if place.type is PlaceType.CITY and place.population < CERTAIN_POPULATION:
        return None
    is_city_state = place.type is PlaceType.COUNTRY and place.code in CITY_STATES
    fitting = CLASSES.values() if is_city_state else (CLASSES[place.type],)
    return place if entity.class_ in fitting else None


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.aliases)


def _readings(entity: Entity, gazetteer: Gazetteer) -> list[Place]:
    return [place for name in _names(entity) for place in gazetteer.lookup(name)]


def _elsewhere(inner: Place, outer: Place) -> str | None:
    """Return why one place does not lie in the other, or None where it may."""
    if inner.type is PlaceType.COUNTRY:
        return _not_in_country(inner, outer)
    within = outer.code if outer.type is PlaceType.COUNTRY else outer.country
    if not lies_within(inner.country, within):
        known = f"{inner.name} lies in {country_name(inner.country)}"
        is_country = outer.type is PlaceType.COUNTRY
        return f"{known}, not in {outer.name}" if is_country else f"{known}, {outer.name} in {country_name(within)}"
    return None if outer.type is PlaceType.COUNTRY else _not_in_state_or_city(inner, outer)


def _not_in_country(inner: Place, outer: Place) -> str | None:
    if outer.type is not PlaceType.COUNTRY:
        return f"{inner.name} is larger than a {outer.type}"
    return None if lies_within(inner.code, outer.code) else f"{inner.name} and {outer.name} are two countries"


def _not_in_state_or_city(inner: Place, outer: Place) -> str | None:
    if inner.type is PlaceType.STATE:
        both = f"{inner.name} and {outer.name} are two states"
        return both if outer.type is PlaceType.STATE else f"{inner.name} is larger than a city"
    if not {inner.code, outer.code} & _NOT_CODED and inner.code != outer.code:
        return f"{inner.name} lies in another state or province than {outer.name}"
    return _no_part(inner, outer) if outer.type is PlaceType.CITY else None


def _no_part(inner: Place, outer: Place) -> str | None:
    """Return why one city is no part of another in the same state or province, or None where it may be."""
    if inner.population > LARGEST_PART * outer.population:
        return f"{inner.name} is too large to be a part of {outer.name}"
    apart = kilometres(inner, outer)
    if apart is not None and apart > FARTHEST_PART_KM:
        return f"{inner.name} lies {apart:.0f} km from {outer.name}"
    return None
