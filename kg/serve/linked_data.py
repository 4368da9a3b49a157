"""What the graph says of one thing: triples for programs, and rows for the page that people see."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg import vocabulary as v
from kg.serve.formats import Choice
from kg.serve.worker import Job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.sparql import Asker

KINDS: Final = (
    "id",
    "article",
    "fact",
    "evidence",
    "value",
    "position",
    "graph",
    "build",
    "agent",
    "ontology",
    "background",
)
"""First step of the path of everything that a build mints under its base IRI."""

MOST_TRIPLES: Final = 10_000
"""Triples in a description: those of a large hub; the endpoint gives the rest."""

MOST_ROWS: Final = 500
"""Facts on a page; the endpoint gives the rest."""

_DESCRIPTION: Final = """
CONSTRUCT { ?s ?p ?o . ?o rdfs:label ?label } WHERE {
  {
    { BIND ($thing AS ?s) ?s ?p ?o }
    UNION { ?s ?p $thing . BIND ($thing AS ?o) FILTER (?p != rdf:subject && ?p != rdf:object) }
    UNION { ?s rdf:subject $thing ; ?p ?o }
    UNION { ?s rdf:object $thing ; ?p ?o }
    UNION { { ?fact rdf:subject $thing } UNION { ?fact rdf:object $thing } ?fact kg:evidence ?s . ?s ?p ?o }
    UNION { $thing kg:evidence ?s . ?s ?p ?o }
  }
  OPTIONAL { ?o rdfs:label ?label }
} LIMIT %d
"""
_TRIPLES: Final = "SELECT ?p ?o WHERE { $thing ?p ?o } ORDER BY ?p ?o LIMIT %d"
_FACTS: Final = """
SELECT ?fact ?s ?subject ?p ?property ?o ?object ?number ?unit ?modality ?confidence ?quote ?article ?title ?date ?role
WHERE {
  {
    SELECT DISTINCT ?fact WHERE { { ?fact rdf:subject $thing } UNION { ?fact rdf:object $thing } ?fact a rdf:Statement }
    ORDER BY ?fact LIMIT %d
  }
  ?fact rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?modality ; kg:confidence ?confidence .
  OPTIONAL { ?s rdfs:label ?subject }
  OPTIONAL { ?p rdfs:label ?property }
  OPTIONAL { ?o rdfs:label ?object }
  OPTIONAL { ?o schema:value ?number . OPTIONAL { ?o schema:unitText|schema:currency ?unit } }
  OPTIONAL {
    ?fact kg:evidence ?evidence . ?evidence oa:exact ?quote ; oa:hasSource ?article .
    OPTIONAL { ?evidence kg:role ?role }
    OPTIONAL { ?article schema:headline ?title }
    OPTIONAL { ?article schema:datePublished ?date }
  }
}
ORDER BY ?property ?subject ?object ?date ?article ?role
"""

Term = dict[str, str]
Row = dict[str, Term]


@dataclass(slots=True)
class Fact:
    """One fact on a page: both ends, and the sentences that state it, each with its article."""

    subject: Term
    property: str
    object: Term
    modality: str
    confidence: str
    outgoing: bool
    roles: list[str] = field(default_factory=list)
    quotes: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Description:
    """A thing as its page shows it: `links` are (property, term) pairs of its own, facts apart."""

    iri: str
    label: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]
    links: tuple[tuple[str, Term], ...]
    facts: tuple[Fact, ...]


class Addresses:
    """Between the IRIs of the graph and the paths of this server."""

    def __init__(self, base: str) -> None:
        self.base = base
        # A base that ends in # has no paths of its own: such things are described by their whole IRI.
        self.path = urlsplit(base).path if base.endswith("/") else None

    def iri(self, path: str) -> str | None:
        """The IRI that stands behind a path of this server; None where it is none of the graph's."""
        if self.path is None or not path.startswith(self.path):
            return None
        rest = path.removeprefix(self.path)
        return f"{self.base}{rest}" if rest.partition("/")[0] in KINDS else None

    def local(self, iri: str) -> str:
        """Where this server describes an IRI."""
        if self.path is not None and iri.startswith(self.base) and iri[len(self.base) :].partition("/")[0] in KINDS:
            return self.path + iri.removeprefix(self.base)
        return f"/describe?iri={quote(iri, safe='')}"


def about(query: str, iri: str) -> str:
    """A query about one thing."""
    return query.replace("$thing", str(ox.NamedNode(iri)))


async def triples(asker: Asker, iri: str, format_: str) -> bytes | None:
    """The description of a thing in a graph format; None where the graph knows nothing of it."""
    nt = await _ask(asker, about(_DESCRIPTION % MOST_TRIPLES, iri), Choice(None, "nt"))
    if not nt.strip():
        return None
    if format_ == "nt":
        return nt
    found = sorted((quad.triple for quad in ox.parse(nt, format=ox.RdfFormat.N_TRIPLES)), key=str)
    return serialise(found, format_, v.prefixes(asker.pool.place.base))


def serialise(found: list[ox.Triple], format_: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in a graph format, with the prefixes that they use."""
    if format_ == "jsonld":
        from kg.export.jsonld import document  # noqa: PLC0415 - only where it is asked for

        return json.dumps(document(found, prefixes), ensure_ascii=False, indent=1).encode()
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "rdf": ox.RdfFormat.RDF_XML,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "n3": ox.RdfFormat.N3,
    }
    text = " ".join(map(str, found))
    used = {name: iri for name, iri in prefixes.items() if f"<{iri}" in text}
    return ox.serialize(found, format=formats[format_], prefixes=used) or b""


async def describe(asker: Asker, iri: str) -> Description | None:
    """A thing for its page; None where the graph knows nothing of it."""
    own = await rows(asker, about(_TRIPLES % MOST_TRIPLES, iri))
    facts = _facts(await rows(asker, about(_FACTS % MOST_ROWS, iri)), iri)
    if not own and not facts:
        return None
    values: dict[str, list[Term]] = {}
    for row in own:
        values.setdefault(row["p"]["value"], []).append(row["o"])

    def texts(*properties: str) -> tuple[str, ...]:
        return tuple(term["value"] for name in properties for term in values.get(name, ()))

    names = texts(v.RDFS_LABEL, v.SCHEMA_HEADLINE, v.SKOS_PREF_LABEL, v.DCTERMS_IDENTIFIER)
    known = {fact.property for fact in facts}
    shown = {v.RDF_TYPE, v.RDFS_LABEL, v.SKOS_ALT_LABEL, v.SCHEMA_HEADLINE}
    labels = await property_labels(asker, [name for name in values if name not in shown])
    links = tuple(
        (labels.get(name, v.local_name(name)), term)
        for name, terms in values.items()
        if name not in shown and labels.get(name) not in known
        for term in terms
    )
    classes = tuple(v.local_name(each) for each in texts(v.RDF_TYPE))
    return Description(iri, names[0] if names else v.local_name(iri), classes, texts(v.SKOS_ALT_LABEL), links, facts)


async def property_labels(asker: Asker, iris: list[str]) -> dict[str, str]:
    """What properties are called."""
    listed = " ".join(str(ox.NamedNode(iri)) for iri in iris)
    found = await rows(
        asker, f"SELECT ?p ?label {{ VALUES ?p {{ {listed} }} ?p rdfs:label ?label }} ORDER BY ?p ?label"
    )
    return {row["p"]["value"]: row["label"]["value"] for row in reversed(found)}


async def rows(asker: Asker, query: str) -> list[Row]:
    """The solutions of a query of our own, as SPARQL's JSON has them."""
    document: dict[str, Any] = json.loads(await _ask(asker, query, Choice("json", None)))
    bindings: list[Row] = document["results"]["bindings"]
    return bindings


async def _ask(asker: Asker, query: str, choice: Choice) -> bytes:
    reply = await asker.ask(Job(query, choice))
    if reply.status != "ok":
        from kg.serve.sparql import Refusal  # noqa: PLC0415 - a cycle at import

        raise Refusal(503 if reply.status == "too large" else 500, reply.reason)
    return reply.body


def _facts(found: list[Row], iri: str) -> tuple[Fact, ...]:
    """Rows of the same fact as one, with all its sentences."""
    facts: dict[str, Fact] = {}
    for row in found:
        fact = facts.setdefault(row["fact"]["value"], _fact(row, iri))
        role = row.get("role", {}).get("value")
        if role and role not in fact.roles:
            fact.roles.append(role)
        quoted = {str(name): row[name]["value"] for name in ("quote", "article", "title", "date") if name in row}
        if quoted and quoted not in fact.quotes:
            fact.quotes.append(quoted)
    return tuple(sorted(facts.values(), key=lambda fact: not fact.outgoing))


def _fact(row: Row, iri: str) -> Fact:
    return Fact(
        subject={**row["s"], "label": row.get("subject", row["s"])["value"]},
        property=row.get("property", {"value": v.local_name(row["p"]["value"])})["value"],
        object={**row["o"], "label": _words(row)},
        modality=v.local_name(row["modality"]["value"]).lower(),
        confidence=f"{float(row['confidence']['value']):.2f}",
        outgoing=row["s"]["value"] == iri,
    )


def _words(row: Row) -> str:
    if "object" in row:
        return row["object"]["value"]
    if "number" in row:
        return " ".join(row[name]["value"] for name in ("number", "unit") if name in row)
    return row["o"]["value"]
