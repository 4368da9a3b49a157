"""A graph as triples: entities, what is known of them, and their facts (`graph.ttl`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg import vocabulary as v
from kg.model import Modality, MoneyValue, QuantityValue
from kg.turtle import terms
from kg.turtle.nodes import Nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Background, Entity, Graph, Statement, Value
    from kg.ontology.schema import Ontology

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


def graph_triples(graph: Graph, ontology: Ontology, base: str) -> Iterator[Triple]:
    """The triples of `graph.ttl`, in no order, some more than once."""
    nodes = Nodes(ontology, base)
    for entity in graph.entities:
        yield from _entity(entity, nodes)
        if entity.background is not None:
            yield from _background(nodes.entity(entity.key), entity.background)
    for statement in graph.statements:
        if statement.modality is not Modality.FORMER:
            yield from _fact(statement, nodes)


def _entity(entity: Entity, nodes: Nodes) -> Iterator[Triple]:
    node = nodes.entity(entity.key)
    for name in entity.classes:
        yield Triple(node, _TYPE, nodes.class_(name))
    yield Triple(node, _LABEL, terms.string(entity.label))
    for alias in entity.aliases:
        yield Triple(node, _ALT_LABEL, terms.string(alias))


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


def _fact(statement: Statement, nodes: Nodes) -> Iterator[Triple]:
    """The direct triple, in both directions where the property is symmetric, and what its object needs."""
    subject, predicate = nodes.entity(statement.subject), nodes.property(statement.property)
    obj = nodes.object(statement.object)
    yield Triple(subject, predicate, obj)
    if not isinstance(statement.object, str):
        yield from _value(obj, statement.object)
        return
    if nodes.is_symmetric(statement.property):
        yield Triple(nodes.entity(statement.object), predicate, subject)
    for role in sorted({e.role for e in statement.evidence if e.role and e.modality is not Modality.FORMER}):
        position = nodes.position(statement.subject, statement.object, role)
        yield Triple(position, _TYPE, _POSITION)
        yield Triple(position, _HOLDER, subject)
        yield Triple(position, _ORGANIZATION, nodes.entity(statement.object))
        yield Triple(position, _ROLE, terms.string(role))


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
