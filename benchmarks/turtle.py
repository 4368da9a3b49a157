"""One step of the comparison of Turtle writers, in a process of its own, so that time and memory are its own.

python -m benchmarks.turtle graph|kg|filled|rdflib TRIPLES FILE

`graph` makes the graph of kg, `kg` also writes it to FILE; `filled` fills an rdflib graph from FILE, `rdflib` also
serializes it. What the pairs differ by is the writing.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pyoxigraph

from kg.model import Article, Entity, Evidence, Graph, Modality, Span, Statement
from kg.ontology.schema import Class, Ontology, Property
from kg.turtle import write_evidence
from kg.vocabulary import KG

_TRIPLES_PER_FACT = 17
"""Of evidence.ttl: eight for the fact, nine for its one piece of evidence."""
_TEXT = "Acme Labs number {0} said on Monday that it had acquired Bolt Works number {1} for a price.\n"


def ontology() -> Ontology:
    """One class and one property."""
    union = frozenset({"Company"})
    company = Class("Company", f"{KG}Company", ("company",), "", (), (), (), ())
    acquired = Property("acquired", f"{KG}acquired", ("acquired",), "", union, union, "entity", False, False, (), ())  # noqa: FBT003
    return Ontology({"Company": company}, {"acquired": acquired}, (), "0" * 64)


def graph(triples: int) -> tuple[Graph, dict[str, str]]:
    """A graph whose evidence has about so many triples, and the texts of its articles."""
    count = triples // _TRIPLES_PER_FACT
    articles = tuple(Article(f"a{i:07}", f"a{i:07}.txt", "", "", "") for i in range(count // 10 + 1))
    texts = {article.id: "".join(_TEXT.format(i, n) for n in range(10)) for i, article in enumerate(articles)}
    statements = tuple(_statement(i, articles[i // 10].id, texts) for i in range(count))
    entities = tuple(Entity(f"acme-{i:07}", f"Acme {i}", ("Company",)) for i in range(count + 1))
    return Graph(articles, entities, statements), texts


def _statement(number: int, article: str, texts: dict[str, str]) -> Statement:
    lines = texts[article].split("\n")
    start = sum(len(line) + 1 for line in lines[: number % 10])
    span = Span(start, start + len(lines[number % 10]))
    evidence = Evidence(article, span, Modality.ASSERTED, 0.9, "frames", span, span)
    return Statement(f"acme-{number:07}", "acquired", f"acme-{number + 1:07}", Modality.ASSERTED, 0.9, (evidence,))


def main(what: str, triples: int, file: Path) -> None:
    """Do one step."""
    if what in {"graph", "kg"}:
        built, texts = graph(triples)
        if what == "kg":
            with file.open("wb") as stream:
                write_evidence(stream, built, ontology(), texts=texts, version="1")
        return
    import rdflib  # noqa: PLC0415 - of this step alone

    target = rdflib.Graph()
    for quad in pyoxigraph.parse(path=file):
        target.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))  # type: ignore[arg-type]
    if what == "rdflib":
        with tempfile.TemporaryDirectory() as folder:
            target.serialize(f"{folder}/other.ttl", format="turtle")


def _term(term: object) -> object:
    import rdflib  # noqa: PLC0415 - of one step alone

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, pyoxigraph.Literal)
    plain = term.datatype.value.endswith("#string")
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
