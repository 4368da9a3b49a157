"""What the service says of itself: a SPARQL 1.1 service description and a VoID description of the data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.serve.formats import GRAPHS
from kg.serve.linked_data import rows, serialise

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from kg.serve.sparql import Asker

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_PREFIXES: Final = {"sd": _SD, "void": _VOID, "formats": _FORMATS, "dcterms": v.DCTERMS, "kg": v.KG, "xsd": v.XSD}
_RESULTS: Final = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples JSON-LD RDF_XML"
).split()
_VOCABULARIES: Final = (v.KG, v.RDFS, v.SKOS, v.SCHEMA, v.PROV, v.OA, v.DCTERMS, v.OWL, v.GEO)

Node = ox.NamedNode


def service_description(endpoint: str, format_: str) -> bytes:
    """What the endpoint can do (https://www.w3.org/TR/sparql11-service-description/)."""
    service, data = Node(endpoint), Node(f"{endpoint}#dataset")
    graph = Node(f"{endpoint}#default-graph")
    found = [
        ox.Triple(service, Node(v.RDF_TYPE), Node(f"{_SD}Service")),
        ox.Triple(service, Node(f"{_SD}endpoint"), service),
        ox.Triple(service, Node(f"{_SD}supportedLanguage"), Node(f"{_SD}SPARQL11Query")),
        ox.Triple(service, Node(f"{_SD}defaultDataset"), data),
        *(ox.Triple(service, Node(f"{_SD}resultFormat"), Node(f"{_FORMATS}{name}")) for name in _RESULTS),
        ox.Triple(data, Node(v.RDF_TYPE), Node(f"{_SD}Dataset")),
        ox.Triple(data, Node(f"{_SD}defaultGraph"), graph),
        ox.Triple(graph, Node(v.RDF_TYPE), Node(f"{_SD}Graph")),
    ]
    return serialise(sorted(found, key=str), format_, _PREFIXES) if format_ != "nt" else _lines(found)


async def void(asker: Asker, endpoint: str, format_: str) -> bytes:
    """What data there are, how many, of which classes and properties (https://www.w3.org/TR/void/)."""
    found = [triple async for triple in _void(asker, endpoint)]
    return serialise(sorted(found, key=str), format_, _PREFIXES) if format_ != "nt" else _lines(found)


async def _void(asker: Asker, endpoint: str) -> AsyncIterator[ox.Triple]:
    base = asker.pool.place.base
    data = Node(f"{endpoint.removesuffix('sparql')}.well-known/void#dataset")
    yield ox.Triple(data, Node(v.RDF_TYPE), Node(f"{_VOID}Dataset"))
    yield ox.Triple(data, Node(f"{v.DCTERMS}title"), ox.Literal("Knowledge graph of news articles"))
    yield ox.Triple(data, Node(f"{_VOID}sparqlEndpoint"), Node(endpoint))
    yield ox.Triple(data, Node(f"{_VOID}uriSpace"), ox.Literal(base))
    for space in _VOCABULARIES:
        yield ox.Triple(data, Node(f"{_VOID}vocabulary"), Node(space))
    for name in GRAPHS.values():
        yield ox.Triple(data, Node(f"{_VOID}feature"), Node(f"https://www.iana.org/assignments/media-types/{name}"))
    counts = {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "entities": f'SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?c FILTER (STRSTARTS(STR(?s), "{base}id/")) }}',
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "documents": f"SELECT (COUNT(*) AS ?n) {{ ?a a <{v.SCHEMA_NEWS_ARTICLE}> }}",
    }
    for name, query in counts.items():
        (row,) = await rows(asker, query)
        yield ox.Triple(data, Node(f"{_VOID}{name}"), _integer(row["n"]["value"]))
    partitions = (
        ("class", "entities", "SELECT ?what (COUNT(*) AS ?n) { ?s a ?what } GROUP BY ?what ORDER BY ?what"),
        ("property", "triples", "SELECT ?what (COUNT(*) AS ?n) { ?s ?what ?o } GROUP BY ?what ORDER BY ?what"),
    )
    for kind, count, query in partitions:
        for number, row in enumerate(await rows(asker, query), 1):
            part = Node(f"{data.value}-{kind}-{number}")
            yield ox.Triple(data, Node(f"{_VOID}{kind}Partition"), part)
            yield ox.Triple(part, Node(f"{_VOID}{kind}"), Node(row["what"]["value"]))
            yield ox.Triple(part, Node(f"{_VOID}{count}"), _integer(row["n"]["value"]))


def _integer(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=Node(v.XSD_INTEGER))


def _lines(found: list[ox.Triple]) -> bytes:
    return ox.serialize(sorted(found, key=str), format=ox.RdfFormat.N_TRIPLES) or b""
