"""A graph as blocks of Turtle: entities, what is known of them, and their facts (`graph.ttl`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg import vocabulary as v
from kg.model import Modality, MoneyValue, QuantityValue
from kg.turtle import terms
from kg.turtle.blocks import block
from kg.turtle.nodes import Nodes
from kg.turtle.terms import iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Background, Entity, Graph, Statement
    from kg.ontology.schema import Ontology
    from kg.turtle.blocks import Block

_TYPE = iri(v.RDF_TYPE)
_LABEL = iri(v.RDFS_LABEL)
_ALT_LABEL = iri(v.SKOS_ALT_LABEL)
_SAME_AS = iri(v.OWL_SAME_AS)
_LATITUDE = iri(v.GEO_LAT)
_LONGITUDE = iri(v.GEO_LONG)
_COUNTRY = iri(v.KG_COUNTRY)
_COUNTRY_CODE = iri(v.DBO_COUNTRY_CODE)
_REGION_CODE = iri(v.DBO_REGION_CODE)
_POSITION = iri(v.KG_POSITION)
_HOLDER = iri(v.KG_HOLDER)
_ORGANIZATION = iri(v.KG_ORGANIZATION)
_ROLE = iri(v.KG_ROLE)
_QUANTITATIVE = iri(v.SCHEMA_QUANTITATIVE_VALUE)
_MONETARY = iri(v.SCHEMA_MONETARY_AMOUNT)
_VALUE = iri(v.SCHEMA_VALUE)
_UNIT_TEXT = iri(v.SCHEMA_UNIT_TEXT)
_CURRENCY = iri(v.SCHEMA_CURRENCY)
_KIND = iri(v.KG_KIND)
_QUALIFIER = iri(v.KG_QUALIFIER)


def graph_blocks(graph: Graph, ontology: Ontology, base: str) -> Iterator[Block]:
    """The blocks of `graph.ttl`, sorted by their subjects."""
    nodes = Nodes(ontology, base)
    entities = {nodes.entity(entity.key): entity for entity in graph.entities}
    facts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    described: dict[str, Statement | tuple[Statement, str]] = {}
    for statement in graph.statements:
        if statement.modality is not Modality.FORMER:
            for subject, predicate, obj in _direct(statement, nodes):
                facts[subject].append((predicate, obj))
            described.update(_described(statement, nodes))
    for subject in sorted(entities.keys() | facts.keys() | described.keys()):
        triples: list[tuple[str, str]] = []
        if subject in entities:
            triples += _entity(entities[subject], nodes)
        triples += facts.get(subject, ())
        if subject in described:
            triples += _description(described[subject], nodes)
        yield block(subject, triples)


def _entity(entity: Entity, nodes: Nodes) -> Iterator[tuple[str, str]]:
    for name in entity.classes:
        yield _TYPE, nodes.class_(name)
    yield _LABEL, terms.string(entity.label)
    for alias in entity.aliases:
        yield _ALT_LABEL, terms.string(alias)
    if entity.background is not None:
        yield from _background(entity.background)


def _background(background: Background) -> Iterator[tuple[str, str]]:
    for link in background.same_as:
        address = terms.web_address(link)
        if address is not None:
            yield _SAME_AS, address
    if background.latitude is not None and background.longitude is not None:
        yield _LATITUDE, terms.decimal(background.latitude, terms.COORDINATE_DIGITS)
        yield _LONGITUDE, terms.decimal(background.longitude, terms.COORDINATE_DIGITS)
    country = terms.web_address(background.country) if background.country else None
    if country is not None:
        yield _COUNTRY, country
    if background.iso_code:
        # ISO 3166-2 puts a hyphen between the code of the country and that of the region.
        yield _REGION_CODE if "-" in background.iso_code else _COUNTRY_CODE, terms.string(background.iso_code)


def _direct(statement: Statement, nodes: Nodes) -> Iterator[tuple[str, str, str]]:
    """The direct triple, in both directions where the property is symmetric."""
    subject, predicate = nodes.entity(statement.subject), nodes.property(statement.property)
    obj = nodes.object(statement.object)
    yield subject, predicate, obj
    if isinstance(statement.object, str) and nodes.is_symmetric(statement.property):
        yield obj, predicate, subject


def _described(statement: Statement, nodes: Nodes) -> Iterator[tuple[str, Statement | tuple[Statement, str]]]:
    """The nodes that a statement needs beside its triple: of its value, of its posts; what describes each."""
    if isinstance(statement.object, str):
        for role in {e.role for e in statement.evidence if e.role and e.modality is not Modality.FORMER}:
            yield nodes.position(statement.subject, statement.object, role), (statement, role)
    elif isinstance(statement.object, QuantityValue | MoneyValue):
        yield nodes.object(statement.object), statement


def _description(what: Statement | tuple[Statement, str], nodes: Nodes) -> Iterator[tuple[str, str]]:
    if isinstance(what, tuple):
        statement, role = what
        yield _TYPE, _POSITION
        yield _HOLDER, nodes.entity(statement.subject)
        yield _ORGANIZATION, nodes.object(statement.object)
        yield _ROLE, terms.string(role)
    elif isinstance(what.object, QuantityValue | MoneyValue):
        yield from _value(what.object)


def _value(value: QuantityValue | MoneyValue) -> Iterator[tuple[str, str]]:
    yield _VALUE, terms.number(value.value)
    if isinstance(value, QuantityValue):
        yield _TYPE, _QUANTITATIVE
        yield _UNIT_TEXT, terms.string(value.unit)
    else:
        yield _TYPE, _MONETARY
        yield _CURRENCY, terms.string(value.currency)
        if value.kind:
            yield _KIND, terms.string(value.kind)
    if value.qualifier:
        yield _QUALIFIER, terms.string(value.qualifier)
