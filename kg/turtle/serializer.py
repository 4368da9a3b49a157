"""The Turtle that kg writes: an rdflib serializer, registered as "kg-turtle".

rdflib's own Turtle serializer orders subjects by how often they are referred to, so that one more triple moves blocks
about, and needs seconds per hundred thousand triples. This one orders by content alone: one block per subject, one
object per line, only the prefixes in use. The same triples give the same bytes; a diff of two builds reads well.

Oxigraph hands over the triples as N-Triples, whose terms Turtle takes as they stand: only IRIs and numbers get shorter.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from rdflib.plugin import register
from rdflib.serializer import Serializer

from kg import vocabulary as v
from kg.turtle.blocks import Block, Names, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

FORMAT = "kg-turtle"

_SUBJECT, _PREDICATE, _OBJECT, _EVIDENCE = (
    f"<{iri}>" for iri in (v.RDF_SUBJECT, v.RDF_PREDICATE, v.RDF_OBJECT, v.KG_EVIDENCE)
)


class KgTurtleSerializer(Serializer):
    """Writes a graph as sorted Turtle that reads well as a diff."""

    def serialize(
        self,
        stream: IO[bytes],
        base: str | None = None,  # noqa: ARG002 - no IRI is written relative to anything
        encoding: str | None = None,  # noqa: ARG002 - Turtle is UTF-8
        **_: object,
    ) -> None:
        """Write the graph to `stream`."""
        names = Names({str(iri): prefix for prefix, iri in self.store.namespaces()})
        body = list(_in_order(_blocks(self.store), names))
        stream.write(names.header().encode())
        stream.writelines(text.encode() for text in body)


def _blocks(graph: Graph) -> Iterator[Block]:
    """Each subject with its triples, sorted."""
    # ox-nt is native to an Oxigraph store and slow on rdflib's own, where nt11 is the quick one.
    native = type(graph.store).__module__.startswith("oxrdflib")
    text = graph.serialize(format="ox-nt" if native else "nt11", encoding="utf-8").decode()
    lines = text.split("\n")  # not splitlines: U+2028 and its like stand unescaped within literals
    lines.sort()
    current = Block("", {})
    for line in filter(None, lines):
        subject, predicate, rest = line.split(" ", 2)
        if subject != current.subject:
            if current.triples:
                yield current
            current = Block(subject, {})
        current.triples.setdefault(predicate, []).append(rest[:-2])
    if current.triples:
        yield current


def _in_order(blocks: Iterable[Block], names: Names) -> Iterator[str]:
    """The blocks as Turtle: by IRI, then reified statements by what they state, each followed by its evidence."""
    rendered: dict[str, str] = {}
    statements: list[tuple[str, str, str, str, list[str]]] = []
    for each in blocks:
        rendered[each.subject] = render(each, names)
        triples = each.triples
        if _SUBJECT in triples and _PREDICATE in triples and _OBJECT in triples:
            stated = triples[_SUBJECT][0], triples[_PREDICATE][0], triples[_OBJECT][0]
            statements.append((*stated, each.subject, triples.get(_EVIDENCE, [])))
    last = [node for *_, statement, evidence in sorted(statements) for node in (statement, *evidence)]
    together = dict.fromkeys(node for node in last if node in rendered)  # each once, even where evidence is shared
    yield from (text for subject, text in rendered.items() if subject not in together)
    yield from (rendered[node] for node in together)


register(FORMAT, Serializer, __name__, KgTurtleSerializer.__name__)
