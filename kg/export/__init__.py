"""The graph in the formats of others: RDF, networks, tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.export.graphs import by_article, read_triples
from kg.export.jsonld import document
from kg.outputs import open_outputs, read_graph
from kg.vocabulary import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from kg.model import Graph
    from kg.ontology.schema import Ontology

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name of its file, what it holds, and what it cannot hold."""

    name: str
    file: str
    words: str
    leaves_out: str = ""


FORMATS: Final[Mapping[str, Format]] = {
    each.name: each
    for each in (
        Format("nt", "graph.nt", "N-Triples: graph and evidence, a triple a line"),
        Format("nq", "graph.nq", "N-Quads: the same, a named graph for each article"),
        Format("trig", "graph.trig", "TriG: the same, to read"),
        Format("ttl", "all.ttl", "Turtle: graph and evidence in one file"),
        Format("jsonld", "graph.jsonld", "JSON-LD with a context of short names"),
        Format("rdf", "graph.rdf", "RDF/XML"),
        Format("graphml", "graph.graphml", "GraphML, for yEd, Cytoscape, igraph", "offsets of sentences, articles"),
        Format("gexf", "graph.gexf", "GEXF with colours and sizes, for Gephi", "offsets of sentences, articles"),
        Format("neo4j", "", "nodes.csv and relationships.csv, for neo4j-admin database import", "offsets of sentences"),
        Format("parquet", "facts.parquet", "Parquet: a row a fact; needs pyarrow", "offsets of sentences, aliases"),
    )
}
"""All formats by name; `neo4j` is a pair of files."""

_RDF: Final = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}


def export(folder: Path, name: str, *, ontology: Callable[[], Ontology], base: str) -> dict[str, bytes]:
    """Files by name in one of the `FORMATS`, from the outputs in a folder; the same outputs give the same bytes.

    `ontology` is asked only by formats that need more than triples. Raises OutputError where outputs are missing or of
    two builds, and UsageError where a format needs what is not installed.
    """
    outputs = open_outputs(folder)
    file = FORMATS[name].file
    if name in _RDF or name == "jsonld":
        triples = read_triples(outputs)
        return {file: _json_ld(triples, base) if name == "jsonld" else _rdf(triples, name, base)}
    known = ontology()
    return _tables(read_graph(outputs, known, base=base), known, name, file)


def _rdf(triples: list[ox.Triple], name: str, base: str) -> bytes:
    used = {prefix: iri for prefix, iri in prefixes(base).items() if any(f"<{iri}" in str(t) for t in triples)}
    data = by_article(triples) if name in {"nq", "trig"} else triples
    return ox.serialize(data, format=_RDF[name], prefixes=used) or b""


def _json_ld(triples: list[ox.Triple], base: str) -> bytes:
    return f"{json.dumps(document(triples, prefixes(base)), ensure_ascii=False, indent=1)}\n".encode()


def _tables(graph: Graph, ontology: Ontology, name: str, file: str) -> dict[str, bytes]:
    if name in {"graphml", "gexf"}:
        from kg.export import networks  # noqa: PLC0415 - the page's palette is needed by these alone

        write = networks.graphml if name == "graphml" else networks.gexf
        return {file: write(graph, ontology)}
    from kg.export import tables  # noqa: PLC0415 - needed by these alone

    return tables.neo4j(graph) if name == "neo4j" else {file: tables.parquet(graph)}
