"""A graph as blocks of Turtle: entities, what is known of them, and their facts (`graph.ttl`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg import vocabulary as v
from kg.model import Modality, MoneyValue, QuantityValue
from kg.turtle import terms
from kg.turtle.blocks import block
from kg.turtle.nodes import Nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Literal

    from kg.model import Background, Entity, Graph, Statement, Value
    from kg.ontology.schema import Ontology
    from kg.turtle.blocks import Block

_TYPE = NamedNode(v.RDF_TYPE)
_LABEL = NamedNode(v.RDFS_LABEL)
_ALT_LABEL = NamedNode(v.SKOS_ALT_LABEL)
_SAME_AS = NamedNode(v.OWL_SAME_AS)
_LATITUDE = NamedNode(v.GEO_LAT)
_LONGITUDE = NamedNode(v.GEO_LONG)
_COUNTRY = NamedNode(v.KG_COUNTRY)
_POSITION = NamedNode(v.KG_POSITION)
_HOLDER = NamedNode(v.KG_HOLDER)
_ORGANIZATION = NamedNode(v.KG_ORGANIZATION)
_ROLE = NamedNode(v.KG_ROLE)
_QUANTITATIVE = NamedNode(v.SCHEMA_QUANTITATIVE_VALUE)
_MONETARY = NamedNode(v.SCHEMA_MONETARY_AMOUNT)
_VALUE = NamedNode(v.SCHEMA_VALUE)
_UNIT_TEXT = NamedNode(v.SCHEMA_UNIT_TEXT)
_CURRENCY = NamedNode(v.SCHEMA_CURRENCY)
_KIND = NamedNode(v.KG_KIND)
_QUALIFIER = NamedNode(v.KG_QUALIFIER)


def graph_blocks(graph: Graph, ontology: Ontology, base: str) -> Iterator[Block]:
    """The blocks of `graph.ttl`, sorted by their subjects."""
    nodes = Nodes(ontology, base)
    entities = {nodes.entity(entity.key): entity for entity in graph.entities}
    facts: dict[NamedNode, list[tuple[NamedNode, NamedNode | Literal]]] = defaultdict(list)
    described: dict[NamedNode, Statement | tuple[Statement, str]] = {}
    for statement in graph.statements:
        if statement.modality is not Modality.FORMER:
            for subject, predicate, obj in _direct(statement, nodes):
                facts[subject].append((predicate, obj))
            described.update(_described(statement, nodes))
    for subject in sorted(entities.keys() | facts.keys() | described.keys(), key=str):
        triples: list[Triple] = []
        if subject in entities:
            triples += _entity(entities[subject], subject, nodes)
        triples += (Triple(subject, *rest) for rest in facts.get(subject, ()))
        if subject in described:
            triples += _description(subject, described[subject], nodes)
        yield block(subject, triples)


def _entity(entity: Entity, node: NamedNode, nodes: Nodes) -> Iterator[Triple]:
    for name in entity.classes:
        yield Triple(node, _TYPE, nodes.class_(name))
    yield Triple(node, _LABEL, terms.string(entity.label))
    for alias in entity.aliases:
        yield Triple(node, _ALT_LABEL, terms.string(alias))
    if entity.background is not None:
        yield from _background(node, entity.background)


def _background(node: NamedNode, background: Background) -> Iterator[Triple]:
    for link in background.same_as:
        address = terms.web_address(link)
        if address is not None:
            yield Triple(node, _SAME_AS, address)
    if background.latitude is not None and background.longitude is not None:
        yield Triple(node, _LATITUDE, terms.decimal(background.latitude, terms.COORDINATE_DIGITS))
        yield Triple(node, _LONGITUDE, terms.decimal(background.longitude, terms.COORDINATE_DIGITS))
    country = terms.web_address(background.country) if background.country else None
    if country is not None:
        yield Triple(node, _COUNTRY, country)


def _direct(statement: Statement, nodes: Nodes) -> Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    """The direct triple, in both directions where the property is symmetric."""
    subject, predicate = nodes.entity(statement.subject), nodes.property(statement.property)
    obj = nodes.object(statement.object)
    yield subject, predicate, obj
    if isinstance(obj, NamedNode) and isinstance(statement.object, str) and nodes.is_symmetric(statement.property):
        yield obj, predicate, subject


def _described(statement: Statement, nodes: Nodes) -> Iterator[tuple[NamedNode, Statement | tuple[Statement, str]]]:
    """The nodes that a statement needs beside its triple: of its value, of its posts; what describes each."""
    if isinstance(statement.object, str):
        for role in {e.role for e in statement.evidence if e.role and e.modality is not Modality.FORMER}:
            yield nodes.position(statement.subject, statement.object, role), (statement, role)
    elif isinstance(node := nodes.object(statement.object), NamedNode):
        yield node, statement


def _description(node: NamedNode, what: Statement | tuple[Statement, str], nodes: Nodes) -> Iterator[Triple]:
    if isinstance(what, tuple):
        statement, role = what
        yield Triple(node, _TYPE, _POSITION)
        yield Triple(node, _HOLDER, nodes.entity(statement.subject))
        yield Triple(node, _ORGANIZATION, nodes.object(statement.object))
        yield Triple(node, _ROLE, terms.string(role))
    elif not isinstance(what.object, str):
        yield from _value(node, what.object)


def _value(node: object, value: Value) -> Iterator[Triple]:
    if not isinstance(node, NamedNode) or not isinstance(value, QuantityValue | MoneyValue):
        return  # dates and bare counts are literals
    yield Triple(node, _VALUE, terms.number(value.value))
    if isinstance(value, QuantityValue):
        yield Triple(node, _TYPE, _QUANTITATIVE)
        yield Triple(node, _UNIT_TEXT, terms.string(value.unit))
    else:
        yield Triple(node, _TYPE, _MONETARY)
        yield Triple(node, _CURRENCY, terms.string(value.currency))
        if value.kind:
            yield Triple(node, _KIND, terms.string(value.kind))
    if value.qualifier:
        yield Triple(node, _QUALIFIER, terms.string(value.qualifier))
