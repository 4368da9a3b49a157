"""A graph as Turtle: `graph.ttl` (entities and facts) and `evidence.ttl` (where each fact comes from).

Importing this registers the serializer with rdflib as "kg-turtle".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg import vocabulary
from kg.model import DateValue, MoneyValue, QuantityValue
from kg.turtle import serializer
from kg.turtle.evidence import evidence_triples
from kg.turtle.facts import graph_triples
from kg.turtle.terms import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Graph, Statement
    from kg.ontology.schema import Ontology

__all__ = ["evidence_turtle", "graph_turtle", "problem"]


def graph_turtle(graph: Graph, ontology: Ontology, *, base: str = vocabulary.BASE) -> bytes:
    """`graph.ttl`: the same bytes for equal graphs, in any process. Statements must have no `problem`."""
    return turtle(graph_triples(graph, ontology, base), base)


def evidence_turtle(graph: Graph, ontology: Ontology, *, version: str, base: str = vocabulary.BASE) -> bytes:
    """`evidence.ttl`, likewise; `version` is that of kg."""
    return turtle(evidence_triples(graph, ontology, base, version), base)


def turtle(triples: Iterable[pyoxigraph.Triple], base: str) -> bytes:
    """Triples as sorted Turtle with the project's prefixes."""
    store = pyoxigraph.Store()
    store.bulk_extend(pyoxigraph.Quad(*triple) for triple in triples)
    graph = rdflib.Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, namespace in vocabulary.prefixes(base).items():
        graph.bind(prefix, namespace, replace=True)
    return graph.serialize(format=serializer.FORMAT, encoding="utf-8")


def problem(statement: Statement) -> str | None:
    """Why a statement cannot be written (a day that is in no calendar, an amount that is no number), or None."""
    match statement.object:
        case DateValue(lexical) if not is_date(lexical):
            return f'"{lexical}" is no date'
        case QuantityValue(amount) | MoneyValue(amount) if not amount.is_finite():
            return f'"{amount}" is no amount'
    return None
