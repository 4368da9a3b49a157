"""The Turtle that kg writes: an rdflib serializer, registered as "kg-turtle".

rdflib's own Turtle serializer orders subjects by how often they are referred to, so that one more triple moves blocks
about, and needs seconds per hundred thousand triples. This one orders by content alone: one block per subject, one
object per line, only the prefixes in use. The same triples give the same bytes; a diff of two builds reads well.

Oxigraph hands over the triples as N-Triples, whose terms Turtle takes as they stand: only IRIs and numbers get shorter.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from rdflib.plugin import register
from rdflib.serializer import Serializer

from kg import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph

FORMAT = "kg-turtle"

Block = dict[str, list[str]]
"""A subject's triples: predicate -> objects, all as N-Triples writes them."""

_TYPE, _SUBJECT, _PREDICATE, _OBJECT, _EVIDENCE = (
    f"<{iri}>" for iri in (v.RDF_TYPE, v.RDF_SUBJECT, v.RDF_PREDICATE, v.RDF_OBJECT, v.KG_EVIDENCE)
)
# Predicates that open a block, in the order people read them; the others follow by IRI.
_OPENING = (v.RDFS_LABEL, v.SKOS_ALT_LABEL, v.OA_HAS_SOURCE, v.OA_EXACT, v.OA_START, v.OA_END)
_RANK = {
    predicate: rank
    for rank, predicate in enumerate((_TYPE, _SUBJECT, _PREDICATE, _OBJECT, *(f"<{iri}>" for iri in _OPENING)))
}
_UNRANKED = len(_RANK)
_NEXT_PREDICATE = " ;\n    "
_NEXT_OBJECT = ",\n        "

# Local names that every reader takes without escapes. Turtle allows more, and readers differ on it (raptor 2.0.15 among
# them), so whatever else is written as a full IRI.
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?>\Z")
_BARE_NUMBER = re.compile(rf'"(-?[0-9]+)"\^\^<{v.XSD_INTEGER}>\Z|"(-?[0-9]+\.[0-9]+)"\^\^<{v.XSD_DECIMAL}>\Z')


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
        names = _Names({str(iri): prefix for prefix, iri in self.store.namespaces()})
        body = list(_in_order(_subjects(self.store), names))
        stream.write(names.header().encode())
        stream.writelines(text.encode() for text in body)


class _Names(dict[str, str]):
    """A term of N-Triples -> its Turtle form, each worked out once; knows which prefixes were used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes
        self._used: set[str] = set()

    def __missing__(self, term: str) -> str:
        form = self._iri(term) if term[0] == "<" else term if term[0] == "_" else self._literal(term)
        self[term] = form
        return form

    def _iri(self, term: str) -> str:
        namespace = v.namespace(term[1:-1])
        prefix = self._prefixes.get(namespace)
        if prefix is None or not _PLAIN_LOCAL.match(term, 1 + len(namespace)):
            return term
        self._used.add(namespace)
        return f"{prefix}:{term[1 + len(namespace) : -1]}"

    def _literal(self, term: str) -> str:
        if number := _BARE_NUMBER.match(term):
            return number[1] or number[2]
        text, _, datatype = term.rpartition("^^")
        return f"{text}^^{self[datatype]}"

    def header(self) -> str:
        """The prefix lines for all that has been named so far."""
        used = sorted((self._prefixes[namespace], namespace) for namespace in self._used)
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used)


def _subjects(graph: Graph) -> Iterator[tuple[str, Block]]:
    """Each subject with its triples, sorted."""
    # ox-nt is native to an Oxigraph store and slow on rdflib's own, where nt11 is the quick one.
    native = type(graph.store).__module__.startswith("oxrdflib")
    text = graph.serialize(format="ox-nt" if native else "nt11", encoding="utf-8").decode()
    lines = text.split("\n")  # not splitlines: U+2028 and its like stand unescaped within literals
    lines.sort()
    current, block = "", Block()
    for line in filter(None, lines):
        subject, predicate, rest = line.split(" ", 2)
        if subject != current:
            if block:
                yield current, block
            current, block = subject, {}
        block.setdefault(predicate, []).append(rest[:-2])
    if block:
        yield current, block


def _in_order(subjects: Iterable[tuple[str, Block]], names: _Names) -> Iterator[str]:
    """The blocks as Turtle: by IRI, then reified statements by what they state, each followed by its evidence."""
    blocks: dict[str, str] = {}
    statements: list[tuple[str, str, str, str, list[str]]] = []
    for subject, block in subjects:
        blocks[subject] = _render(subject, block, names)
        if _SUBJECT in block and _PREDICATE in block and _OBJECT in block:
            stated = block[_SUBJECT][0], block[_PREDICATE][0], block[_OBJECT][0]
            statements.append((*stated, subject, block.get(_EVIDENCE, [])))
    last = [node for *_, statement, evidence in sorted(statements) for node in (statement, *evidence)]
    together = dict.fromkeys(node for node in last if node in blocks)  # each once, even where statements share evidence
    yield from (text for subject, text in blocks.items() if subject not in together)
    yield from (blocks[node] for node in together)


def _render(subject: str, block: Block, names: _Names) -> str:
    parts = []
    for predicate in sorted(block, key=lambda p: (_RANK.get(p, _UNRANKED), p)):
        # Literals without a datatype or language end in a quotation mark and stand as they are.
        objects = [names[o] if o[-1] == ">" else o for o in block[predicate]]
        if predicate == _TYPE:
            parts.append(f"a {', '.join(objects)}")
        else:
            parts.append(f"{names[predicate]} {_NEXT_OBJECT.join(objects)}")
    return f"\n{names[subject]} {_NEXT_PREDICATE.join(parts)} .\n"


register(FORMAT, Serializer, __name__, KgTurtleSerializer.__name__)
