"""Which article says what: the triples of the outputs, each with the named graphs it belongs to.

A graph per article holds what that article states: its facts with their evidence, the direct triples of those facts,
the values and posts that they name, and the article itself. What belongs to no one article stands in the default graph:
labels, classes, background, and how sure a fact is over all of its evidence. All graphs together are the very triples
of `graph.ttl` and `evidence.ttl`; a fact that two articles state stands in both.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg import vocabulary as v
from kg.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.outputs import Outputs

_TYPE, _STATEMENT, _ARTICLE = (
    ox.NamedNode(v.RDF_TYPE),
    ox.NamedNode(v.RDF_STATEMENT),
    ox.NamedNode(v.SCHEMA_NEWS_ARTICLE),
)
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(iri) for iri in (v.RDF_SUBJECT, v.RDF_PREDICATE, v.RDF_OBJECT))
_DERIVED, _EVIDENCE, _SOURCE = (ox.NamedNode(iri) for iri in (v.PROV_WAS_DERIVED_FROM, v.KG_EVIDENCE, v.OA_HAS_SOURCE))
_HOLDER, _ORGANIZATION, _POSITION = (ox.NamedNode(iri) for iri in (v.KG_HOLDER, v.KG_ORGANIZATION, v.KG_POSITION))
_OF_ALL: Final = frozenset({ox.NamedNode(v.KG_MODALITY), ox.NamedNode(v.KG_CONFIDENCE)})  # of a fact over all articles


def read_triples(outputs: Outputs) -> list[ox.Triple]:
    """All triples of graph and evidence, sorted; raises OutputError where they cannot be read."""
    found: set[ox.Triple] = set()
    for path in (outputs.graph, outputs.evidence):
        try:
            found.update(quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise OutputError(f"{path}: cannot be read ({error}); run `kg build` again") from error
    return sorted(found, key=str)


def by_article(triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    """Quads of which each has its article as graph, or the default graph; sorted by graph, then triple."""
    homes = _Homes(list(triples))
    quads = [quad for triple in homes.triples for quad in homes.quads(triple)]
    quads.sort(
        key=lambda quad: ("" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name), str(quad))
    )
    yield from quads


class _Homes:
    """Where each node of the graph is at home."""

    def __init__(self, triples: list[ox.Triple]) -> None:
        self.triples = triples
        facts: dict[object, dict[object, list[ox.Triple]]] = defaultdict(lambda: defaultdict(list))
        types: dict[object, set[object]] = defaultdict(set)
        for triple in triples:
            facts[triple.subject][triple.predicate].append(triple)
            if triple.predicate == _TYPE:
                types[triple.subject].add(triple.object)
        self._statements = {node for node, kinds in types.items() if _STATEMENT in kinds}
        self._articles = {node for node, kinds in types.items() if _ARTICLE in kinds}
        self._of_node: dict[object, set[ox.NamedNode]] = defaultdict(set)
        self._of_triple: dict[tuple[object, object, object], set[ox.NamedNode]] = defaultdict(set)
        for node in self._statements:
            self._place(node, facts)
        self._place_positions(types, facts)

    def _place(self, node: object, facts: dict[object, dict[object, list[ox.Triple]]]) -> None:
        """Put a fact, what it states, its evidence and the value it names where its articles are."""
        own = facts[node]
        articles = {t.object for t in own[_DERIVED] if isinstance(t.object, ox.NamedNode)}
        for evidence in own[_EVIDENCE]:
            self._of_node[evidence.object] |= {
                t.object for t in facts[evidence.object][_SOURCE] if isinstance(t.object, ox.NamedNode)
            }
        self._of_node[node] |= articles
        for subject in own[_SUBJECT]:
            for predicate in own[_PREDICATE]:
                for target in own[_OBJECT]:
                    self._of_triple[subject.object, predicate.object, target.object] |= articles
                    if str(target.object).startswith("<") and "/value/" in str(target.object):
                        self._of_node[target.object] |= articles

    def _place_positions(
        self, types: dict[object, set[object]], facts: dict[object, dict[object, list[ox.Triple]]]
    ) -> None:
        """Put a post where the articles are that say who holds it."""
        holds = ox.NamedNode(f"{v.KG}holdsPosition")
        for node, kinds in types.items():
            if _POSITION in kinds:
                for holder in facts[node][_HOLDER]:
                    for where in facts[node][_ORGANIZATION]:
                        self._of_node[node] |= self._of_triple.get((holder.object, holds, where.object), set())

    def quads(self, triple: ox.Triple) -> Iterator[ox.Quad]:
        """The triple in each graph that it belongs to."""
        for home in self._graphs(triple):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, home)

    def _graphs(self, triple: ox.Triple) -> Iterable[ox.NamedNode | ox.DefaultGraph]:
        subject, everywhere = triple.subject, (ox.DefaultGraph(),)
        if subject in self._articles and isinstance(subject, ox.NamedNode):
            return (subject,)
        if subject in self._statements:
            if triple.predicate in _OF_ALL:
                return everywhere
            if triple.predicate == _DERIVED and isinstance(triple.object, ox.NamedNode):
                return (triple.object,)
            if triple.predicate == _EVIDENCE:
                return self._of_node.get(triple.object) or everywhere
        own = self._of_triple.get((subject, triple.predicate, triple.object)) or self._of_node.get(subject)
        if own is None and (other := self._of_triple.get((triple.object, triple.predicate, subject))):
            own = other  # the other direction of a symmetric property, which one statement stands for
        return own or everywhere
